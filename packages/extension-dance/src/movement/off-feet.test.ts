import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODY_LANDMARKS, type BodyLandmark, type PoseFrame } from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import { syntheticFrame } from '@pose-coach/core/extension-testing';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { exerciseSequences } from '../../../../tests/motion/sequences.ts';
import {
  dancerFrames,
  holding,
  type Posture as SyntheticPosture,
  standing,
  swinging,
  together,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { distanceFromFeet } from './balance.ts';
import { MovementEvidences, type Posture } from './movement-evidence.ts';
import { MovementPart } from './movement-part.ts';
import type { MovementOrUnknown } from './movement-summary.ts';

function watch(frames: readonly PoseFrame[]) {
  const motions = new BodyMotions();
  const part = new MovementPart();
  let reason: string | undefined;
  for (const frame of frames) {
    for (const motion of motions.step(frame)) {
      for (const reading of part.step({ frame, motion, beats: [] })) reason = reading.reason;
    }
  }
  const { milliseconds } = part.finish();
  const total = Object.values(milliseconds).reduce((sum, each) => sum + each, 0);
  return { reason, share: (movement: MovementOrUnknown) => milliseconds[movement] / total };
}

/** Arms move as in talking, which is not enough to call it a dance. */
const talking = (posture: Partial<SyntheticPosture>) =>
  together(standing(), holding(posture), swinging('rightElbow', 0.5, 20, 50));

// The hip of a stretched leg is 0.9 m above the ground, the thigh 0.42 m long.
const NOT_ON_FEET: readonly (readonly [string, Partial<SyntheticPosture>])[] = [
  ['sits on a chair', { hipsUp: -0.42, hipsForward: -0.41 }],
  ['sits on the floor, legs stretched out', { hipsUp: -0.8, leftFootForward: 0.8, rightFootForward: 0.8 }],
  [
    'sits on the floor, feet drawn in and apart',
    { hipsUp: -0.8, leftFootForward: 0.35, rightFootForward: 0.35, leftFootOut: 0.1, rightFootOut: 0.1 },
  ],
  ['kneels upright', { hipsUp: -0.4, leftFootForward: -0.42, rightFootForward: -0.42 }],
];

describe('whoever', () => {
  it.each(NOT_ON_FEET)('%s is neither crouching nor standing', (_, posture) => {
    for (const turn of [0, 60, 90, 180]) {
      const { reason, share } = watch(
        dancerFrames({ move: talking({ ...posture, turn }) }, { seconds: 4, noise: 0.002 }),
      );
      expect(share('unknown'), `turned by ${turn}`).toBeGreaterThan(0.95);
      expect(reason).toBe('The person is not on their feet.');
    }
  });

  it('crouches is crouching, also where the camera looks down or up a little', () => {
    for (const camera of [
      {},
      { height: 1.9, tilt: 12, distance: 4 },
      { height: 0.4, tilt: -8, distance: 4 },
    ]) {
      for (const turn of [0, 90, 180]) {
        for (const posture of [
          { hipsUp: -0.4, lean: 25, hipsForward: -0.1 },
          { hipsUp: -0.6, lean: 30, hipsForward: -0.15 },
        ]) {
          const frames = dancerFrames({ move: talking({ ...posture, turn }) }, { seconds: 4, camera });
          expect(watch(frames).share('crouching')).toBeGreaterThan(0.95);
        }
      }
    }
  });

  it('bends over with straight legs is still on their feet', () => {
    // The hips go back as far as keeps the body over the feet.
    const bent = { lean: 85, hipsForward: -0.2, hipsUp: -0.03 };
    expect(watch(dancerFrames({ move: talking(bent) }, { seconds: 4 })).share('unknown')).toBe(0);
  });

  it('does sit-ups is never crouching', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    let clips = 0;
    for (const { name, exercise, frames } of exerciseSequences(fixtures)) {
      if (exercise !== 'sit_up') continue;
      const { share } = watch(frames.slice(0, 400));
      expect(share('crouching'), name).toBe(0);
      clips += 1;
    }
    expect(clips).toBe(10);
  });
});

