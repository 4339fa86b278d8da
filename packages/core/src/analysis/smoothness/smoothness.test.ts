import { describe, expect, it } from 'vitest';
import { dimensionlessJerk, logDimensionlessJerk } from './dimensionless-jerk.ts';
import { SpectralArcLength, spectralArcLength } from './spectral-arc-length.ts';

/** Speed of a movement of least jerk over distance 1 in time 1: 30τ² − 60τ³ + 30τ⁴ (Flash, Hogan 1985). */
const leastJerk = (progress: number) =>
  progress <= 0 || progress >= 1 ? 0 : 30 * progress ** 2 - 60 * progress ** 3 + 30 * progress ** 4;

/** Speed over `seconds`, both ends included. */
const sampled = (seconds: number, rate: number, speed: (second: number) => number) =>
  Array.from({ length: Math.round(seconds * rate) + 1 }, (_, index) => speed(index / rate));

/** A movement put together of `count` equal ones of a second that follow each other every `interval` seconds. */
const composed = (count: number, interval: number, rate: number) =>
  sampled(1 + (count - 1) * interval, rate, (second) => {
    let sum = 0;
    for (let index = 0; index < count; index += 1) sum += leastJerk(second - index * interval);
    return sum;
  });

/** The published definition by plain sums, at frequencies that are `step` Hertz apart. */
function arcLengthByDefinition(speed: readonly number[], rate: number, step: number): number {
  const spectrum: number[] = [];
  for (let frequency = 0; frequency <= 10; frequency += step) {
    let real = 0;
    let imaginary = 0;
    speed.forEach((value, index) => {
      const angle = (2 * Math.PI * frequency * index) / rate;
      real += value * Math.cos(angle);
      imaginary += value * Math.sin(angle);
    });
    spectrum.push(Math.sqrt(real ** 2 + imaginary ** 2));
  }
  const normalised = spectrum.map((value) => value / (spectrum[0] ?? Number.NaN));
  const end = normalised.reduce((last, value, index) => (value >= 0.05 ? index : last), 0);
  let length = 0;
  for (let index = 1; index <= end; index += 1) {
    length += Math.sqrt((1 / end) ** 2 + ((normalised[index] ?? 0) - (normalised[index - 1] ?? 0)) ** 2);
  }
  return -length;
}

