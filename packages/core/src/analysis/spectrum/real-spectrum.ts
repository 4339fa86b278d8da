import FFT from 'fft.js';
import { PoseCoachError } from '../../base/index.ts';

/** The smallest transform the FFT is made for. */
const SMALLEST_SIZE = 4;

/**
 * Fourier transforms of real signals of one length. Made once and used often: its tables and arrays are reused, a
 * transform allocates nothing.
 *
 * ```ts
 * const spectrum = new RealSpectrum(256);
 * const magnitudes = spectrum.magnitudes(samples);   // of 100 samples, say: zeros fill the rest
 * const hertz = (bin: number) => (bin * rate) / spectrum.size;
 * ```
 */
export class RealSpectrum {
  /** Samples of one transform. */
  readonly size: number;
  readonly #transform: FFT;
  // Typed: of plain arrays every number that is read costs an object.
  readonly #input: Float64Array;
  readonly #output: Float64Array;
  readonly #magnitudes: Float64Array;

  /**
   * @param size samples of one transform: a power of two, 4 or more
   * @throws PoseCoachError `OPTION_INVALID` when it is something else
   */
  constructor(size: number) {
    if (!(Number.isSafeInteger(size) && size >= SMALLEST_SIZE && Number.isInteger(Math.log2(size)))) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `A spectrum has a power of two of samples, ${SMALLEST_SIZE} or more, not ${size}: take nextPowerOfTwo() of the number of samples.`,
      );
    }
    this.size = size;
    this.#transform = new FFT(size);
    this.#input = new Float64Array(size);
    this.#output = new Float64Array(2 * size);
    this.#magnitudes = new Float64Array(size / 2 + 1);
  }

  /**
   * Absolute values of the discrete Fourier transform of a real signal, not scaled: |Σ x(n)·exp(−2πi·k·n/size)|.
   * @param samples at most `size` numbers, equally spaced in time; zeros are added up to `size`
   * @param count how many of them to take; default: all
   * @returns size/2 + 1 numbers, from frequency 0 to half the sampling rate; they change with the next call
   * @throws PoseCoachError `OPTION_INVALID` when there are more samples than `size`
   */
  magnitudes(samples: ArrayLike<number>, count = samples.length): Float64Array {
    if (count > this.size) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `A spectrum of ${this.size} samples cannot take ${count}: make a longer one.`,
      );
    }
    const input = this.#input;
    for (let index = 0; index < count; index += 1) input[index] = samples[index] ?? 0;
    input.fill(0, count);
    const output = this.#output;
    this.#transform.realTransform(output, input);
    const magnitudes = this.#magnitudes;
    for (let bin = 0; bin < magnitudes.length; bin += 1) {
      const real = output[2 * bin] ?? 0;
      const imaginary = output[2 * bin + 1] ?? 0;
      // Math.hypot guards against overflow at ten times the cost.
      magnitudes[bin] = Math.sqrt(real * real + imaginary * imaginary);
    }
    return magnitudes;
  }
}

/** The smallest power of two that is not below `count`, and not below 4. */
export function nextPowerOfTwo(count: number): number {
  let size = SMALLEST_SIZE;
  while (size < count) size *= 2;
  return size;
}
