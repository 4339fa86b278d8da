import { describe, expect, it } from 'vitest';
import { WayDistribution } from './way-distribution.ts';

describe('a distribution over the way', () => {
  it('has the value below which a share of the way lies, to a bin', () => {
    const ways = new WayDistribution(-6, 0);
    ways.add(-2, 3);
    ways.add(-5, 1);
    ways.add(-1, 2);
    expect(ways.way).toBe(6);
    // Of six metres one is at −5, three more up to −2, two more up to −1.
    const bin = 6 / 512;
    expect(Math.abs(ways.quantile(0.1) + 5)).toBeLessThan(bin);
    expect(Math.abs(ways.quantile(0.5) + 2)).toBeLessThan(bin);
    expect(Math.abs(ways.quantile(0.9) + 1)).toBeLessThan(bin);
    expect(Math.abs(ways.quantile(1) + 1)).toBeLessThan(bin);
  });

  it('is not moved by one stroke that is out of all proportion', () => {
    const ways = new WayDistribution(-6, 0);
    for (let index = 0; index < 9; index += 1) ways.add(-1.5, 1);
    ways.add(-1000, 1);
    expect(ways.quantile(0.5)).toBeCloseTo(-1.5, 1);
    expect(ways.quantile(0)).toBeCloseTo(-6, 1);
  });

  it('takes in another and can be emptied', () => {
    const [one, other] = [new WayDistribution(0, 1), new WayDistribution(0, 1)];
    one.add(0.2, 1);
    other.add(0.8, 3);
    one.merge(other);
    expect([one.way, other.way]).toEqual([4, 3]);
    expect(one.quantile(0.5)).toBeCloseTo(0.8, 2);
    one.clear();
    expect(one.way).toBe(0);
    expect(one.quantile(0.5)).toBeNaN();
  });
});
