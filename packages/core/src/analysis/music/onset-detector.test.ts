import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../tests/music/synthetic-music.ts';
import { OnsetDetector } from './onset-detector.ts';

/** Claps as rooms give them back: noise that is loud at once and dies away within 60 ms, with a tail of 300. */
function claps(times: readonly number[], duration: number, sampleRate: number, noise = 0): Float32Array {
  const random = seededRandom(5);
  const samples = Float32Array.from(
    { length: (duration * sampleRate) / 1000 },
    () => noise * (2 * random() - 1),
  );
  for (const time of times) {
    const first = Math.ceil((time * sampleRate) / 1000);
    for (let index = first; index < Math.min(samples.length, first + 0.4 * sampleRate); index += 1) {
      const elapsed = index / sampleRate - time / 1000;
      const level = 0.5 * Math.exp(-elapsed / 0.015) + 0.03 * Math.exp(-elapsed / 0.1);
      samples[index] = (samples[index] ?? 0) + level * (2 * random() - 1);
    }
  }
  return samples;
}

function heard(samples: Float32Array, sampleRate: number, block = 128): number[] {
  const detector = new OnsetDetector(sampleRate);
  const times: number[] = [];
  for (let index = 0; index < samples.length; index += block) {
    for (const { timestamp } of detector.step(samples.subarray(index, index + block))) times.push(timestamp);
  }
  return times;
}

const TIMES = [503.7, 1208.1, 1890.6, 2611.3, 3333.3];

describe('OnsetDetector', () => {
  it.each([22_050, 44_100, 48_000])(
    'hears every clap once and within 3 ms, at %i samples a second',
    (sampleRate) => {
      const times = heard(claps(TIMES, 4000, sampleRate), sampleRate);
      expect(times).toHaveLength(TIMES.length);
      for (const [index, time] of TIMES.entries())
        expect(Math.abs((times[index] ?? 0) - time)).toBeLessThan(3);
    },
  );

  it('hears them in a noisy room: noise a tenth as loud as the claps', () => {
    const times = heard(claps(TIMES, 4000, 44_100, 0.05), 44_100);
    expect(times).toHaveLength(TIMES.length);
    for (const [index, time] of TIMES.entries()) expect(Math.abs((times[index] ?? 0) - time)).toBeLessThan(3);
  });

  it('hears on when samples come that are no numbers', () => {
    const samples = claps(TIMES, 4000, 44_100, 0.01);
    for (const [at, value] of [
      [10_000, Number.NaN],
      [40_000, Number.POSITIVE_INFINITY],
      [70_001, Number.NEGATIVE_INFINITY],
    ] as const) {
      samples[at] = value;
    }
    const times = heard(samples, 44_100);
    expect(times).toHaveLength(TIMES.length);
    for (const [index, time] of TIMES.entries()) expect(Math.abs((times[index] ?? 0) - time)).toBeLessThan(3);
  });

  it('hears nothing begin in silence, in steady noise and in a steady tone', () => {
    const random = seededRandom(11);
    const noise = Float32Array.from({ length: 441_000 }, () => 0.3 * (2 * random() - 1));
    const tone = Float32Array.from({ length: 441_000 }, (_, index) => {
      // Swelling in within half a second, so that it has no beginning that could be told to the millisecond.
      return 0.5 * Math.min(1, index / 22_050) * Math.sin((2 * Math.PI * 440 * index) / 44_100);
    });
    expect(heard(new Float32Array(441_000), 44_100)).toEqual([]);
    expect(heard(noise, 44_100)).toEqual([]);
    expect(heard(tone, 44_100)).toEqual([]);
  });

  it('says the same whether it is fed in blocks of 128 or all at once, and again after a reset', () => {
    const samples = claps(TIMES, 4000, 48_000);
    expect(heard(samples, 48_000, samples.length)).toEqual(heard(samples, 48_000, 128));
    const detector = new OnsetDetector(48_000);
    const first = detector.step(samples);
    detector.reset();
    expect(detector.step(samples)).toEqual(first);
  });

  it('tells a loud clap from a soft one by its strength', () => {
    const samples = claps([500, 1500], 2500, 44_100, 0.005);
    for (let index = 44_100; index < samples.length; index += 1) samples[index] = (samples[index] ?? 0) * 0.2;
    const noise = claps([], 2500, 44_100, 0.005);
    const detector = new OnsetDetector(44_100);
    const strengths = detector
      .step(samples.map((sample, index) => sample + (noise[index] ?? 0)))
      .map(({ strength }) => strength);
    expect(strengths).toHaveLength(2);
    expect(strengths[0]).toBeGreaterThan(strengths[1] ?? 1);
  });
});
