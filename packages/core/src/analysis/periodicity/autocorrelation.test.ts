import { describe, expect, it } from 'vitest';
import { Autocorrelation, correlationAt, parabolaTop } from './autocorrelation.ts';

/** The definition: the mean of products over the pairs that overlap, over the mean square. */
function defined(channels: readonly (readonly number[])[], longest: number): number[] {
  const centred = channels.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  });
  const products = (lag: number) => {
    let sum = 0;
    let pairs = 0;
    for (const values of centred) {
      pairs = values.length - lag;
      for (let index = 0; index < pairs; index += 1) sum += (values[index] ?? 0) * (values[index + lag] ?? 0);
    }
    return sum / pairs;
  };
  return Array.from({ length: longest + 1 }, (_, lag) => products(lag) / products(0));
}

const wave = (count: number, of: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => of(index));

describe('autocorrelation', () => {
  it.each([1, 2, 3, 5])('follows its definition for %i channels together', (channels) => {
    const all = wave(channels, (channel) => channel).map((channel) =>
      wave(50, (index) => Math.sin(index * (channel + 1) * 0.3) * (channel + 1) + index * 0.01),
    );
    const found = new Autocorrelation(50).pooled(
      all.map((values) => Float32Array.from(values)),
      0,
      50,
      30,
    );
    const expected = defined(all, 30);
    expect(found).toHaveLength(31);
    for (const [lag, correlation] of expected.entries()) expect(found[lag]).toBeCloseTo(correlation, 5);
  });

  it('looks at the samples that it is told to, whatever it saw before', () => {
    const values = wave(80, (index) => Math.sin(index * index * 0.01));
    const autocorrelation = new Autocorrelation(80);
    autocorrelation.pooled([Float32Array.from(values)], 0, 80, 40);
    const found = autocorrelation.pooled([Float32Array.from(values)], 20, 60, 10);
    const expected = defined([values.slice(20, 60)], 10);
    for (const [lag, correlation] of expected.entries()) expect(found[lag]).toBeCloseTo(correlation, 5);
  });

  it('takes what is unknown for nothing', () => {
    const values = wave(120, (index) => Math.cos((2 * Math.PI * index) / 20));
    const holed = values.map((value, index) => (index % 7 === 0 ? Number.NaN : value));
    const found = new Autocorrelation(120).pooled([Float32Array.from(holed)], 0, 120, 40);
    // A period is 20 samples, half of one 10: with a seventh missing it is still clearly so.
    expect(found[20]).toBeGreaterThan(0.8);
    expect(found[10]).toBeLessThan(-0.8);
  });

  it('is 0 where nothing moves or nothing is known', () => {
    for (const value of [0, 3, Number.NaN]) {
      const still = new Float32Array(30).fill(value);
      expect(Array.from(new Autocorrelation(30).pooled([still], 0, 30, 5))).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it('reads between lags, and knows nothing beyond the longest', () => {
    const correlations = Float64Array.of(1, 0.5, 0);
    expect(correlationAt(correlations, 0.5)).toBe(0.75);
    expect(correlationAt(correlations, 1.25)).toBe(0.375);
    expect(correlationAt(correlations, 2.5)).toBe(0);
  });

  it('finds the top of a parabola', () => {
    const parabola = (x: number) => 2 - (x - 0.3) ** 2;
    expect(parabolaTop(parabola(-1), parabola(0), parabola(1))).toBeCloseTo(0.3, 12);
    expect(parabolaTop(1, 1, 1)).toBe(0);
  });
});
