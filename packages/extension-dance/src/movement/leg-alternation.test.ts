import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  bouncing,
  type DancerFramesOptions,
  dancerFrames,
  holding,
  type Move,
  together,
  twoStep,
  walking,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { LegAlternation } from './leg-alternation.ts';

function lookAt(move: Move, options: DancerFramesOptions) {
  const motions = new BodyMotions();
  const legs = new LegAlternation();
  for (const frame of dancerFrames({ move }, options)) {
    for (const motion of motions.step(frame)) legs.push(motion);
  }
  const found = legs.find();
  if (!found) throw new Error('nothing found');
  return found;
}

describe('legs', () => {
  it.each([
    [70, 0.65],
    [80, 0.5],
    [100, 0.65],
    [120, 0.7],
    [140, 0.75],
    [90, 0],
    [130, 0],
  ])('that walk with %i steps a minute of %d m take turns at that cadence', (stepsPerMinute, stepLength) => {
    // The period is found in twentieths of a second.
    const tolerance = stepsPerMinute * (1 / ((20 * 120) / stepsPerMinute));
    for (const rate of [24, 30, 60]) {
      const { cadence, alternation } = lookAt(
        together(walking({ stepsPerMinute, stepLength }), holding({ roomX: -2 })),
        { seconds: 4, rate, camera: { distance: 7 } },
      );
      expect(Math.abs(cadence - stepsPerMinute)).toBeLessThanOrEqual(tolerance);
      expect(alternation).toBeGreaterThan(0.9);
    }
  });

  it('walk the same seen from the front, the side or behind, and with noise', () => {
    for (const heading of [0, 60, 90, 180, 270]) {
      const { alternation, stride, sideways } = lookAt(walking({ stepsPerMinute: 110, heading }), {
        seconds: 3.5,
        noise: 0.005,
        camera: { distance: 8 },
      });
      expect(alternation).toBeGreaterThan(0.85);
      // Feet go from 0.3 strides of 1.3 m before to as far behind: a deviation of about 0.46 m of 1.7 m.
      expect(stride).toBeGreaterThan(0.2);
      expect(sideways / stride).toBeLessThan(0.3);
    }
  });

  it('that bend together do not take turns, and a two-step goes sideways', () => {
    expect(lookAt(bouncing(1.5, 0.1), { seconds: 4 }).alternation).toBeLessThan(0.3);
    const { sideways, stride } = lookAt(twoStep(100), { seconds: 4 });
    expect(sideways).toBeGreaterThan(2 * stride);
  });

  it.each([200, 230, 264, 300])(
    'that run at %i steps a minute are quicker than walking',
    (stepsPerMinute) => {
      for (const rate of [24, 30, 60]) {
        const run = walking({ stepsPerMinute, stepLength: 0, heading: 0 });
        const { isQuick, cadence } = lookAt(run, { seconds: 4, rate });
        expect(isQuick).toBe(true);
        // The period is found in twentieths of a second.
        expect(Math.abs(cadence / stepsPerMinute - 1)).toBeLessThan(stepsPerMinute / 2400);
      }
      for (const steps of [60, 110, 160]) {
        const walk = walking({ stepsPerMinute: steps, stepLength: 0, heading: 0 });
        expect(lookAt(walk, { seconds: 4 }).isQuick).toBe(false);
      }
    },
  );

  it('say nothing before 1.8 seconds, nor after a gap', () => {
    const motions = new BodyMotions();
    const legs = new LegAlternation();
    const told: number[] = [];
    const move = walking({ stepsPerMinute: 110, stepLength: 0 });
    const frames = dancerFrames({ move, absent: [{ from: 4, until: 5 }] }, { seconds: 9 });
    for (const frame of frames) {
      for (const motion of motions.step(frame)) {
        legs.push(motion);
        if (legs.find()) told.push(motion.timestamp / 1000);
      }
    }
    expect(Math.min(...told)).toBeGreaterThan(1.75);
    expect(Math.min(...told)).toBeLessThan(2.2);
    expect(told.filter((time) => time > 4.2 && time < 6.7)).toEqual([]);
    expect(Math.max(...told)).toBeGreaterThan(8);
  });
});
