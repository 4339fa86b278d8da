import { describe, expect, it } from 'vitest';
import {
  bouncing,
  dancerFrames,
  holding,
  type Move,
  standing,
  swinging,
  together,
  turning,
  unevenTimes,
  walking,
} from '../../../../../tests/motion/synthetic-dancer.ts';
import { BODY_LANDMARKS as BODY, type PoseFrame } from '../../pose/index.ts';
import { oneEuro } from '../../smoothing/index.ts';
import type { BodyMotion } from './body-motion.ts';
import { BodyMotions } from './body-motions.ts';

/** Calls back with every motion from `from` seconds on. */
function follow(frames: readonly PoseFrame[], visit: (motion: BodyMotion) => void, from = 1): void {
  const motions = new BodyMotions();
  for (const frame of frames) {
    for (const motion of motions.step(frame)) if (motion.timestamp >= from * 1000) visit(motion);
  }
}

/** The root of the mean square of a number over a take. */
function rootMeanSquare(frames: readonly PoseFrame[], of: (motion: BodyMotion) => number): number {
  let sum = 0;
  let count = 0;
  follow(frames, (motion) => {
    sum += of(motion) ** 2;
    count += 1;
  });
  expect(count).toBeGreaterThan(20);
  return Math.sqrt(sum / count);
}

const WRIST = BODY.leftWrist;
const wristSpeed = ({ body }: BodyMotion) => body.speed[WRIST] ?? Number.NaN;
const length = (values: Float64Array, landmark: number) =>
  Math.hypot(...values.subarray(landmark * 3, landmark * 3 + 3));

/** A stretched arm is 0.332 of the body's height: at 1.7 m, the wrist is 0.5644 m from the shoulder. */
const ARM = 0.332 * 1.7;
const DEGREES = 30;
/** The arm swings in front: an angle A·cos ωt, so that the wrist's root mean square speed is arm · A · ω / √2. */
const armSwing = (hertz: number): Move => swinging('leftArmRaise', hertz, DEGREES, 90);
const swingSpeed = (hertz: number) => (((ARM * DEGREES * Math.PI) / 180) * 2 * Math.PI * hertz) / Math.SQRT2;