/** The posture of each of the single poses that Google's sample labels (ML Kit), by label. */
function labelledPostures(folder: string): Map<string, Posture[]> {
  const postures = new Map<string, Posture[]>();
  const file = join(folder, 'sequences/mlkit/fitness_pose_samples.csv');
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [, label = '', ...values] = line.split(',');
    const place = (landmark: number, axis: number) => Number(values[landmark * 3 + axis]);
    const middle = (one: number, other: number, axis: number) => (place(one, axis) + place(other, axis)) / 2;
    const { leftShoulder, rightShoulder, leftHip, rightHip } = BODY_LANDMARKS;
    const hips = [0, 1, 2].map((axis) => middle(leftHip, rightHip, axis));
    const trunk = Math.hypot(...hips.map((hip, axis) => middle(leftShoulder, rightShoulder, axis) - hip));
    const worldLandmarks = Array.from({ length: 33 }, (_, landmark) => {
      const [x = 0, y = 0, z = 0] = hips.map((hip, axis) => (0.5 * (place(landmark, axis) - hip)) / trunk);
      return { x, y, z, visibility: 1 };
    });
    const landmarks = worldLandmarks.map((each) => ({
      ...each,
      x: 0.5 + 0.3 * each.x,
      y: 0.5 + 0.3 * each.y,
    }));
    const [motions, evidences] = [new BodyMotions(), new MovementEvidences()];
    let posture: Posture | undefined;
    for (let index = 0; index < 12; index += 1) {
      const frame = syntheticFrame(index * 33, [{ id: 0, score: 1, landmarks, worldLandmarks }]);
      for (const motion of motions.step(frame)) posture = evidences.read(motion).posture;
    }
    if (posture) postures.set(label, [...(postures.get(label) ?? []), posture]);
  }
  return postures;
}

describe('single poses labelled by people', () => {
  it('are low at the bottom of squats, however deep, and never in push-ups', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const postures = labelledPostures(fixtures);
    const share = (label: string, posture: Posture) => {
      const all = postures.get(label) ?? [];
      expect(all.length).toBeGreaterThan(150);
      return all.filter((each) => each === posture).length / all.length;
    };
    expect(share('squats_down', 'low')).toBeGreaterThan(0.85);
    for (const label of ['pushups_up', 'pushups_down'])
      expect(share(label, 'offFeet'), label).toBeGreaterThan(0.98);
  });
});

describe('the distance of the centre of mass from over the feet', () => {
  /** Everything in one place but the feet. */
  function bodyAt(x: number, z: number, feet: readonly (readonly [BodyLandmark, number, number])[]) {
    const position = new Float64Array(99);
    for (let landmark = 0; landmark < 33; landmark += 1) {
      position[landmark * 3] = x;
      position[landmark * 3 + 2] = z;
    }
    for (const [name, footX, footZ] of feet) {
      position[BODY_LANDMARKS[name] * 3] = footX;
      position[BODY_LANDMARKS[name] * 3 + 2] = footZ;
    }
    return position;
  }

  it('is measured from the line between the soles, or between the ankles where they are not seen', () => {
    const soles = bodyAt(0, 0, [
      ['leftHeel', 1, 0.2],
      ['leftFootIndex', 1, 0.4],
      ['rightHeel', -1, 0.2],
      ['rightFootIndex', -1, 0.4],
    ]);
    expect(distanceFromFeet(soles)).toBeCloseTo(0.3, 9);
    const ankles = bodyAt(0, 0, [
      ['leftAnkle', 3, 4],
      ['rightAnkle', 3, 5],
    ]);
    for (const name of ['leftHeel', 'rightHeel'] as const) ankles[BODY_LANDMARKS[name] * 3] = Number.NaN;
    for (const name of ['leftHeel', 'rightHeel'] as const) ankles[BODY_LANDMARKS[name] * 3 + 2] = Number.NaN;
    // Each shin with its foot is 0.061 of the mass, its centre 0.606 of the way to the ankle, which is 3 aside.
    const aside = 3 - 2 * 0.061 * 0.606 * 3;
    const ahead = 4 - 0.061 * 0.606 * (4 + 5);
    expect(distanceFromFeet(ankles)).toBeCloseTo(Math.hypot(aside, ahead), 9);
  });

  it('is not known without the trunk', () => {
    const position = bodyAt(0, 0, []);
    position.fill(Number.NaN, BODY_LANDMARKS.leftShoulder * 3, BODY_LANDMARKS.leftShoulder * 3 + 3);
    expect(distanceFromFeet(position)).toBeNaN();
  });
});
