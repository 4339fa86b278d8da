import { extendMatch } from './extended-match.ts';
import { type Occurrence, occurrences } from './occurrences.ts';
import type { PointSequence } from './point-sequence.ts';
import {
  COMPARED,
  type RecurringStretch,
  type RepetitionOptions,
  recurringStretches,
  spreads,
} from './recurring-stretches.ts';

/** Different sequences that are looked for; a take has a handful. */
const MOST_SEQUENCES = 12;

/** Seconds: longer sequences are searched for by their beginning. */
const LONGEST_QUERY = 40;

/** A sequence follows itself in a row when it comes again within this share of its length. */
const IN_A_ROW = 0.25;

/** A sequence says nothing new when another one holds this share of it. */
const ALREADY_EXPLAINED = 0.75;

/** A performance in a row counts when at most this share of it is missing. */
const NEARLY_WHOLE = 1 / 3;

/** A sequence is a unit of another when it is at most this share as long: of twice itself, with room for tempo. */
const AT_MOST_UNIT = 0.6;

/** A stretch is explained by a sequence that holds this share of it. */
const EXPLAINED = 0.6;

/** Candidates that are looked at closely to choose one sequence among them. */
const MOST_TRIED = 8;

/** Samples at 8 Hz by which the lags of candidates must differ to be tried both: half a second. */
const LAGS_APART = 4;

/** Of sequences that explain this share of what the best one does, the shortest is the unit. */
const AS_GOOD = 0.85;

interface Stretch {
  /** First sample, and after the last. */
  readonly from: number;
  readonly until: number;
}

/** Where a sequence is performed, once or several times in a row. */
export interface SequencePerformance extends Stretch {
  /** How often in a row. */
  readonly times: number;
  /** Concordance with the first performance: 1 is the same movement, 0 is no more alike than chance. */
  readonly likeness: number;
}

/** A sequence that is performed at least twice. */
export interface RepeatedSequence {
  /** Samples that one performance takes, on average. */
  readonly length: number;
  /** Mean concordance of the others with the first. */
  readonly likeness: number;
  /** Root of the mean squared distance of the others' points from the first's, in the unit of the sequence. */
  readonly distance: number;
  /** In order of time; those in a row are one. */
  readonly performances: readonly SequencePerformance[];
}

/**
 * Finds the sequences that are repeated: those first that explain most of the whole, as in audio thumbnailing
 * (Müller 2015, "Fundamentals of Music Processing", section 4.3). Movement that goes on the same, such as walking, is
 * one sequence as long as its period, performed many times in a row. A performance may be faster or slower than
 * another by a fifth.
 */
export function repeatedSequences(sequence: PointSequence, options: RepetitionOptions): RepeatedSequence[] {
  const spread = spreads(sequence);
  let candidates = recurringStretches(sequence, spread, options);
  const found: RepeatedSequence[] = [];
  const performed = new Map<RecurringStretch, RepeatedSequence | undefined>();
  while (found.length < MOST_SEQUENCES) {
    const tried = apart(candidates).sort((one, other) => one.lag - other.lag);
    if (tried.length === 0) break;
    const isNew: RepeatedSequence[] = [];
    for (const candidate of tried) {
      // A shorter sequence that is performed at both places is the unit of this one.
      const long = candidate.until - candidate.from;
      const isUnit = ({ length, performances: places }: RepeatedSequence) =>
        length < AT_MOST_UNIT * long && isHeld(candidate, places, AS_GOOD);
      if (isNew.some(isUnit)) continue;
      if (!performed.has(candidate)) {
        performed.set(candidate, performances(sequence, spread, candidate, options.threshold));
      }
      const repeated = performed.get(candidate);
      if (repeated && !isExplained(repeated, found)) isNew.push(repeated);
    }
    const best = shortestOfBest(isNew);
    if (best) found.push(best);
    // Without anything new, what was tried leads nowhere.
    candidates = candidates.filter((one) =>
      best ? !isHeld(one, best.performances, EXPLAINED) : !tried.includes(one),
    );
  }
  return found;
}

/**
 * The heaviest candidates, of those with nearly the same lag the heaviest; and the one that returns soonest of those
 * that are about as heavy, which may be the period of them all.
 */
function apart(candidates: readonly RecurringStretch[]): RecurringStretch[] {
  const least = AS_GOOD * (candidates[0]?.weight ?? 0);
  const soonest = candidates.reduce(
    (lag, one) => (one.weight >= least ? Math.min(lag, one.lag) : lag),
    Number.POSITIVE_INFINITY,
  );
  const peak = climbed(candidates, soonest);
  const kept = peak ? [peak] : [];
  for (const one of candidates) {
    if (kept.length >= MOST_TRIED) break;
    if (kept.every(({ lag }) => Math.abs(lag - one.lag) >= LAGS_APART)) kept.push(one);
  }
  return kept;
}

/** Lags on the way up to a period are like it too: up from one of them, as long as it gets heavier. */
function climbed(candidates: readonly RecurringStretch[], from: number): RecurringStretch | undefined {
  let top = candidates.find(({ lag }) => lag === from);
  for (;;) {
    const { lag: here, weight: reached } = top ?? { lag: from, weight: Number.POSITIVE_INFINITY };
    const next = candidates.find(({ lag, weight }) => lag > here && lag <= here + 2 && weight > reached);
    if (!next) return top;
    top = next;
  }
}

/**
 * The unit of which most is made: of the sequences that explain about as much as the best, those that are about as
 * short as the shortest, and the best of these. What a sequence explains is how long it is performed, and how alike.
 */
