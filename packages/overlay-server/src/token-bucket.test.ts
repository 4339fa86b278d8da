import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('lets a burst through, then the rate', () => {
    const bucket = new TokenBucket(10, 5, 0);
    const taken = (now: number, attempts: number) =>
      Array.from({ length: attempts }, () => bucket.take(now)).filter(Boolean).length;
    expect(taken(0, 8)).toBe(5);
    expect(taken(100, 8)).toBe(1);
    expect(taken(350, 8)).toBe(2);
    expect(taken(60_000, 8)).toBe(5);
  });

  it('gives nothing for a clock that goes back', () => {
    const bucket = new TokenBucket(10, 1, 1000);
    expect(bucket.take(1000)).toBe(true);
    expect(bucket.take(500)).toBe(false);
  });
});
