/**
 * How strictly beats keep the period, against onsets in units of their root mean square: a beat a tenth off its time
 * costs one unit (Ellis 2007, section 2: α = 100 on an envelope normalised alike).
 */
const TIGHTNESS = 100;
/** How far back, in periods, the beat before is looked for (section 2.2 there). */
const NEAREST = 0.5;
const FARTHEST = 2;

/**
 * The beats that fall on the strongest onsets while they keep the period, by dynamic programming: Ellis, Beat tracking
 * by dynamic programming (J. New Music Research 36, 2007, section 2), with a period that may change.
 *
 * @param onsets one for each moment, in units of their root mean square
 * @param periodAt the period at a moment, in values
 * @returns the moments of the beats as indexes, rising
 */
export function beatPath(onsets: Float64Array, periodAt: (index: number) => number): number[] {
  const scores = new Float64Array(onsets.length);
  const from = new Int32Array(onsets.length).fill(-1);
  let worth: Transitions = transitions(periodAt(0));
  for (let index = 0; index < onsets.length; index += 1) {
    const period = periodAt(index);
    if (period !== worth.period) worth = transitions(period);
    let best = 0;
    let bestFrom = -1;
    const last = Math.min(worth.costs.length - 1, index - worth.nearest);
    for (let each = 0; each <= last; each += 1) {
      const before = index - worth.nearest - each;
      const score = (scores[before] ?? 0) - (worth.costs[each] ?? 0);
      if (score <= best) continue;
      best = score;
      bestFrom = before;
    }
    scores[index] = (onsets[index] ?? 0) + best;
    from[index] = bestFrom;
  }
  return traceBack(scores, from, periodAt(onsets.length - 1));
}

interface Transitions {
  readonly period: number;
  /** In values: the distance that the first cost is for. */
  readonly nearest: number;
  readonly costs: Float64Array;
}

function transitions(period: number): Transitions {
  const nearest = Math.max(1, Math.round(NEAREST * period));
  const costs = Float64Array.from(
    { length: Math.round(FARTHEST * period) - nearest + 1 },
    (_, each) => TIGHTNESS * Math.log((nearest + each) / period) ** 2,
  );
  return { period, nearest, costs };
}

/** From the best end within the last beat, back to the first. */
function traceBack(scores: Float64Array, from: Int32Array, period: number): number[] {
  let end = -1;
  for (let index = Math.max(0, Math.floor(scores.length - period)); index < scores.length; index += 1) {
    if (end < 0 || (scores[index] ?? 0) > (scores[end] ?? 0)) end = index;
  }
  const beats: number[] = [];
  for (let index = end; index >= 0; index = from[index] ?? -1) beats.push(index);
  return beats.reverse();
}
