import { PoseCoachError } from '../../base/index.ts';
import type { Beat } from '../analyzer.ts';
import { beatPath } from './beat-path.ts';
import { beatConfidence, EMPHASIS } from './beat-tracker.ts';
import { TempoSalience } from './music-tempo.ts';
import { type TempoPoint, tempoCurve } from './music-tempo-curve.ts';
import { SAME_TEMPO, TEMPO_INTERVAL, TempoPath, tempoAt } from './music-tempo-path.ts';
import { OnsetEnvelope } from './onset-envelope.ts';

/** Milliseconds of the envelope that one tempo is found in, before and after alike: two bars at 50 BPM. */
const STRETCH = 10_000;
/** Milliseconds of sound between two signs of progress: some milliseconds of work. */
const BREATH = 10_000;
/**
 * Confidence that beats must reach once to be told (talk and noise stay under it), and under which they end: a passage
 * that is hard to follow between two that are not goes on at their tempo, and says by its strength that it is.
 */
const BEGIN = 0.2;
const END = 0.03;
/** Half seconds to either side that a tempo must hold in for confidence: what is chance does not stay. */
const STEADY_REACH = 16;
/** Beats that a run of them has at least: fewer are chance. */
const LEAST_RUN = 8;
/** Of the usual onset at a beat: less is none. */
const LEAST_ONSET = 0.1;
/** Beats without an onset that are a rest in the music, a bar of four; after more the music has paused. */
const LONGEST_REST = 4;
/**
 * In units of the root mean square: what one onset can weigh, which is what a click among nothing has. A recording that
 * starts in the middle of noise begins with a much greater one that is no beat.
 */
const LOUDEST = 4;
/** How far tempos may be apart and be one: twice the 4 % by which tempos are usually judged (Gouyon et al. 2006). */
const ONE_TEMPO = 1.08;
/** Values of the envelope to either side that an onset's peak is smoothed over (Gaussian), to find its middle. */
const SMOOTHING = [0.06, 0.24, 0.4, 0.24, 0.06];

/** The beats of a piece of music. */
export interface MusicBeats {
  /** In milliseconds since the first sample; none where there is no beat. */
  readonly beats: readonly Beat[];
  /** The usual tempo: the one that the piece keeps to for longest, to within 8 %; undefined without beats. */
  readonly bpm: number | undefined;
  /** Once a second, where there are beats. */
  readonly tempoCurve: readonly TempoPoint[];
  /** In [0, 1]: how clear the beat is where there is one (the median); 0 without beats. */
  readonly confidence: number;
}

export interface FindBeatsOptions {
  /** Ends the search: the promise is rejected with `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Called with the share that is done, rising to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Finds the beats of a whole piece of music, which may change its tempo and may pause: the tempo through the piece by
 * the Viterbi path over what every eight seconds say, then the beats by dynamic programming. It looks ahead, and so
 * knows better than `BeatListener`. Ten minutes take about a second of work, with breaths for whoever else waits.
 *
 * Written here, from published methods, because no library serves live and offline alike (as of November 2026).
 * web-audio-beat-detector 8.2 and realtime-bpm-analyzer 5.0 tell one constant tempo from the loudest peaks, and no beats.
 * music-tempo 1.0 (BeatRoot) finds beats of whole files only, tells neither confidence nor a tempo that changes, and
 * finds a beat in anything; on recorded songs that have one throughout it is as good as this or better. aubio, BTrack
 * and essentia.js have licences (GPL, AGPL) that would bind whoever uses this.
 *
 * @param samples of one channel
 * @param sampleRate samples per second, 8,000 at least
 * @throws PoseCoachError `ABORTED` once the signal says so, `OPTION_INVALID` for a lower sample rate
 */
export async function findBeats(
  samples: Float32Array,
  sampleRate: number,
  { signal, onProgress }: FindBeatsOptions = {},
): Promise<MusicBeats> {
  const envelope = new OnsetEnvelope(sampleRate);
  const values: number[] = [];
  const part = Math.ceil((BREATH * sampleRate) / 1000);
  for (let from = 0; from < samples.length; from += part) {
    for (const value of envelope.step(samples.subarray(from, from + part))) values.push(value);
    await breathe(signal);
    onProgress?.((0.8 * Math.min(samples.length, from + part)) / samples.length);
  }
  const onsets = Float64Array.from(values, (value) => value ** EMPHASIS);
  const tempo = await followTempo(onsets, envelope.hop, signal);
  onProgress?.(0.95);
  const found = placeBeats(onsets, tempo, envelope);
  onProgress?.(1);
  return found;
}

interface FollowedTempo {
  /** In values, one for each half second. */
  readonly periods: Float64Array;
  readonly confidences: Float64Array;
  /** Values in half a second. */
  readonly interval: number;
}

async function followTempo(onsets: Float64Array, hop: number, signal?: AbortSignal): Promise<FollowedTempo> {
  const interval = Math.round(TEMPO_INTERVAL / hop);
  const length = Math.min(onsets.length, Math.round(STRETCH / hop));
  const hann = Float64Array.from(
    { length },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / length),
  );
  const measured = new TempoSalience(hop, length);
  const saliences: Float64Array[] = [];
  const path = new TempoPath({ keep: true });
  for (let middle = 0; middle < onsets.length; middle += interval) {
    const from = Math.max(0, Math.min(onsets.length - length, middle - Math.round(length / 2)));
    measured.measure(onsets.subarray(from, from + length), hann);
    saliences.push(measured.values.slice());
    path.step(measured.values);
    if (saliences.length % 50 === 0) await breathe(signal);
  }
  const indexes = path.path();
  const none = new Float64Array(0);
  return {
    periods: Float64Array.from(
      indexes,
      (tempo, step) => 60_000 / tempoAt(saliences[step] ?? none, tempo) / hop,
    ),
    confidences: steadiness(indexes, saliences).map(beatConfidence),
    interval,
  };
}