describe('the motion of bodies', () => {
  it.each([
    [0.5, 0.01],
    [1, 0.01],
    [2, 0.03],
    [3, 0.1],
    [4, 0.21],
  ])('has the speed of an arm that swings at %d Hz to within %d at 24, 30 and 60 Hz', (hertz, tolerance) => {
    for (const rate of [24, 30, 60]) {
      const speed = rootMeanSquare(dancerFrames({ move: armSwing(hertz) }, { seconds: 7, rate }), wristSpeed);
      expect(Math.abs(speed / swingSpeed(hertz) - 1)).toBeLessThan(tolerance);
    }
  });

  it.each([0.5, 1, 2, 3, 4])('is the same from 24, 30 and 60 Hz within 5 % at %d Hz', (hertz) => {
    const speeds = [24, 30, 60].map((rate) =>
      rootMeanSquare(dancerFrames({ move: armSwing(hertz) }, { seconds: 7, rate }), wristSpeed),
    );
    expect(Math.max(...speeds) / Math.min(...speeds)).toBeLessThan(1.05);
  });

  it('loses 3 dB of a small swing where it says that its bandwidth ends', () => {
    for (const rate of [15, 24, 30, 60]) {
      let bandwidth = 0;
      follow(dancerFrames({ move: standing() }, { seconds: 3, rate }), (motion) => {
        bandwidth = motion.bandwidth;
      });
      const move = swinging('leftArmRaise', bandwidth, 5, 90);
      const speed = rootMeanSquare(dancerFrames({ move }, { seconds: 7.1, rate }), wristSpeed);
      const truth = swingSpeed(bandwidth) / (DEGREES / 5);
      expect(speed / truth).toBeGreaterThan(0.65);
      expect(speed / truth).toBeLessThan(0.76);
    }
  });

  it('has acceleration and jerk of slow movement at any rate', () => {
    const omega = 2 * Math.PI * 0.5;
    // Small angles: the wrist moves along a line, and its derivatives are those of a cosine.
    const move = swinging('leftArmRaise', 0.5, 3, 90);
    const amplitude = ((ARM * 3 * Math.PI) / 180) * Math.SQRT1_2;
    for (const rate of [24, 30, 60]) {
      const frames = dancerFrames({ move }, { seconds: 9, rate });
      const acceleration = rootMeanSquare(frames, ({ body }) => length(body.acceleration, WRIST));
      const jerk = rootMeanSquare(frames, ({ body }) => length(body.jerk, WRIST));
      expect(acceleration / (amplitude * omega ** 2)).toBeCloseTo(1, 1);
      expect(jerk / (amplitude * omega ** 3)).toBeCloseTo(1, 1);
    }
  });

  it('is the same from a camera with uneven frames, and from one that loses a tenth of them', () => {
    const truth = swingSpeed(2);
    const uneven = dancerFrames({ move: armSwing(2) }, { seconds: 7, times: unevenTimes(7, 30, 0.4) });
    const lossy = dancerFrames({ move: armSwing(2) }, { seconds: 7, rate: 30, droppedShare: 0.1, seed: 5 });
    for (const frames of [uneven, lossy]) {
      let sum = 0;
      let known = 0;
      let all = 0;
      follow(frames, (motion) => {
        all += 1;
        if (Number.isNaN(wristSpeed(motion))) return;
        sum += wristSpeed(motion) ** 2;
        known += 1;
      });
      expect(Math.abs(Math.sqrt(sum / known) / truth - 1)).toBeLessThan(0.05);
      expect(known / all).toBeGreaterThan(0.95);
    }
  });

  it('is the same from near, from far, in a small picture, and in a mirror with sides changed', () => {
    const move = together(armSwing(1.5), bouncing(1.5));
    const cameras = [
      {},
      { distance: 7 },
      { pictureWidth: 320, pictureHeight: 240 },
      { mirrored: true },
    ] as const;
    const views = cameras.map((camera) => {
      const frames = dancerFrames({ move }, { seconds: 5, camera });
      const wrist = 'mirrored' in camera ? BODY.rightWrist : BODY.leftWrist;
      return {
        body: rootMeanSquare(frames, ({ body }) => body.speed[wrist] ?? Number.NaN),
        trunk: rootMeanSquare(frames, ({ trunk }) => trunk.speed[wrist] ?? Number.NaN),
        travel: rootMeanSquare(frames, ({ travel }) => Math.hypot(...travel.velocity)),
      };
    });
    for (const view of views) {
      expect(view.body / (views[0]?.body ?? 0)).toBeCloseTo(1, 6);
      expect(view.trunk / (views[0]?.trunk ?? 0)).toBeCloseTo(1, 6);
      expect(Math.abs(view.travel / (views[0]?.travel ?? 0) - 1)).toBeLessThan(0.05);
    }
  });

  it('lets a still arm on a turning body be still', () => {
    const move = together(swinging('turn', 1, 40), holding({ leftArmSpread: 90, rightArmSpread: 90 }));
    const frames = dancerFrames({ move }, { seconds: 5 });
    const body = rootMeanSquare(frames, wristSpeed);
    const trunk = rootMeanSquare(frames, (motion) => motion.trunk.speed[WRIST] ?? Number.NaN);
    expect(body).toBeGreaterThan(1);
    expect(trunk).toBeLessThan(0.01 * body);
  });

  it('puts the trunk axes to the left, up the spine and out of the chest, whichever way the person turns', () => {
    // Arm to the front: the wrist is an arm's length forward, half the shoulders' width to the left, and no higher.
    const move = together(turning(40), holding({ leftArmRaise: 90 }));
    follow(dancerFrames({ move }, { seconds: 6 }), ({ trunk }) => {
      expect(trunk.position[WRIST * 3] ?? 0).toBeCloseTo((0.259 / 2) * 1.7, 1);
      expect(trunk.position[WRIST * 3 + 1] ?? 0).toBeCloseTo(0, 1);
      expect(trunk.position[WRIST * 3 + 2] ?? 0).toBeCloseTo(ARM, 1);
    });
  });

  it('knows how far a resting person looks moved by noise of half a percent of the height, and says so', () => {
    for (const [rate, floor] of [
      [24, 0.24],
      [30, 0.21],
      [60, 0.16],
    ] as const) {
      const frames = dancerFrames({ move: standing() }, { seconds: 20, rate, noise: 0.005 });
      const body = rootMeanSquare(frames, wristSpeed);
      const uncertainty = rootMeanSquare(frames, (motion) => motion.body.speedUncertainty[WRIST] ?? 0);
      // σ is 8.5 mm in three directions, half as much again in square by the hips that are the origin.
      expect(body).toBeLessThan(floor);
      expect(uncertainty / body).toBeGreaterThan(0.7);
      expect(uncertainty / body).toBeLessThan(1.3);
      const trunk = rootMeanSquare(frames, (motion) => motion.trunk.speed[WRIST] ?? 0);
      const trunkUncertainty = rootMeanSquare(frames, (motion) => motion.trunk.speedUncertainty[WRIST] ?? 0);
      expect(trunkUncertainty / trunk).toBeGreaterThan(0.6);
      expect(trunkUncertainty / trunk).toBeLessThan(1.4);
    }
  });

  it.each([24, 30, 60])(
    'is changed by less than 5 %% by the smoothing that comes before it, at %i Hz',
    (rate) => {
      for (const hertz of [1, 2, 4]) {
        const frames = dancerFrames({ move: armSwing(hertz) }, { seconds: 6, rate });
        const filter = oneEuro().create();
        const smooth = frames.map((frame) => filter.step(frame));
        expect(rootMeanSquare(smooth, wristSpeed) / rootMeanSquare(frames, wristSpeed)).toBeGreaterThan(0.95);
        expect(rootMeanSquare(smooth, wristSpeed) / rootMeanSquare(frames, wristSpeed)).toBeLessThan(1.05);
      }
    },
  );

  it('measures travel in body heights, however tall the person is and wherever the camera', () => {
    for (const bodyHeight of [1.2, 1.9]) {
      const walk = walking({ stepsPerMinute: 0, stepLength: 0 });
      const move: Move = (seconds) => ({ ...walk(0), roomX: -1 + 0.5 * seconds });
      const frames = dancerFrames({ move, bodyHeight }, { seconds: 4, camera: { distance: 5 } });
      follow(frames, ({ travel }) => {
        expect(travel.velocity[0] * bodyHeight).toBeCloseTo(0.5, 1);
        expect(travel.velocity[1]).toBeCloseTo(0, 2);
      });
    }
  });

  it('sees a fall in the travel of the hips', () => {
    const move: Move = (seconds) => ({ hipsUp: seconds < 1.6 ? 0 : -0.5 * 2 * (seconds - 1.6) ** 2 });
    let seen = 0;
    follow(
      dancerFrames({ move }, { seconds: 2.2 }),
      ({ travel }) => {
        seen += 1;
        // Two metres per second² downwards, which is the picture's y.
        expect(Math.abs(travel.acceleration[1] * 1.7 - 2)).toBeLessThan(0.15);
      },
      1.76,
    );
    expect(seen).toBeGreaterThan(5);
  });

  it('knows the height of the body standing, crouching and with the knees out of the picture', () => {
    const near = { distance: 2, height: 1.5 };
    for (const [move, camera] of [
      [standing(), {}],
      [holding({ hipsUp: -0.4, lean: 30 }), {}],
      [standing(), near],
    ] as const) {
      let height = Number.NaN;
      follow(dancerFrames({ move }, { seconds: 4, camera }), ({ bodyHeight }) => {
        height = bodyHeight;
      });
      expect(height / 1.7).toBeGreaterThan(0.95);
      expect(height / 1.7).toBeLessThan(1.05);
    }
  });
});
