import { nextPowerOfTwo, RealSpectrum } from '../spectrum/index.ts';

/** The published settings: fine enough for the curve's length, above human movement, and deaf to noise. */
const DEFAULT_PADDING_LEVEL = 4;
const DEFAULT_CUTOFF_HERTZ = 10;
const DEFAULT_AMPLITUDE_THRESHOLD = 0.05;

export interface SpectralArcLengthOptions {
  /** The transform has this many times two as factor beyond the power of two that holds the samples. Default: 4. */
  readonly paddingLevel?: number;
  /** Hertz above which nothing counts as movement. Default: 10; lower when the data carries less. */
  readonly cutoff?: number;
  /** Share of the spectrum's height at frequency 0 below which its tail does not count. Default: 0.05. */
  readonly amplitudeThreshold?: number;
}

/**
 * Smoothness as the (negative) length of the normalised spectrum's curve: SPARC. A movement of one smooth bell has
 * about −1.4; every hesitation and every tremble makes the spectrum longer and the number lower. It does not depend
 * on the movement's amplitude, nor, below the cut-off, on its duration.
 *
 * Source: S. Balasubramanian, A. Melendez-Calderon, A. Roby-Brami, E. Burdet, "On the analysis of movement
 * smoothness", Journal of NeuroEngineering and Rehabilitation 12:112, 2015. It is defined for
 * one movement between two rests: cut longer ones, see `MovementStrokes`.
 *
 * It keeps the transforms it has made, so that many movements cost little; one that is used once is
 * `spectralArcLength`.
 */
export class SpectralArcLength {
  readonly #paddingLevel: number;
  readonly #cutoff: number;
  readonly #amplitudeThreshold: number;
  readonly #spectra = new Map<number, RealSpectrum>();

  constructor({
    paddingLevel = DEFAULT_PADDING_LEVEL,
    cutoff = DEFAULT_CUTOFF_HERTZ,
    amplitudeThreshold = DEFAULT_AMPLITUDE_THRESHOLD,
  }: SpectralArcLengthOptions = {}) {
    this.#paddingLevel = paddingLevel;
    this.#cutoff = cutoff;
    this.#amplitudeThreshold = amplitudeThreshold;
  }

  /**
   * @param speed of one movement, equally spaced in time, in any unit
   * @param rate samples per second
   * @param cutoff Hertz above which nothing counts, when it is another than this instance's
   * @param count how many of the samples to take; default: all
   * @returns −1 or less; NaN when there is no movement in it
   */
  of(speed: ArrayLike<number>, rate: number, cutoff = this.#cutoff, count = speed.length): number {
    const spectrum = this.#spectrumFor(count);
    const magnitudes = spectrum.magnitudes(speed, count);
    const height = magnitudes[0] ?? 0;
    if (!(height > 0)) return Number.NaN;
    const end = lastBinThatCounts(
      magnitudes,
      Math.min(magnitudes.length - 1, Math.floor((cutoff * spectrum.size) / rate)),
      height * this.#amplitudeThreshold,
    );
    if (end === 0) return Number.NaN;
    const width = 1 / end;
    let length = 0;
    let before = 1;
    for (let bin = 1; bin <= end; bin += 1) {
      const value = (magnitudes[bin] ?? 0) / height;
      const rise = value - before;
      length += Math.sqrt(width * width + rise * rise);
      before = value;
    }
    return -length;
  }

  #spectrumFor(count: number): RealSpectrum {
    const size = nextPowerOfTwo(count) * 2 ** this.#paddingLevel;
    let spectrum = this.#spectra.get(size);
    if (!spectrum) {
      spectrum = new RealSpectrum(size);
      this.#spectra.set(size, spectrum);
    }
    return spectrum;
  }
}

/**
 * The spectral arc length of one movement: see `SpectralArcLength`.
 * @param speed equally spaced in time, in any unit
 * @param rate samples per second
 * @returns −1 or less; NaN when there is no movement in it
 */
export function spectralArcLength(
  speed: ArrayLike<number>,
  rate: number,
  options: SpectralArcLengthOptions = {},
): number {
  return new SpectralArcLength(options).of(speed, rate);
}

/** The paper's adaptive cut-off: the last frequency, below the fixed one, that reaches the threshold. */
function lastBinThatCounts(magnitudes: Float64Array, highest: number, threshold: number): number {
  let bin = highest;
  while (bin > 0 && (magnitudes[bin] ?? 0) < threshold) bin -= 1;
  return bin;
}