/** Evenly distributed numbers in (−1, 1), the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

describe('spectral arc length', () => {
  it('of a movement of least jerk is about −1.4, as published implementations have it', () => {
    expect(spectralArcLength(sampled(1, 100, leastJerk), 100)).toBeCloseTo(-1.41, 1);
  });

  it.each([
    ['a movement of least jerk', sampled(1, 100, leastJerk)],
    ['two that overlap', composed(2, 0.6, 100)],
    ['two with a rest between', composed(2, 1.3, 100)],
    ['four', composed(4, 0.9, 100)],
    [
      'one that trembles at 15 Hz',
      sampled(1, 100, (second) => leastJerk(second) * (1 + Math.sin(30 * Math.PI * second))),
    ],
    [
      'one that trembles at 8 Hz',
      sampled(1, 100, (second) => leastJerk(second) * (1 + Math.sin(16 * Math.PI * second))),
    ],
  ])('follows the published definition for %s', (_, speed) => {
    // Published: sixteen times the power of two that holds the samples.
    const step = 100 / (16 * 2 ** Math.ceil(Math.log2(speed.length)));
    const length = spectralArcLength(speed, 100);
    expect(length).toBeCloseTo(arcLengthByDefinition(speed, 100, step), 9);
    // Steps that small hardly matter.
    expect(Math.abs(length / arcLengthByDefinition(speed, 100, 0.002) - 1)).toBeLessThan(0.03);
  });

  it('falls with every further part that a movement is put together of, and with the rest between them', () => {
    const byCount = [1, 2, 3, 4, 5, 6].map((count) => spectralArcLength(composed(count, 0.9, 100), 100));
    const byInterval = [0.1, 0.4, 0.7, 1, 1.3].map((interval) =>
      spectralArcLength(composed(3, interval, 100), 100),
    );
    for (const series of [byCount, byInterval]) {
      expect(series).toEqual([...series].sort((a, b) => b - a));
      expect(new Set(series).size).toBe(series.length);
    }
  });

  it('does not depend on amplitude, and hardly on rate or duration', () => {
    const reference = spectralArcLength(composed(2, 0.8, 100), 100);
    const louder = composed(2, 0.8, 100).map((value) => value * 37);
    expect(spectralArcLength(louder, 100)).toBeCloseTo(reference, 9);
    for (const rate of [24, 30, 60, 240]) {
      expect(Math.abs(spectralArcLength(composed(2, 0.8, rate), rate) / reference - 1)).toBeLessThan(0.02);
    }
    // The same samples at half the rate: twice as long.
    expect(spectralArcLength(composed(2, 0.8, 100), 50)).toBeCloseTo(reference, 6);
  });

  it('hardly hears the noise that makes jerk useless', () => {
    const clean = sampled(1, 100, leastJerk);
    const random = noise(7);
    const noisy = clean.map((value) => value + 0.02 * random());
    expect(spectralArcLength(noisy, 100)).toBeCloseTo(spectralArcLength(clean, 100), 1);
    expect(dimensionlessJerk(noisy) / dimensionlessJerk(clean)).toBeGreaterThan(50);
  });

  it('counts nothing above the cut-off', () => {
    const trembling = sampled(
      1,
      100,
      (second) => leastJerk(second) * (1 + 0.5 * Math.sin(2 * Math.PI * 7 * second)),
    );
    expect(spectralArcLength(trembling, 100)).toBeLessThan(-1.7);
    expect(spectralArcLength(trembling, 100, { cutoff: 4 })).toBeGreaterThan(-1.5);
    expect(new SpectralArcLength().of(trembling, 100, 4)).toBe(
      spectralArcLength(trembling, 100, { cutoff: 4 }),
    );
  });

  it('is not a number where nothing moves', () => {
    expect(spectralArcLength([0, 0, 0, 0], 30)).toBeNaN();
    expect(spectralArcLength([], 30)).toBeNaN();
  });
});

describe('dimensionless jerk', () => {
  it('of a movement of least jerk is −720 / 1.875², its analytic value', () => {
    expect(dimensionlessJerk(sampled(1, 1000, leastJerk)) / (-720 / 1.875 ** 2)).toBeCloseTo(1, 4);
    expect(logDimensionlessJerk(sampled(1, 1000, leastJerk))).toBeCloseTo(-Math.log(204.8), 4);
  });

  it('of half a sine is −π⁴/2, its analytic value', () => {
    const speed = sampled(0.5, 1000, (second) => Math.sin(2 * Math.PI * second));
    expect(dimensionlessJerk(speed)).toBeCloseTo(-(Math.PI ** 4) / 2, 2);
  });

  it('depends neither on amplitude nor duration, and hardly on the rate', () => {
    const reference = logDimensionlessJerk(composed(2, 0.8, 100));
    expect(logDimensionlessJerk(composed(2, 0.8, 100).map((value) => value * 0.01))).toBeCloseTo(
      reference,
      9,
    );
    for (const rate of [24, 30, 60, 240]) {
      expect(Math.abs(logDimensionlessJerk(composed(2, 0.8, rate)) / reference - 1)).toBeLessThan(0.02);
    }
  });

  it('falls with every further part that a movement is put together of', () => {
    const series = [1, 2, 3, 4, 5].map((count) => logDimensionlessJerk(composed(count, 0.9, 100)));
    expect(series).toEqual([...series].sort((a, b) => b - a));
  });

  it('is not a number where nothing moves or too little is known', () => {
    expect(dimensionlessJerk([0, 0, 0, 0, 0])).toBeNaN();
    expect(dimensionlessJerk([0, 1, 0])).toBeNaN();
    expect(logDimensionlessJerk([1, 1, 1, 1])).toBeNaN();
  });
});
