import { Autocorrelation, parabolaTop } from './autocorrelation.ts';
import { chance } from './chance.ts';
import { type MotionSignals, rootMeanSquare } from './motion-signals.ts';

/** How long one whole repetition of a movement takes: one squat, one jumping jack, one phrase. */
export interface CycleEstimate {
  /** Milliseconds: the median over the repetitions. */
  readonly period: number;
  /** In [0, 1]: mean likeness of one repetition to the next over all the time, with 0 for the time without any. */
  readonly confidence: number;
}

export interface CycleOptions {
  /** Shortest and longest repetition to think of, in seconds. Default: 0.4 to 8. */
  readonly range?: readonly [shortest: number, longest: number];
}

/** Seconds. Faster repetition than 0.4 s is trembling, and slower than 8 s is hard to tell from once. */
const RANGE = [0.4, 8] as const;

/**
 * Seconds of the windows in which repetition is looked for, twice as long each time: a short one follows a fast
 * movement as it changes, a long one holds two repetitions of a slow one.
 */
const WINDOWS = [4, 8, 16] as const;

/** Windows lie this share of their length apart. */
const HOP_SHARE = 0.25;

/** Share of a window that a repetition may last: it must be seen twice. */
const LONGEST_SHARE = 0.5;

/**
 * Standard errors of chance that a correlation must reach for two stretches of movement to be taken for the same; fewer
 * where the period is known already.
 */
const ALIKE = 2.5;
const STILL_ALIKE = 1.5;

/**
 * Share of the highest peak that an earlier one must reach to be the repetition: twice and three times the period are
 * peaks as well. The key maximum of McLeod and Wyvill, "A smarter way to find pitch" (ICMC 2005), section 5.
 */
const KEY_MAXIMUM = 0.8;

/** Spread, as a ratio's logarithm, over which windows are of one mind: people's repetitions differ by a tenth. */
const OF_ONE_MIND = 0.1;

/** Ratio up to which single repetitions are followed around what most windows say. */
const DRIFT = 1.6;

/** Repetitions in a window that follows them, and windows per repetition. */
const FOLLOWED = 3;
const WINDOWS_PER_REPETITION = 3;
/** Windows of one length at most: an hour needs no more for a median than a minute. */
const MOST_WINDOWS = 200;

/** m/s: below it, per axis, a body stands still and the rest is noise. */
const STILL = 0.01;

interface Seen {
  /** Samples. */
  readonly period: number;
  readonly correlation: number;
  /** Seconds of movement that it speaks for. */
  readonly seconds: number;
}

/**
 * Finds how long one whole repetition takes, from signed velocities, over all joints: the way down and the way up are
 * not the same. Windows of several lengths vote, so that stretches of standing, talking and walking into position do
 * not matter; then the repetitions are followed around what most windows say, and their median is the answer.
 * @param signals two repetitions at least; whole takes are welcome
 * @returns nothing when nothing repeats
 */
export function estimateCycle(
  { velocity, rate }: MotionSignals,
  { range = RANGE }: CycleOptions = {},
): CycleEstimate | undefined {
  const count = velocity[0]?.length ?? 0;
  const limits = [range[0] * rate, range[1] * rate] as const;
  const votes: Seen[] = [];
  for (const seconds of WINDOWS) {
    // A window a little longer than all there is is all there is.
    if (seconds > WINDOWS[0] && seconds * rate > 1.3 * count) continue;
    const length = Math.min(Math.round(seconds * rate), count);
    const hop = Math.max(1, Math.floor(Math.max(length * HOP_SHARE, count / MOST_WINDOWS)));
    votes.push(...look(velocity, rate, length, hop, limits, ALIKE, LONGEST_SHARE));
  }
  const usual = mostSaid(votes);
  if (usual === undefined) return undefined;
  const length = Math.min(Math.round(FOLLOWED * usual), count);
  const hop = Math.max(1, Math.round(Math.max(usual / WINDOWS_PER_REPETITION, count / MOST_WINDOWS)));
  const followed = look(velocity, rate, length, hop, [usual / DRIFT, usual * DRIFT], STILL_ALIKE, 1 / DRIFT);
  const period = medianPeriod(followed);
  if (period === undefined) return undefined;
  const windows = Math.floor((count - length) / hop) + 1;
  const likeness = followed.reduce((sum, { correlation }) => sum + correlation, 0) / windows;
  return { period: (period * 1000) / rate, confidence: Math.max(0, Math.min(1, likeness)) };
}

/** What each window along the signals takes for the repetition, where it sees one. */
function look(
  velocity: readonly Float32Array[],
  rate: number,
  length: number,
  hop: number,
  [shortest, longest]: readonly [number, number],
  alike: number,
  share: number,
): Seen[] {
  const count = velocity[0]?.length ?? 0;
  const reach = Math.min(Math.ceil(longest) + 1, Math.floor(length * share) + 1, length - 1);
  const found: Seen[] = [];
  if (reach < shortest) return found;
  const autocorrelation = new Autocorrelation(length);
  for (let from = 0; from + length <= count; from += hop) {
    if (rootMeanSquare(velocity, from, from + length) < STILL) continue;
    const correlations = autocorrelation.pooled(velocity, from, from + length, reach);
    const least = alike * chance(velocity, correlations, from, from + length);
    const peak = keyMaximum(correlations, shortest, least);
    if (peak) found.push({ ...peak, seconds: hop / rate });
  }
  return found;
}

/** The first peak that is nearly as high as the highest. */
function keyMaximum(correlations: Float64Array, shortest: number, least: number) {
  const peaks: number[] = [];
  let highest = 0;
  for (let lag = Math.max(1, Math.floor(shortest)); lag < correlations.length - 1; lag += 1) {
    const at = correlations[lag] ?? 0;
    if (at < least || at <= (correlations[lag - 1] ?? 0) || at < (correlations[lag + 1] ?? 0)) continue;
    peaks.push(lag);
    highest = Math.max(highest, at);
  }
  const lag = peaks.find((peak) => (correlations[peak] ?? 0) >= KEY_MAXIMUM * highest);
  if (lag === undefined) return undefined;
  const correlation = correlations[lag] ?? 0;
  const shift = parabolaTop(correlations[lag - 1] ?? 0, correlation, correlations[lag + 1] ?? 0);
  return { period: lag + shift, correlation };
}

/** The period around which most votes lie, each counting for its likeness and its time. */
function mostSaid(votes: readonly Seen[]): number | undefined {
  let [usual, most] = [undefined as number | undefined, 0];
  for (const { period } of votes) {
    let sum = 0;
    for (const vote of votes) {
      const distance = Math.log(vote.period / period) / OF_ONE_MIND;
      if (Math.abs(distance) < 4) sum += vote.seconds * vote.correlation * Math.exp(-0.5 * distance ** 2);
    }
    if (sum > most) [usual, most] = [period, sum];
  }
  return usual;
}

/** The median over repetitions: a long one fills more windows than a short one, and counts as one like it. */
function medianPeriod(seen: readonly Seen[]): number | undefined {
  const sorted = [...seen].sort((one, other) => one.period - other.period);
  const half = sorted.reduce((sum, { period }) => sum + 1 / period, 0) / 2;
  let sum = 0;
  return sorted.find(({ period }) => {
    sum += 1 / period;
    return sum >= half;
  })?.period;
}
