import { describe, expect, it } from 'vitest';
import {
  dancerFrames,
  standing,
  swinging,
  together,
  turning,
  unevenTimes,
} from '../../../../../tests/motion/synthetic-dancer.ts';
import { BODY_LANDMARKS as BODY, type Landmark, type PoseFrame } from '../../pose/index.ts';
import { BodyMotions } from './body-motions.ts';

const WRIST = BODY.leftWrist;

/** What was measured: the moment, who, and the speeds of the left wrist and the right. */
function measured(frames: readonly PoseFrame[]) {
  const motions = new BodyMotions();
  return frames.flatMap((frame) =>
    motions.step(frame).map(({ timestamp, poseId, epoch, body, trunk, travel, visibility }) => ({
      frame: frame.timestamp,
      timestamp,
      poseId,
      epoch,
      visibility,
      left: body.speed[WRIST] ?? Number.NaN,
      right: body.speed[BODY.rightWrist] ?? Number.NaN,
      trunkLeft: trunk.speed[WRIST] ?? Number.NaN,
      travel: travel.velocity[0],
    })),
  );
}

const swing = swinging('leftArmRaise', 1, 30, 90);

describe('motion that cannot be seen', () => {
  it('is not known of a hidden joint, and known of the others', () => {
    const hidden = [{ landmarks: ['leftWrist'] as const, from: 1, until: 2 }];
    const all = measured(dancerFrames({ move: swing, hidden }, { seconds: 3 }));
    for (const { timestamp, left, right } of all) {
      if (timestamp > 1100 && timestamp < 1900) expect(left).toBeNaN();
      if (timestamp < 900 && timestamp > 200) expect(left).not.toBeNaN();
      if (timestamp > 2200) expect(left).not.toBeNaN();
      if (timestamp > 200) expect(right).not.toBeNaN();
    }
  });

  it('is never speed: a joint that jumps while it is hidden, or over a gap, has not moved fast', () => {
    const there = dancerFrames({ move: standing() }, { seconds: 1 });
    const here = dancerFrames({ move: () => ({ leftArmRaise: 170 }) }, { seconds: 1, from: 1.3 });
    const speeds = measured([...there, ...here]).filter(({ left }) => !Number.isNaN(left));
    expect(speeds.length).toBeGreaterThan(30);
    for (const { left } of speeds) expect(left).toBeLessThan(0.05);
  });

  it('is known of arms against the shoulders when the hips are out of the picture, and not of travel', () => {
    const hidden = [{ landmarks: ['leftHip', 'rightHip'] as const, from: 0, until: 9 }];
    // Turning carries the arms along, which is no movement of theirs.
    for (const move of [swing, together(swing, turning(60))]) {
      const all = measured(dancerFrames({ move, hidden }, { seconds: 4 })).filter(
        ({ timestamp }) => timestamp > 500,
      );
      const whole = measured(dancerFrames({ move: swing }, { seconds: 4 })).filter(
        ({ timestamp }) => timestamp > 500,
      );
      expect(all.length).toBeGreaterThan(90);
      for (const [index, { trunkLeft, travel }] of all.entries()) {
        expect(trunkLeft).toBeCloseTo(whole[index]?.trunkLeft ?? Number.NaN, 1);
        expect(travel).toBeNaN();
      }
    }
  });

  it.each<[string, (landmarks: readonly Landmark[]) => Landmark[]]>([
    ['missing', () => []],
    ['no numbers', (landmarks) => landmarks.map((landmark) => ({ ...landmark, x: Number.NaN }))],
    ['all nought', (landmarks) => landmarks.map((landmark) => ({ ...landmark, x: 0, y: 0, z: 0 }))],
  ])('is not known where world landmarks are %s', (_, without) => {
    const frames = dancerFrames({ move: swing }, { seconds: 2 }).map((frame) => ({
      ...frame,
      poses: frame.poses.map((pose) => ({ ...pose, worldLandmarks: without(pose.worldLandmarks) })),
    }));
    const all = measured(frames);
    expect(all.length).toBeGreaterThan(20);
    for (const { left, travel } of all) expect([left, travel]).toEqual([Number.NaN, Number.NaN]);
  });

  it('speaks of moments that move forward, a little before the frame and not before the first', () => {
    const times = unevenTimes(4, 12, 0.45);
    const all = measured(dancerFrames({ move: swing }, { seconds: 4, times }));
    const first = (times[0] ?? 0) * 1000;
    for (const [index, { timestamp, frame }] of all.entries()) {
      expect(timestamp).toBeGreaterThan(all[index - 1]?.timestamp ?? first - 1);
      expect(frame - timestamp).toBeGreaterThanOrEqual(125);
      expect(frame - timestamp).toBeLessThanOrEqual(350);
    }
  });

  it('begins anew with an epoch, and when time goes back', () => {
    const one = dancerFrames({ move: swing }, { seconds: 1 });
    const next = dancerFrames({ move: swing }, { seconds: 1, from: 1, epoch: 2 });
    const again = dancerFrames({ move: swing }, { seconds: 1, from: 0.2, epoch: 2 });
    // Without an end of the epoch, what moved before it would be measured until here.
    const moments = measured([...one, ...next]).map(({ timestamp }) => timestamp);
    expect(moments.some((moment) => moment > 800 && moment < 870)).toBe(true);
    expect(moments.filter((moment) => moment > 870 && moment < 1000)).toEqual([]);
    expect(moments.some((moment) => moment > 1100)).toBe(true);
    const back = measured([...next, ...again]).filter(({ frame }) => frame < 1000);
    expect(back.some(({ timestamp }) => timestamp > 300 && timestamp < 400)).toBe(true);
  });

  it('is of each of two people, and of nobody when nobody is there', () => {
    const people = [
      { move: swing, id: 7 },
      { move: swinging('rightArmRaise', 1, 30, 90), id: 9, absent: [{ from: 1, until: 3 }] },
    ];
    const all = measured(dancerFrames(people, { seconds: 4 }));
    const later = all.filter(({ timestamp }) => timestamp > 300 && timestamp < 900);
    const greatest = (poseId: number, side: 'left' | 'right') =>
      Math.max(...later.filter((one) => one.poseId === poseId).map((one) => one[side]));
    expect(greatest(7, 'left')).toBeGreaterThan(1);
    expect(greatest(7, 'right')).toBeLessThan(0.01);
    expect(greatest(9, 'right')).toBeGreaterThan(1);
    expect(all.filter(({ poseId, frame }) => poseId === 9 && frame >= 1000 && frame < 3000)).toEqual([]);
    expect(all.filter(({ poseId, timestamp }) => poseId === 9 && timestamp > 3200).length).toBeGreaterThan(
      10,
    );
    expect(measured(dancerFrames([], { seconds: 1 }))).toEqual([]);
  });

  it('follows eight people, and others when some have gone', () => {
    const crowd = Array.from({ length: 10 }, (_, id) => ({
      move: standing(),
      id,
      absent: id === 0 ? [{ from: 1, until: 9 }] : [],
    }));
    const all = measured(dancerFrames(crowd, { seconds: 3, rate: 24 }));
    const ids = (from: number, until: number) =>
      new Set(all.filter(({ frame }) => frame > from && frame < until).map(({ poseId }) => poseId)).size;
    expect(ids(0, 1000)).toBe(8);
    expect(new Set(all.filter(({ frame }) => frame > 2500).map(({ poseId }) => poseId)).has(8)).toBe(true);
  });

  it('shows in the visibility', () => {
    const half = Object.keys(BODY).slice(0, 17) as (keyof typeof BODY)[];
    const hidden = [{ landmarks: half, from: 1, until: 9 }];
    const all = measured(dancerFrames({ move: swing, hidden }, { seconds: 3 }));
    const at = (time: number) => all.find(({ timestamp }) => timestamp >= time)?.visibility ?? Number.NaN;
    expect(at(500)).toBeCloseTo(1, 6);
    expect(at(2500)).toBeCloseTo((16 + 17 * 0.05) / 33, 3);
  });
});