/** The mean salience of the tempo at each step through the seconds around, as far as it is the tempo there too. */
function steadiness(indexes: readonly number[], saliences: readonly Float64Array[]): Float64Array {
  return Float64Array.from(indexes, (tempo, step) => {
    const from = Math.max(0, step - STEADY_REACH);
    const to = Math.min(indexes.length - 1, step + STEADY_REACH);
    let sum = 0;
    for (let each = from; each <= to; each += 1) {
      const other = indexes[each] ?? 0;
      if (Math.abs(other - tempo) <= SAME_TEMPO) sum += saliences[each]?.[other] ?? 0;
    }
    return sum / (to - from + 1);
  });
}

function placeBeats(onsets: Float64Array, tempo: FollowedTempo, envelope: OnsetEnvelope): MusicBeats {
  const { periods, confidences, interval } = tempo;
  const smooth = smoothed(onsets);
  const stepOf = (index: number) =>
    Math.min(periods.length - 1, Math.floor((index + interval / 2) / interval));
  const indexes = beatPath(normalised(smooth, 4 * interval), (index) => periods[stepOf(index)] ?? 1);
  const beats: Beat[] = [];
  const points: TempoPoint[] = [];
  const confidenceAt = (index: number) => confidences[stepOf(index)] ?? 0;
  for (const run of runs(indexes, (index) => confidenceAt(index) >= END)) {
    if (!run.some((index) => confidenceAt(index) >= BEGIN)) continue;
    for (const sounding of withoutPauses(run, smooth, (index) => periods[stepOf(index)] ?? 1)) {
      if (sounding.length < LEAST_RUN) continue;
      const timed = sounding.map((index) => ({
        timestamp: timeBetween(envelope, index + peakShift(smooth, index)),
        strength: confidenceAt(index),
      }));
      points.push(...tempoCurve(timed));
      beats.push(...timed);
    }
  }
  return {
    beats,
    bpm: usualTempo(points),
    tempoCurve: points,
    confidence: median(beats.map(({ strength }) => strength)) ?? 0,
  };
}

/** Consecutive indexes of which `kept` is true. */
function runs(indexes: readonly number[], kept: (index: number) => boolean): number[][] {
  const found: number[][] = [];
  let open = false;
  for (const index of indexes) {
    if (kept(index)) {
      if (!open) found.push([]);
      found.at(-1)?.push(index);
    }
    open = kept(index);
  }
  return found;
}

/** The parts of a run that sound: without the silence before and after the music and in its pauses. */
function withoutPauses(
  run: readonly number[],
  onsets: Float64Array,
  periodAt: (index: number) => number,
): number[][] {
  const heights = run.map((index) => {
    const reach = Math.ceil(0.1 * periodAt(index));
    return Math.max(...onsets.subarray(Math.max(0, index - reach), index + reach + 1));
  });
  const least = LEAST_ONSET * (median(heights) ?? 0);
  const parts: number[][] = [];
  let lastHeard = Number.NEGATIVE_INFINITY;
  for (const [place, height] of heights.entries()) {
    if (height <= least) continue;
    if (place - lastHeard > LONGEST_REST + 1) parts.push([]);
    else parts.at(-1)?.push(...run.slice(lastHeard + 1, place));
    parts.at(-1)?.push(run[place] ?? 0);
    lastHeard = place;
  }
  return parts;
}

/** Onsets in units of their root mean square within `reach` values to either side, so that soft passages count too. */
function normalised(onsets: Float64Array, reach: number): Float64Array {
  const sums = new Float64Array(onsets.length + 1);
  for (let index = 0; index < onsets.length; index += 1) {
    sums[index + 1] = (sums[index] ?? 0) + (onsets[index] ?? 0) ** 2;
  }
  return onsets.map((onset, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(onsets.length, index + reach + 1);
    const power = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
    return power > 0 ? Math.min(LOUDEST, onset / Math.sqrt(power)) : 0;
  });
}

function smoothed(onsets: Float64Array): Float64Array {
  const reach = (SMOOTHING.length - 1) / 2;
  return onsets.map((_, index) =>
    SMOOTHING.reduce((sum, weight, each) => sum + weight * (onsets[index + each - reach] ?? 0), 0),
  );
}

/** How far the peak at `index` is from it, between the values (a parabola through three); 0 where there is none. */
function peakShift(onsets: Float64Array, index: number): number {
  const before = onsets[index - 1] ?? 0;
  const here = onsets[index] ?? 0;
  const after = onsets[index + 1] ?? 0;
  const curve = before - 2 * here + after;
  return here >= before && here >= after && curve < 0 ? (before - after) / (2 * curve) : 0;
}

/** The median of the tempos that most of the curve keeps to: that of all could be one that is never played. */
function usualTempo(points: readonly TempoPoint[]): number | undefined {
  const tempos = points.map(({ bpm }) => bpm).sort((a, b) => a - b);
  let usual: number[] = [];
  let to = 0;
  for (const [from, slowest] of tempos.entries()) {
    while ((tempos[to] ?? Number.POSITIVE_INFINITY) <= ONE_TEMPO * slowest) to += 1;
    if (to - from > usual.length) usual = tempos.slice(from, to);
  }
  return median(usual);
}

function timeBetween(envelope: OnsetEnvelope, index: number): number {
  return envelope.timeOf(0) + index * envelope.hop;
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Lets others have their turn, and ends the search when it was called off. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (signal?.aborted) {
    throw new PoseCoachError('ABORTED', 'The search for beats was called off before it was done.', {
      cause: signal.reason,
    });
  }
}
