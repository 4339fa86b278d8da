import { describe, expect, it } from 'vitest';
import { Autocorrelation } from './autocorrelation.ts';
import { chance } from './chance.ts';
import { signalsOf, wandering } from './synthetic-signals.test-support.ts';

describe('what chance reaches', () => {
  it.each([
    [1, 0.1],
    [1, 0.3],
    [4, 0.1],
    [11, 0.2],
  ])('is how far correlations of %i wandering joints spread, smoothed over %f s', (joints, smooth) => {
    const predicted: number[] = [];
    const observed: number[] = [];
    for (let seed = 1; seed <= 60; seed += 1) {
      const { velocity } = signalsOf(wandering(joints, smooth, 12, seed), 12);
      const correlations = new Autocorrelation(360).pooled(velocity, 0, 360, 150);
      predicted.push(chance(velocity, correlations, 0, 360));
      // Far beyond the smoothing, where movement has nothing to do with itself any more.
      for (const lag of [90, 120, 150])
        observed.push((correlations[lag] ?? 0) * Math.sqrt((360 - lag) / 360));
    }
    const spread = Math.sqrt(observed.reduce((sum, value) => sum + value ** 2, 0) / observed.length);
    const mean = predicted.reduce((sum, value) => sum + value, 0) / predicted.length;
    expect(mean / spread).toBeGreaterThan(0.75);
    expect(mean / spread).toBeLessThan(1.5);
  });

  it('is less for a body that moves in many ways than for one that moves as one', () => {
    const { velocity } = signalsOf(wandering(8, 0.15, 8, 5), 8);
    const [first] = velocity;
    if (!first) throw new Error('no channel');
    const asOne = velocity.map((_, index) => first.map((value) => value * (index + 1)));
    const of = (channels: readonly Float32Array[]) =>
      chance(channels, new Autocorrelation(240).pooled(channels, 0, 240, 120), 0, 240);
    // Sixteen channels that go their own ways are sixteen times as many trials: a quarter of the error.
    expect(of(velocity) / of(asOne)).toBeLessThan(0.45);
  });
});
