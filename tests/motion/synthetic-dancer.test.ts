import { describe, expect, it } from 'vitest';
import {
  BODY_LANDMARKS,
  type BodyLandmark,
  jointAngles,
  type PoseFrame,
} from '../../packages/core/src/pose/index.ts';
import {
  beatCount,
  beatTimes,
  bodyPlaces,
  bouncing,
  dancerFrames,
  dancing,
  flightTime,
  inTurn,
  jumping,
  squatting,
  standing,
  swinging,
  together,
  turning,
  unevenTimes,
  walking,
} from './synthetic-dancer.ts';

const world = (frame: PoseFrame | undefined, name: BodyLandmark) => {
  const point = frame?.poses[0]?.worldLandmarks[BODY_LANDMARKS[name]];
  if (!point) throw new Error(`no ${name}`);
  return point;
};
const image = (frame: PoseFrame | undefined, name: BodyLandmark) => {
  const point = frame?.poses[0]?.landmarks[BODY_LANDMARKS[name]];
  if (!point) throw new Error(`no ${name}`);
  return point;
};
const apart = (a: { x: number; y: number; z: number }, b: { x: number; y: number; z: number }) =>
  Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);

describe('a synthetic dancer', () => {
  it('has the limbs of its body height in whatever it does, and hips in the origin', () => {
    const move = together(dancing(beatTimes([{ beatsPerMinute: 100, seconds: 5 }])), turning(50));
    for (const frame of dancerFrames(
      { move, bodyHeight: 1.6 },
      { seconds: 4, rate: 10, camera: { tilt: 10, pan: 5 } },
    )) {
      for (const side of ['left', 'right'] as const) {
        expect(apart(world(frame, `${side}Hip`), world(frame, `${side}Knee`))).toBeCloseTo(0.245 * 1.6, 9);
        expect(apart(world(frame, `${side}Knee`), world(frame, `${side}Ankle`))).toBeCloseTo(0.246 * 1.6, 9);
        expect(apart(world(frame, `${side}Shoulder`), world(frame, `${side}Elbow`))).toBeCloseTo(
          0.186 * 1.6,
          9,
        );
        expect(apart(world(frame, `${side}Elbow`), world(frame, `${side}Wrist`))).toBeCloseTo(0.146 * 1.6, 9);
      }
      expect(world(frame, 'leftHip').x + world(frame, 'rightHip').x).toBeCloseTo(0, 9);
    }
  });

  it('faces the camera with its left on the right of the picture, and looks in the mirror as a mirrored person does', () => {
    const [frame] = dancerFrames({ move: () => ({ leftArmSpread: 90 }) }, { seconds: 1, rate: 1 });
    expect(image(frame, 'leftWrist').x).toBeGreaterThan(image(frame, 'leftShoulder').x);
    expect(world(frame, 'nose').z).toBeLessThan(world(frame, 'leftEar').z);
    const [mirror] = dancerFrames(
      { move: () => ({ leftArmSpread: 90 }) },
      { seconds: 1, rate: 1, camera: { mirrored: true } },
    );
    expect(image(mirror, 'rightWrist').x).toBeCloseTo(1 - image(frame, 'leftWrist').x, 9);
    expect(world(mirror, 'rightWrist').x).toBeCloseTo(-world(frame, 'leftWrist').x, 9);
    expect(world(mirror, 'leftHip').x).toBeGreaterThan(0);
  });

  it('bends the joints that it is told to', () => {
    const [frame] = dancerFrames({ move: () => ({ leftElbow: 70, hipsUp: -0.4 }) }, { seconds: 1, rate: 1 });
    const pose = frame?.poses[0];
    if (!pose) throw new Error('nobody');
    expect(jointAngles(pose).joints.leftElbow.degrees).toBeCloseTo(110, 6);
    // Law of cosines with thigh 0.4165, shin 0.4182, and the hip 0.4347 above the ankle.
    expect(jointAngles(pose).joints.leftKnee.degrees).toBeCloseTo(62.78, 1);
  });

  it('moves a joint as a sine of known frequency, the same at every rate', () => {
    const dancer = { move: swinging('leftArmRaise', 2, 30, 90) };
    for (const rate of [24, 30, 60]) {
      const frames = dancerFrames(dancer, { seconds: 2, rate });
      for (const frame of frames) {
        const raise = 90 + 30 * Math.cos(2 * Math.PI * 2 * (frame.timestamp / 1000));
        const arm = { ...world(frame, 'leftElbow') };
        expect(-(arm.y - world(frame, 'leftShoulder').y)).toBeCloseTo(
          -0.186 * 1.7 * Math.cos((raise * Math.PI) / 180),
          6,
        );
      }
    }
  });

  it('flies as long and as high as a thrown stone, feet and hips together', () => {
    // 0.3 m: t = 2·√(0.6/9.81) = 0.4946 s.
    expect(flightTime(0.3)).toBeCloseTo(0.4946, 4);
    const move = jumping([{ takeOff: 1, height: 0.3 }]);
    const standingHips = bodyPlaces(standing(0)(0)).leftHip.y;
    const [takeOff, top, landing] = [1, 1 + flightTime(0.3) / 2, 1 + flightTime(0.3)].map((s) =>
      bodyPlaces(move(s)),
    );
    expect((top?.leftHip.y ?? 0) - (takeOff?.leftHip.y ?? 0)).toBeCloseTo(0.3, 6);
    expect((top?.leftFootIndex.y ?? 0) - (takeOff?.leftFootIndex.y ?? 0)).toBeCloseTo(0.3, 6);
    expect(takeOff?.leftHip.y).toBeGreaterThan(standingHips);
    expect(landing?.rightHip.y).toBeCloseTo(takeOff?.rightHip.y ?? 0, 6);
    const toes = Array.from({ length: 300 }, (_, i) => bodyPlaces(move(i / 100)).leftFootIndex.y);
    expect(Math.min(...toes)).toBeGreaterThan(-0.01);
    const steps = toes.slice(1).map((y, index) => Math.abs(y - (toes[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.03);
  });

  it('walks with the cadence that it is told to, each foot standing still until it swings', () => {
    const move = walking({ stepsPerMinute: 120, stepLength: 0.6 });
    // 120 steps a minute of 0.6 m are 1.2 m/s.
    expect(bodyPlaces(move(1)).leftHip.x - bodyPlaces(move(0)).leftHip.x).toBeCloseTo(1.2, 6);
    const still = [0.2, 0.25, 0.3, 0.35, 0.4].map((seconds) => bodyPlaces(move(seconds)).leftFootIndex.x);
    for (const x of still) expect(x).toBeCloseTo(still[0] ?? 0, 3);
    const spot = walking({ stepsPerMinute: 90, stepLength: 0 });
    expect(bodyPlaces(spot(3)).leftHip.x).toBeCloseTo(bodyPlaces(spot(3 + 120 / 90)).leftHip.x, 6);
  });

  it('is lowest at the beats, whatever the tempo does', () => {
    const beats = beatTimes([
      { beatsPerMinute: 120, seconds: 4 },
      { beatsPerMinute: 100, seconds: 3 },
    ]);
    expect(beats).toHaveLength(1 + 8 + 5);
    expect(beats.at(-1)).toBeCloseTo(4 + 3, 9);
    expect(beatCount(beats, 4.3)).toBeCloseTo(8.5, 9);
    const hips = (seconds: number) => bodyPlaces(dancing(beats)(seconds)).leftHip.y;
    for (const beat of beats.slice(1, -1)) {
      expect(hips(beat)).toBeLessThan(hips(beat - 0.1));
      expect(hips(beat)).toBeLessThan(hips(beat + 0.1));
    }
  });

  it('does one thing after another without a leap', () => {
    const move = inTurn([standing(), 2], [squatting(0.5), 2], [bouncing(2), 2]);
    const hips = Array.from({ length: 600 }, (_, index) => bodyPlaces(move(index / 100)).leftHip.y);
    const steps = hips.slice(1).map((y, index) => Math.abs(y - (hips[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
  });

  it('leaves the picture at the knees when the camera is near, and is half as tall from twice as far', () => {
    const dancer = { move: standing() };
    const [near] = dancerFrames(dancer, { seconds: 1, rate: 1, camera: { distance: 1.4, height: 1.25 } });
    expect(image(near, 'leftAnkle').visibility).toBeLessThan(0.1);
    expect(image(near, 'leftHip').visibility).toBe(1);
    const tall = (distance: number) => {
      const [frame] = dancerFrames(dancer, { seconds: 1, rate: 1, camera: { distance } });
      return image(frame, 'leftAnkle').y - image(frame, 'nose').y;
    };
    expect(tall(4) / tall(8)).toBeCloseTo(2, 1);
  });

  it('is noisy, lost, hidden and late by chance as told, the same each time', () => {
    const options = { seconds: 20, noise: 0.005, droppedShare: 0.1, seed: 3 };
    const dancer = {
      move: standing(0),
      hidden: [{ landmarks: ['leftWrist'] as const, from: 1, until: 2 }],
      absent: [{ from: 3, until: 4 }],
    };
    const frames = dancerFrames(dancer, options);
    expect(dancerFrames(dancer, options)).toEqual(frames);
    expect(frames.length).toBeGreaterThan(500);
    expect(frames.length).toBeLessThan(580);
    expect(frames.reduce((sum, { dropped }) => sum + dropped, frames.length)).toBeGreaterThan(595);
    const during = (from: number, until: number) =>
      frames.filter(({ timestamp }) => timestamp >= from * 1000 && timestamp < until * 1000);
    expect(during(1, 2).every((frame) => image(frame, 'leftWrist').visibility < 0.1)).toBe(true);
    expect(during(3, 4).every(({ poses }) => poses.length === 0)).toBe(true);
    const knees = during(4, 20).map((frame) => world(frame, 'leftKnee').x);
    const mean = knees.reduce((sum, x) => sum + x, 0) / knees.length;
    const deviation = Math.sqrt(knees.reduce((sum, x) => sum + (x - mean) ** 2, 0) / knees.length);
    // The knee's own noise and that of the hips' middle, half as large in square: 0.0085 · √1.5 m.
    expect(deviation).toBeGreaterThan(0.0085 * Math.sqrt(1.5) * 0.9);
    expect(deviation).toBeLessThan(0.0085 * Math.sqrt(1.5) * 1.1);
    const times = unevenTimes(10, 30, 0.4);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
  });
});
