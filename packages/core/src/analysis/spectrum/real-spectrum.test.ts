import { describe, expect, it } from 'vitest';
import { nextPowerOfTwo, RealSpectrum } from './real-spectrum.ts';

/** The definition, term by term. */
function transformed(samples: readonly number[], size: number): number[] {
  return Array.from({ length: size / 2 + 1 }, (_, bin) => {
    let real = 0;
    let imaginary = 0;
    samples.forEach((sample, index) => {
      const angle = (-2 * Math.PI * bin * index) / size;
      real += sample * Math.cos(angle);
      imaginary += sample * Math.sin(angle);
    });
    return Math.sqrt(real ** 2 + imaginary ** 2);
  });
}

describe('RealSpectrum', () => {
  it.each([4, 8, 16, 32, 64, 128, 256])('follows the definition of the transform at %i samples', (size) => {
    const samples = Array.from({ length: size }, (_, index) => Math.sin(index * index) + 0.3);
    const magnitudes = new RealSpectrum(size).magnitudes(samples);
    expect(magnitudes).toHaveLength(size / 2 + 1);
    transformed(samples, size).forEach((expected, bin) => {
      expect(magnitudes[bin]).toBeCloseTo(expected, 9);
    });
  });

  it('fills short signals with zeros, whatever it was given before', () => {
    const spectrum = new RealSpectrum(32);
    spectrum.magnitudes(new Float64Array(32).fill(9));
    const magnitudes = spectrum.magnitudes([1, 2, 3]);
    transformed([1, 2, 3], 32).forEach((expected, bin) => {
      expect(magnitudes[bin]).toBeCloseTo(expected, 9);
    });
  });

  it('takes the first samples of an array when told how many', () => {
    const whole = Array.from(new RealSpectrum(16).magnitudes([5, 4, 3, 2], 2));
    expect(whole).toEqual(Array.from(new RealSpectrum(16).magnitudes([5, 4])));
  });

  it('gives a sine the bin of its frequency', () => {
    const rate = 64;
    const samples = Array.from({ length: 64 }, (_, index) => Math.sin((2 * Math.PI * 5 * index) / rate));
    const magnitudes = new RealSpectrum(64).magnitudes(samples);
    // A sine of amplitude 1 in N samples has magnitude N/2 in its bin and none elsewhere.
    magnitudes.forEach((magnitude, bin) => {
      expect(magnitude).toBeCloseTo(bin === 5 ? 32 : 0, 9);
    });
  });

  it.each([0, 2, 3, 100, -8, 8.5, Number.NaN])('refuses a size of %d', (size) => {
    expect(() => new RealSpectrum(size)).toThrow('nextPowerOfTwo');
  });

  it('refuses more samples than it has room for', () => {
    expect(() => new RealSpectrum(4).magnitudes([1, 2, 3, 4, 5])).toThrow('make a longer one');
  });

  it('knows the next power of two', () => {
    expect([0, 3, 4, 5, 64, 65, 1000].map(nextPowerOfTwo)).toEqual([4, 4, 4, 8, 64, 128, 1024]);
  });
});
