import type { Beat } from '../analyzer.ts';

/** Milliseconds between two points of the curve. */
const STEP = 1000;
/** Milliseconds to either side that the tempo is measured over: at 50 BPM still four beats. */
const REACH = 2500;
/** Beats, at least, to measure a tempo on. */
const LEAST = 4;

/** The music's tempo at one moment. */
export interface TempoPoint {
  /** Milliseconds, as the beats'. */
  readonly timestamp: number;
  /** Beats per minute. */
  readonly bpm: number;
}

/**
 * The tempo along a run of beats, once a second: the slope of the line through the beats within two and a half seconds
 * by least squares, so that the error of single beat times cancels out.
 */
export function tempoCurve(beats: readonly Beat[]): TempoPoint[] {
  const points: TempoPoint[] = [];
  const first = beats[0]?.timestamp ?? 0;
  const last = beats.at(-1)?.timestamp ?? 0;
  let from = 0;
  let to = 0;
  for (let timestamp = first; timestamp <= last; timestamp += STEP) {
    // At the ends the line reaches half as far to the one side more, so as to have beats enough.
    const middle = Math.max(first + REACH / 2, Math.min(last - REACH / 2, timestamp));
    while (from < beats.length && (beats[from]?.timestamp ?? 0) < middle - REACH) from += 1;
    while (to < beats.length && (beats[to]?.timestamp ?? 0) <= middle + REACH) to += 1;
    const near = beats.slice(from, to);
    if (near.length < LEAST) continue;
    points.push({ timestamp, bpm: 60_000 / slope(near) });
  }
  return points;
}

/** Milliseconds per beat. */
function slope(beats: readonly Beat[]): number {
  const middle = (beats.length - 1) / 2;
  const mean = beats.reduce((sum, { timestamp }) => sum + timestamp, 0) / beats.length;
  let covariance = 0;
  let variance = 0;
  for (const [index, { timestamp }] of beats.entries()) {
    covariance += (index - middle) * (timestamp - mean);
    variance += (index - middle) ** 2;
  }
  return covariance / variance;
}
