import FFT from 'fft.js';
import { nextPowerOfTwo } from '../spectrum/index.ts';

/**
 * How alike many signals together are to themselves some time later: the sum of their autocovariances over the sum
 * of their variances, so that what moves most counts most. By way of the power spectrum (Wiener–Khinchin), two
 * signals to a transform. Made once and used often: its arrays are reused.
 */
export class Autocorrelation {
  readonly #size: number;
  readonly #transform: FFT;
  // Typed: of plain arrays every number that is read costs an object.
  readonly #input: Float64Array;
  readonly #output: Float64Array;
  readonly #power: Float64Array;

  /** @param samples the most that will be looked at at once */
  constructor(samples: number) {
    // Zeros behind the signal keep its end from being compared with its beginning.
    this.#size = nextPowerOfTwo(2 * samples);
    this.#transform = new FFT(this.#size);
    this.#input = new Float64Array(2 * this.#size);
    this.#output = new Float64Array(2 * this.#size);
    this.#power = new Float64Array(this.#size);
  }

  /**
   * @param channels signals of one rate; their means are taken off, unknown values (NaN) count for nothing
   * @param from the first sample to look at
   * @param to one behind the last
   * @param longest lag in samples, below `to − from`
   * @returns `longest + 1` correlations, 1 at lag 0; each is the mean over as many samples as overlap at its lag.
   *   All 0 when nothing moves
   */
  pooled(channels: readonly Float32Array[], from: number, to: number, longest: number): Float64Array {
    const { length } = channels;
    const power = this.#power.fill(0);
    const output = this.#output;
    for (let channel = 0; channel < length; channel += 2) {
      const input = this.#input.fill(0);
      fill(input, 0, channels[channel], from, to);
      fill(input, 1, channels[channel + 1], from, to);
      this.#transform.transform(output, input);
      for (let bin = 0; bin < this.#size; bin += 1) {
        const real = output[2 * bin] ?? 0;
        const imaginary = output[2 * bin + 1] ?? 0;
        power[bin] = (power[bin] ?? 0) + real * real + imaginary * imaginary;
      }
    }
    // The power of a complex pair is not symmetric; the real part of its transform belongs to the symmetric part.
    const input = this.#input.fill(0);
    for (let bin = 0; bin < this.#size; bin += 1) input[2 * bin] = power[bin] ?? 0;
    this.#transform.transform(output, input);
    const count = to - from;
    const whole = output[0] ?? 0;
    const correlations = new Float64Array(longest + 1);
    if (!(whole > 0)) return correlations;
    for (let lag = 0; lag <= longest; lag += 1) {
      correlations[lag] = (((output[2 * lag] ?? 0) / whole) * count) / (count - lag);
    }
    return correlations;
  }
}

/** Writes one signal without its mean into the real (0) or imaginary (1) parts. */
function fill(
  input: Float64Array,
  part: 0 | 1,
  signal: Float32Array | undefined,
  from: number,
  to: number,
): void {
  if (!signal) return;
  let sum = 0;
  let known = 0;
  for (let index = from; index < to; index += 1) {
    const value = signal[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  if (known === 0) return;
  const mean = sum / known;
  for (let index = from; index < to; index += 1) {
    const value = signal[index] ?? Number.NaN;
    input[2 * (index - from) + part] = Number.isNaN(value) ? 0 : value - mean;
  }
}

/** The correlation at a lag that lies between samples; 0 beyond the longest. */
export function correlationAt(correlations: Float64Array, lag: number): number {
  const before = Math.floor(lag);
  if (before + 1 >= correlations.length) return 0;
  const share = lag - before;
  return (correlations[before] ?? 0) * (1 - share) + (correlations[before + 1] ?? 0) * share;
}

/** How far the top of the parabola through three neighbouring values lies from the middle one, in steps. */
export function parabolaTop(before: number, at: number, after: number): number {
  const bend = before - 2 * at + after;
  return bend < 0 ? Math.max(-1, Math.min(1, (before - after) / (2 * bend))) : 0;
}
