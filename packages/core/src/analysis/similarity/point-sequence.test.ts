import { describe, expect, it } from 'vitest';
import { concordance, PointSequence } from './point-sequence.ts';

const sequenceOf = (points: number, ...samples: readonly (readonly number[] | undefined)[]) => {
  const sequence = new PointSequence({ points, rate: 8 });
  for (const sample of samples) sequence.push(sample);
  return sequence;
};

describe('a sequence of points', () => {
  it('has the mean squared distance of the points known in both samples', () => {
    const sequence = sequenceOf(
      2,
      [0, 0, 0, 1, 1, 1],
      [3, 4, 0, 1, 1, 2],
      [0, 0, 2, Number.NaN, 5, 5],
      undefined,
    );
    expect(sequence.squaredDistance(0, 1)).toBe((25 + 1) / 2);
    expect(sequence.squaredDistance(0, 2)).toBe(4);
    expect(sequence.squaredDistance(2, 1)).toBe(9 + 16 + 4);
    expect(sequence.squaredDistance(0, 3)).toBeNaN();
  });

  it('does not compare samples that have less than half of their points in common', () => {
    const unknown = [Number.NaN, 0, 0];
    const sequence = sequenceOf(3, [0, 0, 0, ...unknown, 0, 0, 0], [0, 0, 0, 0, 0, 0, ...unknown]);
    expect(sequence.squaredDistance(0, 1)).toBeNaN();
  });

  it('knows means and spread of a stretch', () => {
    const { means, variance } = sequenceOf(1, [9, 9, 9], [1, 0, 0], [3, 0, 4], [5, 0, 2]).moments(1, 4);
    expect([...means]).toEqual([3, 0, 2]);
    // ((−2)² + 0² + 2²) / 3 along x and as much along z.
    expect(variance).toBeCloseTo(16 / 3, 6);
  });

  it('forgets its oldest samples, and grows without a limit of its own', () => {
    const sequence = new PointSequence({ points: 1, rate: 8 });
    for (let sample = 0; sample < 2000; sample += 1) sequence.push([sample, 0, 0]);
    sequence.discard(1500);
    expect(sequence.length).toBe(500);
    expect(sequence.squaredDistance(0, 499)).toBe(499 ** 2);
    expect(sequence.moments(0, 1).means[0]).toBe(1500);
  });
});

describe('the concordance of two stretches', () => {
  // Lin 1989: 1 − E(a − b)² / (σa² + σb² + (μa − μb)²). For a = 1, 2, 3 and b = a + 1: 1 − 1 / (2/3 + 2/3 + 1) = 4/7.
  it('is that of Lin', () => {
    const one = sequenceOf(1, [1, 0, 0], [2, 0, 0], [3, 0, 0]).moments(0, 3);
    const other = sequenceOf(1, [2, 0, 0], [3, 0, 0], [4, 0, 0]).moments(0, 3);
    expect(concordance(1, one, other)).toBeCloseTo(4 / 7, 6);
    expect(concordance(0, one, one)).toBe(1);
  });
});
