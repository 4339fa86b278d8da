import type { PointSequence } from './point-sequence.ts';

/** Seconds that are compared at once: long enough to be a movement, short enough that tempo hardly drifts in it. */
export const COMPARED = 3;

/**
 * Concordance of neighbouring moments, which every movement has, must have fallen below this at a shorter lag before
 * a likeness counts as a return (the rule of pitch detectors: McLeod and Wyvill 2005, "A Smarter Way to Find Pitch").
 */
export const LEFT_BEHIND = 0.3;

/** Along a diagonal, every second sample is compared: neighbours say the same, and it is half of the work. */
const STRIDE = 2;

/** Share of moments in `COMPARED` seconds that may be unknown. */
const MOST_UNKNOWN = 0.25;

/** Stretches that are kept while searching, the longest and most alike of all. */
const MOST_STRETCHES = 400;

/** A stretch of a sequence that is like what was `lag` samples earlier. */
export interface RecurringStretch {
  readonly lag: number;
  /** First sample. */
  readonly from: number;
  /** After the last sample. */
  readonly until: number;
  /** Mean concordance times length in samples. */
  readonly weight: number;
}

/** How much the points stray within `COMPARED` seconds up to each sample: its variance, NaN where not known. */
export function spreads(sequence: PointSequence): Float64Array {
  const window = Math.round(COMPARED * sequence.rate);
  const result = new Float64Array(sequence.length).fill(Number.NaN);
  for (let sample = window - 1; sample < sequence.length; sample += 1) {
    result[sample] = sequence.moments(sample - window + 1, sample + 1).variance;
  }
  return result;
}

export interface RepetitionOptions {
  /** Concordance of `COMPARED` seconds at which they count as alike. */
  readonly threshold: number;
  /** What the points must stray at least in that time, in the unit of the sequence: who stands still repeats nothing. */
  readonly smallestSpread: number;
  /** Seconds that what is alike may be apart at most. */
  readonly furthest: number;
}

/**
 * Finds where a sequence is like itself at another time: the diagonals of its self-similarity (Foote 1999,
 * "Visualizing Music and Audio using Self-Similarity"; Müller 2015, "Fundamentals of Music Processing", section 4.2),
 * smoothed over `COMPARED` seconds. The matrix is walked along its diagonals and never stored.
 * @param spread what `spreads` says of the sequence
 */
export function recurringStretches(
  sequence: PointSequence,
  spread: Float64Array,
  { threshold, smallestSpread, furthest }: RepetitionOptions,
): RecurringStretch[] {
  const window = Math.round((COMPARED * sequence.rate) / STRIDE) * STRIDE;
  const compared = window / STRIDE;
  const { length } = sequence;
  const smallest = smallestSpread ** 2;
  const returned = new Uint8Array(length);
  const distances = new Float64Array(length);
  const found: RecurringStretch[] = [];
  const furthestLag = Math.min(length - window, Math.round(furthest * sequence.rate));
  for (let lag = 1; lag <= furthestLag; lag += 1) {
    const first = Math.ceil(lag / STRIDE) * STRIDE;
    const run = new OpenStretch(lag, window);
    let sum = 0;
    let unknown = 0;
    for (let sample = first; sample < length; sample += STRIDE) {
      const distance = sequence.squaredDistance(sample, sample - lag);
      distances[sample] = distance;
      if (Number.isNaN(distance)) unknown += 1;
      else sum += distance;
      const left = sample - window;
      if (left >= first) {
        const gone = distances[left] ?? 0;
        if (Number.isNaN(gone)) unknown -= 1;
        else sum -= gone;
      }
      if (left < first - STRIDE) continue;
      const here = spread[sample] ?? Number.NaN;
      const there = spread[sample - lag] ?? Number.NaN;
      const moved = here >= smallest && there >= smallest && unknown <= compared * MOST_UNKNOWN;
      const likeness = moved ? 1 - sum / (compared - unknown) / (here + there) : 0;
      if (likeness < LEFT_BEHIND) returned[sample] = 1;
      if (moved && likeness >= threshold && returned[sample] === 1) run.extend(sample, likeness);
      else run.close(found);
    }
    run.close(found);
    if (found.length > 4 * MOST_STRETCHES) keepHeaviest(found);
  }
  keepHeaviest(found);
  return found;
}

/** A run of samples along one diagonal. */
class OpenStretch {
  readonly #lag: number;
  readonly #window: number;
  #first = -1;
  #last = -1;
  #sum = 0;

  constructor(lag: number, window: number) {
    this.#lag = lag;
    this.#window = window;
  }

  extend(sample: number, likeness: number): void {
    if (this.#first < 0) this.#first = sample;
    this.#last = sample;
    this.#sum += likeness;
  }

  close(into: RecurringStretch[]): void {
    if (this.#first < 0) return;
    const from = this.#first - this.#window + 1;
    const until = this.#last + 1;
    const mean = this.#sum / ((this.#last - this.#first) / STRIDE + 1);
    into.push({ lag: this.#lag, from, until, weight: mean * (until - from) });
    this.#first = -1;
    this.#sum = 0;
  }
}

function keepHeaviest(stretches: RecurringStretch[]): void {
  stretches.sort((one, other) => other.weight - one.weight);
  if (stretches.length > MOST_STRETCHES) stretches.length = MOST_STRETCHES;
}
