import { describe, expect, it } from 'vitest';
import { backoffDelay } from './backoff.ts';

describe('the wait before connecting again', () => {
  it('doubles from a quarter of a second to eight seconds and stays there', () => {
    // 0.5 + 1 / 2: the upper end of each range.
    const longest = [0, 1, 2, 3, 4, 5, 6, 500].map((failures) => backoffDelay(failures, 1));
    expect(longest).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('is spread over the upper half of its range', () => {
    expect(backoffDelay(3, 0)).toBe(1000);
    expect(backoffDelay(3, 0.5)).toBe(1500);
  });
});
