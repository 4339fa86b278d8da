import type { PointSequence } from './point-sequence.ts';
import { COMPARED, type RecurringStretch } from './recurring-stretches.ts';

/** Samples by which two performances may come to differ in time: at 6 Hz, two and a half seconds. */
const WIDEST_BAND = 15;

/** Two performances differ in tempo by at most this share, plus a sample or two of freedom. */
const TEMPO_SHARE = 0.2;
const FREEDOM = 2;

/** Seconds of movement that is not alike at all, after which the two have parted. */
const PARTED = 1;

/** What a moment costs that is not known, as a share of what parts two movements. */
const UNKNOWN_SHARE = 0.1;

/** The share of the compared time that may be unlike at the end of a stretch, a third at the usual threshold. */
const UNLIKE = 0.35;

/** Samples of two matching stretches, the earlier and the later; `until` is after the last. */
export interface ExtendedMatch {
  readonly earlier: { readonly from: number; readonly until: number };
  readonly later: { readonly from: number; readonly until: number };
}

/**
 * Follows a stretch that recurs beyond its two ends for as long as the movements stay alike, at tempos that may
 * differ: dynamic time warping with the steps (1,1), (1,2) and (2,1) (Müller 2015, section 3.2) that ends where the
 * score has fallen too far below its best (the X-drop of Altschul et al. 1990, "Basic local alignment search tool").
 * A moment's score is positive where its distance lies below what `threshold` asks of the spread there.
 */
export function extendMatch(
  sequence: PointSequence,
  spread: Float64Array,
  { from, until, lag }: Pick<RecurringStretch, 'from' | 'until' | 'lag'>,
  threshold: number,
): ExtendedMatch {
  // At its ends, part of the time that was compared may be unlike.
  const margin = Math.min(Math.round(COMPARED * sequence.rate * UNLIKE), (until - from) >> 1);
  const last = until - 1 - margin;
  const first = from + margin;
  const forward = follow(sequence, spread, last, last - lag, 1, threshold);
  const backward = follow(sequence, spread, first, first - lag, -1, threshold);
  return {
    earlier: { from: backward.earlier, until: forward.earlier + 1 },
    later: { from: backward.later, until: forward.later + 1 },
  };
}

function follow(
  sequence: PointSequence,
  spread: Float64Array,
  later: number,
  earlier: number,
  direction: 1 | -1,
  threshold: number,
): { readonly later: number; readonly earlier: number } {
  const half = Math.round(COMPARED * sequence.rate) >> 1;
  const spreadAt = (index: number) => {
    const at = Math.min(Math.max(index + half, 2 * half - 1), sequence.length - 1);
    return spread[at] ?? Number.NaN;
  };
  const width = 2 * WIDEST_BAND + 1;
  let current = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  let previous = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  let beforePrevious = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  previous[WIDEST_BAND] = 0;
  const drop = 2 * PARTED * sequence.rate * (spreadAt(later) || 0);
  let best = { score: 0, later, earlier };
  for (let steps = 1; ; steps += 1) {
    const one = later + direction * steps;
    if (one < 0 || one >= sequence.length) break;
    const band = Math.min(WIDEST_BAND, FREEDOM + Math.floor(steps * TEMPO_SHARE));
    let greatest = Number.NEGATIVE_INFINITY;
    current.fill(Number.NEGATIVE_INFINITY);
    for (let offset = -band; offset <= band; offset += 1) {
      const other = earlier + direction * (steps - offset);
      if (other < 0 || other >= sequence.length || other === one) continue;
      const at = offset + WIDEST_BAND;
      const before = Math.max(
        previous[at] ?? Number.NEGATIVE_INFINITY,
        previous[at + 1] ?? Number.NEGATIVE_INFINITY,
        beforePrevious[at - 1] ?? Number.NEGATIVE_INFINITY,
      );
      if (before === Number.NEGATIVE_INFINITY) continue;
      const chance = spreadAt(one) + spreadAt(other);
      const gain = (1 - threshold) * chance - sequence.squaredDistance(one, other);
      const score = before + (Number.isNaN(gain) ? -drop * UNKNOWN_SHARE : gain);
      current[at] = score;
      if (score > greatest) greatest = score;
      if (score > best.score) best = { score, later: one, earlier: other };
    }
    if (!(greatest > best.score - drop)) break;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return best;
}
