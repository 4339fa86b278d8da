import { describe, expect, it } from 'vitest';
import { level, line, ownRange } from './metric-drawing.ts';

describe('drawing a metric', () => {
  it('places a value and its doubt on the scale, and nothing beyond its ends', () => {
    expect(level(75, 10, [50, 100])).toEqual({ start: 0, share: 0.5, from: 0.3, to: 0.7 });
    expect(level(120, 30, [50, 100])).toEqual({ start: 0, share: 1, from: 0.8, to: 1 });
  });

  it('starts at zero where the scale crosses it, and at the lower end elsewhere', () => {
    expect(level(-50, 0, [-100, 100])).toMatchObject({ start: 0.5, share: 0.25 });
    expect(level(30, 0, [-100, 300])).toMatchObject({ start: 0.25, share: 0.325 });
    expect(level(-45, 0, [-60, 0])).toMatchObject({ start: 0, share: 0.25 });
  });

  it('joins the values of a series from the left, twenty seconds ago, to the right, which is now', () => {
    const points = [
      { timestamp: 10_000, values: [0] },
      { timestamp: 10_500, values: [10] },
      { timestamp: 20_000, values: [5] },
    ];
    // 10 s of 20 are half the width of 100; the height is 30 and grows downwards.
    expect(line(points, 0, 20_000, [0, 10])).toBe('M50.00 30.00L52.50 0.00M100.00 15.00');
  });

  it('breaks the line where a value is not known, though the next comes soon', () => {
    const points = [
      { timestamp: 19_900, values: [1] },
      { timestamp: 19_950, values: [] },
      { timestamp: 20_000, values: [1] },
    ];
    expect(line(points, 0, 20_000, [0, 2])).toBe('M99.50 15.00M100.00 15.00');
  });

  it('gives a series without a range its own, with a margin', () => {
    expect(ownRange([{ timestamp: 0, values: [10, 20] }])).toEqual([9, 21]);
    expect(ownRange([{ timestamp: 0, values: [5] }])).toEqual([4.9, 5.1]);
    expect(ownRange([])).toEqual([0, 1]);
  });
});
