import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  type DancerFramesOptions,
  dancerFrames,
  holding,
  type Move,
  standing,
  together,
  twoStep,
  walking,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { Progress } from './progress.ts';

const WALK = { stepsPerMinute: 100, stepLength: 0.6 };
/** Metres. */
const HEIGHT = 1.7;
/** Metres a second over metres. */
const SPEED = (WALK.stepsPerMinute * WALK.stepLength) / 60 / HEIGHT;
const FAR: DancerFramesOptions = { seconds: 4, camera: { distance: 9 } };

/** Every half second from the second one on. */
function slowest(move: Move, options: DancerFramesOptions): number[] {
  const motions = new BodyMotions();
  const progress = new Progress();
  const found: number[] = [];
  for (const frame of dancerFrames({ move }, options)) {
    for (const motion of motions.step(frame)) {
      progress.push(motion);
      if (motion.timestamp > 2000 + 500 * found.length) found.push(progress.slowest());
    }
  }
  return found;
}

describe('progress through the picture', () => {
  it('is the speed of a walker who goes past, with noise and few frames too', () => {
    const past = together(walking(WALK), holding({ roomX: -2 }));
    for (const options of [FAR, { ...FAR, noise: 0.01 }, { ...FAR, rate: 10 }]) {
      const speeds = slowest(past, options);
      expect(speeds.length).toBeGreaterThan(2);
      for (const speed of speeds) expect(Math.abs(speed / SPEED - 1)).toBeLessThan(0.15);
    }
  });

  it('is next to nothing of who stands, steps to and fro, or walks on the spot', () => {
    for (const move of [standing(), twoStep(100, 0.3), walking({ ...WALK, stepLength: 0 })]) {
      for (const speed of slowest(move, FAR)) expect(speed).toBeLessThan(0.1);
    }
  });

  it('is nought until it can be told, and after it was begun anew', () => {
    const motions = new BodyMotions();
    const progress = new Progress();
    for (const frame of dancerFrames({ move: walking(WALK) }, { ...FAR, seconds: 1.5 })) {
      for (const motion of motions.step(frame)) progress.push(motion);
      expect(progress.slowest()).toBe(0);
    }
    progress.reset();
    expect(progress.slowest()).toBe(0);
  });
});
