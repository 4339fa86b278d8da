/** BPM: the slowest and the fastest tempo that is told. Slower music is told at twice its tempo, faster at half. */
export const SLOWEST_TEMPO = 50;
export const FASTEST_TEMPO = 200;

/** Tempos per octave: 1.75 % apart, finer than the correlation's peaks are wide, and interpolated in the end. */
const STEPS_PER_OCTAVE = 40;
/** Beats that a tempo must hold for: a bar. */
const PERIODS = 4;
/**
 * How much pulses that halve the beats, and such as divide them in three, speak against the beats. Without the first, a
 * tempo and its half would be equal on a metronome; more of it, and eighth notes would forbid the beat that they halve.
 * Thirds are rarer, and where they are, one and a half beats have mostly been taken for one: the second may be more.
 */
const HALVES_WEIGHT = 0.25;
const THIRDS_WEIGHT = 0.5;
/**
 * The tempo at which people tap along with most ease, in BPM, and the spread in octaves in which they do: a log-normal
 * prior (van Noorden & Moelants, J. New Music Research 28, 1999; in beat tracking since Ellis 2007, section 3.2).
 */
const PREFERRED_TEMPO = 120;
const PREFERENCE_SPREAD = 0.8;
/**
 * Milliseconds: the standard deviation of the Gaussian that smooths the correlation. Onsets of played music stray by
 * about 10 ms from the beat, two of them are compared, and a value stands for 10 ms (Ellis smooths the envelope by 20).
 */
const BLUR = 35;
/**
 * The power of onsets (emphasised, about their mean) that counts as none: a tenth of what noise has and a hundred times
 * what the notes of a held chord make by beating against each other.
 */
const STILL = 4e-6;
/** Fewer than this share of a stretch overlapping say more of chance than of rhythm. */
const LEAST_OVERLAP = 0.2;

/** The tempos that are told apart, in BPM, rising from 50 to 200 in steps of 1.75 %. */
export const TEMPOS: Float64Array = Float64Array.from(
  { length: 1 + Math.round(Math.log2(FASTEST_TEMPO / SLOWEST_TEMPO) * STEPS_PER_OCTAVE) },
  (_, index) => SLOWEST_TEMPO * 2 ** (index / STEPS_PER_OCTAVE),
);

/** How much each of `TEMPOS` is preferred before anything is heard: the logarithm of the prior, 0 at its best. */
export const TEMPO_PREFERENCE: Float64Array = TEMPOS.map(
  (bpm) => -0.5 * (Math.log2(bpm / PREFERRED_TEMPO) / PREFERENCE_SPREAD) ** 2,
);

/**
 * How well each tempo explains a stretch of the onset envelope: the correlation of the stretch with itself one to four
 * beats later, less what it is at even divisions of them. A comb over the autocorrelation as in Davies & Plumbley,
 * Context-dependent beat tracking of musical audio (IEEE Transactions on Audio, Speech and Language Processing 15,
 * 2007, section II-B), whose gaps count against it: halves and thirds of the beat, so that neither two nor one and a
 * half beats pass for one. About 0 for noise, near 1 for a metronome at its tempo, 0.4 to 0.8 for music.
 *
 * Its arrays are made once; one instance serves one length of stretch.
 */
export class TempoSalience {
  /** One number for each of `TEMPOS`; overwritten by `measure`. */
  readonly values: Float64Array;
  readonly #hop: number;
  readonly #blur: Float64Array;
  readonly #correlation: Float64Array;
  readonly #raw: Float64Array;
  readonly #overlap: Float64Array;
  readonly #weighted: Float64Array;
  #overlapOf: Float64Array | undefined;
  #overlapLength = -1;