function shortestOfBest(sequences: readonly RepeatedSequence[]): RepeatedSequence | undefined {
  const worth = ({ performances, likeness }: RepeatedSequence) =>
    likeness * performances.reduce((sum, { from, until }) => sum + until - from, 0);
  const best = Math.max(...sequences.map(worth));
  const good = sequences.filter((one) => worth(one) >= AS_GOOD * best);
  const shortest = Math.min(...good.map(({ length }) => length));
  return good
    .filter(({ length }) => AT_MOST_UNIT * length < shortest)
    .sort((one, other) => worth(other) - worth(one))[0];
}

/** Everywhere that the sequence of a candidate is performed; nothing if that is only once. */
function performances(
  sequence: PointSequence,
  spread: Float64Array,
  candidate: RecurringStretch,
  threshold: number,
): RepeatedSequence | undefined {
  const { earlier, later } = extendMatch(sequence, spread, candidate, threshold);
  const shortest = COMPARED * sequence.rate;
  const overlaps = later.from < earlier.until;
  const unit = overlaps
    ? refined(sequence, earlier.from, later.until, candidate.lag)
    : (earlier.until - earlier.from + later.until - later.from) / 2;
  if (!overlaps && unit < shortest) return undefined;
  // A short unit is searched for as often in a row as makes a movement that chance does not bring.
  const searched = overlaps ? unit * Math.max(1, Math.round(shortest / unit)) : earlier.until - earlier.from;
  const until = earlier.from + Math.round(Math.min(searched, LONGEST_QUERY * sequence.rate));
  const all = occurrences(sequence, earlier.from, Math.min(until, sequence.length), threshold);
  const others = all.filter((one) => share(one, [{ from: earlier.from, until }]) < 0.5);
  const row = overlaps ? [{ from: earlier.from, until: later.until }] : [];
  const stretches = inRows(all, row, unit);
  const times = stretches.reduce((sum, one) => sum + one.times, 0);
  if (times < 2 || others.length === 0) return undefined;
  const mean = (of: (one: Occurrence) => number) =>
    others.reduce((sum, one) => sum + of(one), 0) / others.length;
  return {
    length: unit,
    likeness: mean(({ likeness }) => likeness),
    distance: Math.sqrt(mean(({ squaredDistance }) => squaredDistance)),
    performances: stretches,
  };
}

/** A period to a fraction of a sample: where a parabola through three neighbouring lags' distances is lowest. */
function refined(sequence: PointSequence, from: number, until: number, lag: number): number {
  const at = (shift: number) => {
    let sum = 0;
    let count = 0;
    for (let sample = from + shift; sample < until; sample += 1) {
      const distance = sequence.squaredDistance(sample, sample - shift);
      if (Number.isNaN(distance)) continue;
      sum += distance;
      count += 1;
    }
    return sum / count;
  };
  let lowest = lag;
  let [before, here, after] = [at(lag - 1), at(lag), at(lag + 1)];
  for (let step = 0; step < LAGS_APART && after < here; step += 1) {
    lowest += 1;
    [before, here, after] = [here, after, at(lowest + 1)];
  }
  for (let step = 0; step < LAGS_APART && before < here; step += 1) {
    lowest -= 1;
    [before, here, after] = [at(lowest - 1), before, here];
  }
  const offset = (before - after) / (before - 2 * here + after) / 2;
  return Math.abs(offset) <= 1 ? lowest + offset : lowest;
}

/** Joins what follows upon itself, and says how often it is performed. */
function inRows(all: readonly Occurrence[], rows: readonly Stretch[], unit: number): SequencePerformance[] {
  const pieces = [
    ...all.map(({ from, until, likeness }) => ({ from, until, likeness, weight: 1 })),
    ...rows.map((row) => ({ ...row, likeness: 0, weight: 0 })),
  ].sort((one, other) => one.from - other.from);
  const joined: { from: number; until: number; likeness: number; weight: number }[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (!last || piece.from > last.until + IN_A_ROW * unit) {
      joined.push({ ...piece });
      continue;
    }
    const weight = last.weight + piece.weight;
    last.likeness = (last.likeness * last.weight + piece.likeness * piece.weight) / Math.max(1, weight);
    last.weight = weight;
    last.until = Math.max(last.until, piece.until);
  }
  return joined.map(({ from, until, likeness }) => ({
    from,
    until,
    times: Math.max(1, Math.floor((until - from) / unit + NEARLY_WHOLE)),
    likeness,
  }));
}

/** Whether it is performed where other sequences are, and hardly elsewhere. */
function isExplained({ performances }: RepeatedSequence, found: readonly RepeatedSequence[]): boolean {
  const total = performances.reduce((sum, { from, until }) => sum + until - from, 0);
  return found.some((other) => {
    const common = performances.reduce(
      (sum, one) => sum + share(one, other.performances) * (one.until - one.from),
      0,
    );
    return common >= ALREADY_EXPLAINED * total;
  });
}

/** Whether that share of a stretch, and of what it is like, lies within performances. */
function isHeld(
  { from, until, lag }: RecurringStretch,
  performances: readonly Stretch[],
  atLeast: number,
): boolean {
  return (
    share({ from, until }, performances) >= atLeast &&
    share({ from: from - lag, until: until - lag }, performances) >= atLeast
  );
}

/** Which share of a stretch lies within performances. */
function share(stretch: Stretch, performances: readonly Stretch[]): number {
  let common = 0;
  for (const { from, until } of performances) {
    common += Math.max(0, Math.min(until, stretch.until) - Math.max(from, stretch.from));
  }
  return common / (stretch.until - stretch.from);
}
