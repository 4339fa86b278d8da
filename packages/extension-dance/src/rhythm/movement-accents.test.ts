import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  bouncing,
  type DancerFramesOptions,
  dancerFrames,
  inTurn,
  type Move,
  standing,
  twoStep,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { MotionGrid } from './motion-grid.ts';
import { type MovementAccent, MovementAccents } from './movement-accents.ts';

function accentsOf(move: Move, options: DancerFramesOptions) {
  const motions = new BodyMotions();
  const grid = new MotionGrid();
  const finder = new MovementAccents(grid);
  const found: { accent: MovementAccent; at: number }[] = [];
  for (const frame of dancerFrames({ move }, options)) {
    for (const motion of motions.step(frame)) {
      grid.step(motion);
      const accents: MovementAccent[] = [];
      finder.step(accents);
      found.push(...accents.map((accent) => ({ accent, at: frame.timestamp })));
    }
  }
  return found;
}

describe('accents of movement', () => {
  it('lie where a body that steps from side to side turns round, at every rate', () => {
    for (const rate of [24, 30, 60]) {
      const accents = accentsOf(twoStep(120), { seconds: 10, rate });
      // Sideways it turns round every half second, on the half second.
      expect(accents.length, `${rate} Hz`).toBeGreaterThanOrEqual(18);
      for (const { accent } of accents) {
        expect(Math.abs(accent.timestamp - 500 * Math.round(accent.timestamp / 500))).toBeLessThan(12);
      }
    }
  });

  it('are known half a second after they were, at most', () => {
    for (const { accent, at } of accentsOf(twoStep(80), { seconds: 12 })) {
      expect(at - accent.timestamp).toBeGreaterThan(0);
      expect(at - accent.timestamp).toBeLessThan(500);
    }
  });

  it('are stronger where the weight of a bouncing body lands than where it turns at the top', () => {
    const bottoms: number[] = [];
    const tops: number[] = [];
    // Lowest at whole periods of 500 ms.
    for (const { accent } of accentsOf(bouncing(2), { seconds: 10 })) {
      const phase = accent.timestamp / 500 - Math.round(accent.timestamp / 500);
      (Math.abs(phase) < 0.25 ? bottoms : tops).push(accent.strength);
    }
    expect(Math.min(bottoms.length, tops.length)).toBeGreaterThan(15);
    expect(Math.min(...bottoms)).toBeGreaterThan(1.5 * Math.max(...tops));
  });

  it('keep within three of their uncertainties in noise', () => {
    const accents = accentsOf(twoStep(100), { seconds: 20, noise: 0.004 });
    const far = accents.filter(({ accent: { timestamp, uncertainty } }) => {
      const error = timestamp - 600 * Math.round(timestamp / 600);
      return Math.abs(error) > 3 * uncertainty;
    });
    expect(accents.length).toBeGreaterThan(30);
    expect(far.length / accents.length).toBeLessThan(0.02);
  });

  it('are not made of the trembling of a bad camera', () => {
    expect(accentsOf(standing(), { seconds: 20, noise: 0.005 })).toEqual([]);
  });

  it('end with the movement', () => {
    const move = inTurn([twoStep(120), 5], [standing(), 20]);
    const late = accentsOf(move, { seconds: 12, noise: 0.001 }).filter(
      ({ accent }) => accent.timestamp > 6500,
    );
    expect(late).toEqual([]);
  });
});
