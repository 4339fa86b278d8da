import { describe, expect, it } from 'vitest';
import { anySeed, partRandom } from './part-random.ts';

describe('the chance of parts', () => {
  it('is that of the paper: from its seed, its first number', () => {
    // Marsaglia 2003, page 4: y = 2463534242; y ^= y << 13; y ^= y >> 17; y ^= y << 5, done by hand in 32 bits.
    expect(partRandom(2463534242)() * 2 ** 32).toBe(723471715);
  });

  it('lies in [0, 1) and is spread evenly', () => {
    const random = partRandom(anySeed());
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 100_000; index += 1) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    // Ten standard deviations of a tenth of 100,000 throws: 10 · √(100,000 · 0.1 · 0.9).
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(949);
  });

  it('begins anew from the same seed', () => {
    const one = partRandom(7);
    const other = partRandom(7);
    for (let index = 0; index < 100; index += 1) expect(one()).toBe(other());
  });
});