  /**
   * @param hop milliseconds between two values of the envelope
   * @param length values in the longest stretch
   */
  constructor(hop: number, length: number) {
    this.#hop = hop;
    this.values = new Float64Array(TEMPOS.length);
    this.#blur = gaussian(BLUR / hop);
    const lags = Math.min(length, Math.ceil((PERIODS * 60_000) / SLOWEST_TEMPO / hop) + this.#blur.length);
    this.#correlation = new Float64Array(lags);
    this.#raw = new Float64Array(lags);
    this.#overlap = new Float64Array(lags);
    this.#weighted = new Float64Array(length);
  }

  /**
   * Measures the first `length` values of `stretch` into `values`.
   *
   * @param stretch values of the envelope
   * @param weights how much each counts; the same array for the same weights
   * @returns whether there was anything to measure: false for silence, and for less than two beats of sound
   */
  measure(stretch: Float64Array, weights: Float64Array, length = stretch.length): boolean {
    this.values.fill(0);
    if (this.#overlapOf !== weights || this.#overlapLength !== length) {
      correlate(weights, length, this.#overlap);
      this.#overlapOf = weights;
      this.#overlapLength = length;
    }
    this.#weigh(stretch, weights, length);
    const lags = correlate(this.#weighted, length, this.#raw);
    for (let lag = 0; lag < lags; lag += 1) {
      this.#raw[lag] = (this.#raw[lag] ?? 0) / (this.#overlap[lag] || 1);
    }
    this.#smooth(lags);
    const power = this.#correlation[0] ?? 0;
    if (!(power > 0) || lags * this.#hop < (2 * 60_000) / FASTEST_TEMPO) return false;
    for (let index = 0; index < TEMPOS.length; index += 1) {
      this.values[index] = this.#comb(60_000 / (TEMPOS[index] ?? 1) / this.#hop, lags) / (power + STILL);
    }
    return true;
  }

  /** What is left of the stretch when its mean is taken away, weighted. */
  #weigh(stretch: Float64Array, weights: Float64Array, length: number): void {
    let sum = 0;
    let weightSum = 0;
    for (let index = 0; index < length; index += 1) {
      const weight = weights[index] ?? 0;
      sum += weight * (stretch[index] ?? 0);
      weightSum += weight;
    }
    const mean = weightSum > 0 ? sum / weightSum : 0;
    for (let index = 0; index < length; index += 1) {
      this.#weighted[index] = (weights[index] ?? 0) * ((stretch[index] ?? 0) - mean);
    }
  }

  /** Smooths the correlation, which is the same on both sides of lag 0. */
  #smooth(lags: number): void {
    const reach = (this.#blur.length - 1) / 2;
    for (let lag = 0; lag < lags; lag += 1) {
      let sum = 0;
      for (let index = -reach; index <= reach; index += 1) {
        sum += (this.#blur[index + reach] ?? 0) * (this.#raw[Math.min(lags - 1, Math.abs(lag + index))] ?? 0);
      }
      this.#correlation[lag] = sum;
    }
  }

  #comb(period: number, lags: number): number {
    let beats = 0;
    let halves = 0;
    let thirds = 0;
    let teeth = 0;
    for (let tooth = 1; tooth <= PERIODS; tooth += 1) {
      if (tooth * period > lags - 2) break;
      beats += this.#at(tooth * period);
      halves += this.#at((tooth - 1 / 2) * period);
      thirds += (this.#at((tooth - 1 / 3) * period) + this.#at((tooth - 2 / 3) * period)) / 2;
      teeth += 1;
    }
    return teeth === 0 ? 0 : (beats - Math.max(HALVES_WEIGHT * halves, THIRDS_WEIGHT * thirds, 0)) / teeth;
  }

  /** The correlation between two whole lags. */
  #at(lag: number): number {
    const below = Math.floor(lag);
    const share = lag - below;
    return (1 - share) * (this.#correlation[below] ?? 0) + share * (this.#correlation[below + 1] ?? 0);
  }
}

/** Correlates `values` with themselves and returns how many lags were worth it. */
function correlate(values: Float64Array, length: number, correlation: Float64Array): number {
  const lags = Math.min(correlation.length, Math.floor((1 - LEAST_OVERLAP) * length));
  for (let lag = 0; lag < lags; lag += 1) {
    let sum = 0;
    for (let index = lag; index < length; index += 1)
      sum += (values[index] ?? 0) * (values[index - lag] ?? 0);
    correlation[lag] = sum;
  }
  return lags;
}

/** A Gaussian of three standard deviations on either side, whose sum is 1. */
function gaussian(deviation: number): Float64Array {
  const reach = Math.ceil(3 * deviation);
  const values = Float64Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-0.5 * ((index - reach) / deviation) ** 2),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
