import { BODY_LANDMARKS, type BodyLandmark, type PoseFrame } from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { exerciseSequences } from '../../../../tests/motion/sequences.ts';
import {
  dancerFrames,
  holding,
  type Posture,
  standing,
  swinging,
  together,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { distanceFromFeet } from './balance.ts';
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
const talking = (posture: Partial<Posture>) =>
  together(standing(), holding(posture), swinging('rightElbow', 0.5, 20, 50));

// The hip of a stretched leg is 0.9 m above the ground, the thigh 0.42 m long.
const NOT_ON_FEET: readonly (readonly [string, Partial<Posture>])[] = [
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

describe('what is not known of movement', () => {
  it('is put down to the frames and not to the view when there are too few a second', () => {
    const { reason } = watch(dancerFrames({ move: standing() }, { seconds: 8, rate: 5 }));
    expect(reason).toBe('There are too few frames a second to see movement.');
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
