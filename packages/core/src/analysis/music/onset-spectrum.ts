import FFT from 'fft.js';

/** Four to an octave, about: a kick drum's octaves weigh as much as a high hat's. */
const BANDS = 32;
/** Hz: the lowest notes of a bass, and the highest sounds that a rate of 22.05 kHz still carries. */
const LOWEST = 30;
const HIGHEST = 10_000;
/** Of a triangle's weights, under which a band is so narrow that it falls between the bins. */
const NARROW = 0.5;

/**
 * Magnitudes in 32 bands of equal width in octaves, 30 Hz to 10 kHz, of one Hann-weighted window of sound. Bands of
 * equal width on the mel scale were tried: they give the two octaves of high hats four times the weight of the two of
 * kicks, and eighth notes on the hat then pass for the beat.
 */
export class BandSpectrum {
  readonly bands = BANDS;
  readonly #length: number;
  readonly #fft: InstanceType<typeof FFT>;
  readonly #hann: Float64Array;
  readonly #weighted: Float64Array;
  readonly #transformed: Float64Array;
  readonly #magnitudes: Float64Array;
  /** The corners of the triangles in bins: band b rises from corner b to b + 1 and falls to b + 2. */
  readonly #corners: Float64Array;

  /** @param length samples in a window, a power of two */
  constructor(sampleRate: number, length: number) {
    this.#length = length;
    this.#fft = new FFT(length);
    this.#hann = Float64Array.from(
      { length },
      (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length),
    );
    this.#weighted = new Float64Array(length);
    this.#transformed = new Float64Array(2 * length);
    this.#magnitudes = new Float64Array(length / 2 + 1);
    const octaves = Math.log2(Math.min(HIGHEST, sampleRate / 2) / LOWEST);
    this.#corners = Float64Array.from({ length: BANDS + 2 }, (_, index) => {
      const hertz = LOWEST * 2 ** ((octaves * index) / (BANDS + 1));
      return (hertz * length) / sampleRate;
    });
  }

  /**
   * Measures `window` into `bands`: the mean magnitude in each; a full-scale sine has about 0.5 in its own.
   *
   * @returns the loudest band's
   */
  measure(window: Float32Array, bands: Float32Array): number {
    for (let index = 0; index < this.#length; index += 1) {
      this.#weighted[index] = (window[index] ?? 0) * (this.#hann[index] ?? 0);
    }
    this.#fft.realTransform(this.#transformed, this.#weighted);
    const scale = 2 / this.#length;
    for (let bin = 0; bin < this.#magnitudes.length; bin += 1) {
      const real = this.#transformed[2 * bin] ?? 0;
      const imaginary = this.#transformed[2 * bin + 1] ?? 0;
      this.#magnitudes[bin] = scale * Math.sqrt(real * real + imaginary * imaginary);
    }
    let loudest = 0;
    for (let band = 0; band < BANDS; band += 1) {
      const value = this.#band(band);
      bands[band] = value;
      if (value > loudest) loudest = value;
    }
    return loudest;
  }

  #band(band: number): number {
    const left = this.#corners[band] ?? 0;
    const middle = this.#corners[band + 1] ?? 0;
    const right = this.#corners[band + 2] ?? 0;
    let sum = 0;
    let weights = 0;
    for (let bin = Math.ceil(left); bin <= Math.min(right, this.#magnitudes.length - 1); bin += 1) {
      const weight = bin < middle ? (bin - left) / (middle - left) : (right - bin) / (right - middle);
      sum += weight * (this.#magnitudes[bin] ?? 0);
      weights += weight;
    }
    if (weights > NARROW) return sum / weights;
    // The bins on either side, by their nearness.
    const below = Math.floor(middle);
    const share = middle - below;
    return (1 - share) * (this.#magnitudes[below] ?? 0) + share * (this.#magnitudes[below + 1] ?? 0);
  }
}
