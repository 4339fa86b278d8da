import type { PointSequence } from './point-sequence.ts';
import { LEFT_BEHIND } from './recurring-stretches.ts';

/** Seconds that are compared: a sequence, not a gesture; two bars at 120 BPM. */
const COMPARED = 4;

/** Every second sample is compared: neighbours say the same, and it is half of the work. */
const STRIDE = 2;

/** Share of moments in `COMPARED` seconds that may be unknown. */
const MOST_UNKNOWN = 0.25;

export interface RecurrenceOptions {
  /** What the points must stray at least, in the unit of the sequence: who stands still repeats nothing. */
  readonly smallestSpread: number;
  /** Seconds back to which it remembers. */
  readonly memory: number;
  /** Concordance from which two stretches count as alike. */
  readonly threshold: number;
}

/** That the newest seconds of a sequence are like earlier ones. */
export interface Recurred {
  /** Concordance with what was `lag` samples earlier: 1 is the same movement, 0 is no more alike than chance. */
  readonly likeness: number;
  /** Samples back to the earlier stretch that is most alike. */
  readonly lag: number;
  /** Samples back to the first that is alike: the period of what goes on the same. */
  readonly period: number;
  /** How many samples were compared. */
  readonly length: number;
}

/**
 * Compares the newest `COMPARED` seconds of a sequence that grows with all that came before, back to a limit: the
 * last row of its self-similarity, smoothed along the diagonals (see `recurringStretches`), kept up to date with a few
 * sums for each lag.
 */
export class Recurrence {
  readonly #sequence: PointSequence;
  readonly #smallest: number;
  readonly #threshold: number;
  readonly #lags: number;
  /** Moments that are compared. */
  readonly #moments: number;
  /** By moment and lag; NaN where not known. */
  readonly #distances: Float32Array;
  readonly #sums: Float64Array;
  readonly #unknown: Uint8Array;
  /** Of the `COMPARED` seconds up to each of the newest samples. */
  readonly #spreads: Float64Array;
  #samples = 0;

  constructor(sequence: PointSequence, { smallestSpread, memory, threshold }: RecurrenceOptions) {
    this.#sequence = sequence;
    this.#smallest = smallestSpread ** 2;
    this.#threshold = threshold;
    this.#lags = Math.round(memory * sequence.rate);
    this.#moments = Math.round((COMPARED * sequence.rate) / STRIDE);
    this.#distances = new Float32Array(this.#moments * (this.#lags + 1)).fill(Number.NaN);
    this.#sums = new Float64Array(this.#lags + 1);
    this.#unknown = new Uint8Array(this.#lags + 1).fill(this.#moments);
    this.#spreads = new Float64Array(this.#lags + 1);
  }

  /** Forgets all; to be called when the sequence was cleared. */
  clear(): void {
    this.#distances.fill(Number.NaN);
    this.#sums.fill(0);
    this.#unknown.fill(this.#moments);
    this.#spreads.fill(Number.NaN);
    this.#samples = 0;
  }

  /**
   * To be called once after each sample that was pushed.
   * @returns where the newest seconds are most like earlier ones, if they are
   */
  step(): Recurred | undefined {
    const newest = this.#sequence.length - 1;
    const length = this.#moments * STRIDE;
    const from = Math.max(0, newest + 1 - length);
    const spread = this.#sequence.moments(from, newest + 1).variance;
    const slots = this.#spreads.length;
    this.#spreads[this.#samples % slots] = newest + 1 < length ? Number.NaN : spread;
    const sample = this.#samples;
    this.#samples += 1;
    if (sample % STRIDE !== 0) return undefined;
    this.#compare(newest, (sample / STRIDE) % this.#moments);
    return spread >= this.#smallest ? this.#search(sample, spread, length) : undefined;
  }

  /** Takes the newest sample into the sums, and the one that leaves the compared seconds out. */
  #compare(newest: number, moment: number): void {
    const width = this.#lags + 1;
    for (let lag = 1; lag <= this.#lags; lag += 1) {
      const at = moment * width + lag;
      const gone = this.#distances[at] ?? Number.NaN;
      this.#distances[at] = lag <= newest ? this.#sequence.squaredDistance(newest, newest - lag) : Number.NaN;
      // Read back as it was rounded: what is added now is what will be taken away.
      const here = this.#distances[at] ?? Number.NaN;
      this.#sums[lag] = (this.#sums[lag] ?? 0) + (here || 0) - (gone || 0);
      if (Number.isNaN(gone)) this.#unknown[lag] = (this.#unknown[lag] ?? 0) - 1;
      if (Number.isNaN(here)) this.#unknown[lag] = (this.#unknown[lag] ?? 0) + 1;
    }
  }

  #search(sample: number, spread: number, length: number): Recurred | undefined {
    const slots = this.#spreads.length;
    const furthest = Math.min(this.#lags, sample);
    let hasLeft = false;
    let hasPeriod = false;
    let period = 0;
    let best = 0;
    let greatest = 0;
    for (let lag = 1; lag <= furthest; lag += 1) {
      const unknown = this.#unknown[lag] ?? 0;
      const there = this.#spreads[(sample - lag) % slots] ?? Number.NaN;
      const isKnown = unknown <= this.#moments * MOST_UNKNOWN && there >= this.#smallest;
      const mean = (this.#sums[lag] ?? 0) / (this.#moments - unknown);
      const likeness = isKnown ? 1 - mean / (spread + there) : 0;
      if (likeness < LEFT_BEHIND) hasLeft = true;
      if (!hasLeft || likeness < this.#threshold) {
        hasPeriod = period > 0;
        continue;
      }
      if (likeness <= greatest) continue;
      greatest = likeness;
      best = lag;
      // The top of the first lags that are alike.
      if (!hasPeriod) period = lag;
    }
    return best === 0 ? undefined : { likeness: greatest, lag: best, period, length };
  }
}
