import { describe, expect, it } from 'vitest';
import { PaintedDelays } from './painted-delays.ts';

describe('delays of painting', () => {
  it('are summed up once a second: how many, the middle one, the longest', () => {
    const delays = new PaintedDelays();
    for (const [index, delay] of [50, 90, 40, 60].entries()) {
      expect(delays.add(delay, index * 16)).toBeUndefined();
    }
    expect(delays.add(70, 1000)).toEqual({ frames: 5, median: 60, longest: 90 });
    expect(delays.add(10, 1016)).toBeUndefined();
    expect(delays.add(20, 2000)).toEqual({ frames: 2, median: 20, longest: 20 });
  });

  it('are never less than nothing, however two clocks disagree', () => {
    const delays = new PaintedDelays();
    delays.add(-3, 0);
    expect(delays.add(-1, 1000)).toEqual({ frames: 2, median: 0, longest: 0 });
  });
});
