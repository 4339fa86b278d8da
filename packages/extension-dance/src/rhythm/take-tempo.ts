import {
  estimateCycle,
  type MotionSignals,
  type TempoCandidate,
  TempoComb,
  type TempoEvidence,
  type TempoOptions,
} from '@pose-coach/core/analysis';
import { likeliestPath } from './tempo-path.ts';

/** The tempo of a take, as it is known when the whole of it has been seen. */
export interface TakeTempo {
  /** Beats per minute that most of the take keeps to; null when nothing in it is rhythmic. */
  readonly bpm: number | null;
  /** In [0, 1]. */
  readonly confidence: number;
  /** 0 to 100: share of the moving time in which the tempo is within 4 % of `bpm`; null without a tempo. */
  readonly consistency: number | null;
  /** Milliseconds that one whole repetition of the movement takes, a step or a phrase; null when nothing repeats. */
  readonly cycle: number | null;
  /** The tempo along the take, one entry per two seconds without gaps between them. */
  readonly curve: readonly TempoSpan[];
  /** Where the tempo changes for good, oldest first. */
  readonly changes: readonly TempoChange[];
}

export interface TempoSpan {
  /** Milliseconds of media time. */
  readonly from: number;
  readonly to: number;
  /** Beats per minute; null when there is no rhythm to be seen. */
  readonly bpm: number | null;
  /** In [0, 1]. */
  readonly confidence: number;
}

export interface TempoChange {
  /** Milliseconds of media time, to a few seconds. */
  readonly at: number;
  /** Beats per minute before and after. */
  readonly from: number;
  readonly to: number;
}

/** Seconds that the tempo of a moment is measured over: before it and after it, which live nobody can. */
const WINDOW = 8;

/** Seconds between two entries of the curve. */
const STEP = 2;

/**
 * Seconds of the longer windows that say which tempos there are at all, and between them: what chance repeats within
 * eight seconds it does not repeat within thirty.
 */
const LONG_WINDOW = 30;
const LONG_STEP = 10;

/** Confidence below which there is no tempo. */
const LEAST_CONFIDENCE = 0.1;

/**
 * Mean likeness of repetitions below which there are none: of 58 exercises with labelled repetitions (RepCount-A) none
 * was right below it.
 */
const LEAST_LIKENESS = 0.2;

/** Share by which tempos may differ and be one: the tolerance of tempo evaluation. */
const SAME = 0.04;

/** Share by which the tempo must change, and seconds that it must stay, to be told as a change. */
const CHANGE = 0.05;
const LASTING = 6;

/** Milliseconds. */
const SECOND = 1000;

/**
 * Measures the tempo of a whole take: windows of eight seconds around every second second, the likeliest way through
 * their candidates (a tempo rather stays), and the tempo that most of the time keeps to.
 * @param signals of the take; unknown stretches are NaN
 * @param options range, prior or `near`, as for `estimateTempo`
 */
export function takeTempo(signals: MotionSignals, options: TempoOptions = {}): TakeTempo {
  const { rate, start } = signals;
  const count = signals.velocity[0]?.length ?? 0;
  const steps = Math.max(1, Math.round(count / (STEP * rate)));
  const own = along(signals, count, WINDOW, steps, options);
  const long = along(signals, count, LONG_WINDOW, Math.ceil(count / (LONG_STEP * rate)), options);
  const comb = new TempoComb(rate, 2, options);
  const wide = own.map((_, index) => long[Math.floor(((index + 0.5) / steps) * long.length)]);
  const evidence = own.map((one, index) => one && together([one, wide[index]]));
  const path = likeliestPath(evidence.map((one) => candidatesOf(comb, one)));
  const timeOf = (index: number) => start + ((index / steps) * count * SECOND) / rate;
  const cycle = estimateCycle(signals);
  const curve = path.map((chosen, index): TempoSpan => {
    const seen = evidence[index];
    const confidence = chosen && seen ? comb.confidenceAt(seen, chosen.bpm) : 0;
    const bpm = chosen && confidence >= LEAST_CONFIDENCE ? chosen.bpm : null;
    return { from: timeOf(index), to: timeOf(index + 1), bpm, confidence };
  });
  return {
    ...mainTempo(curve, wide, comb, own.filter((one) => one !== undefined).length),
    cycle: cycle && cycle.confidence >= LEAST_LIKENESS ? cycle.period : null,
    curve,
    changes: changesOf(curve),
  };
}

/** The evidence of windows of some seconds, their middles spread evenly; nothing where nobody moves. */
function along(
  signals: MotionSignals,
  count: number,
  seconds: number,
  steps: number,
  options: TempoOptions,
): (TempoEvidence | undefined)[] {
  const window = Math.min(count, Math.round(seconds * signals.rate));
  const comb = new TempoComb(signals.rate, window, options);
  return Array.from({ length: steps }, (_, index) => {
    const middle = ((index + 0.5) / steps) * count;
    const from = Math.max(0, Math.min(count - window, Math.round(middle - window / 2)));
    return comb.evidence(signals, from, from + window);
  });
}

/** The tempo that most of the time keeps to, measured anew over all of that time. */
function mainTempo(
  curve: readonly TempoSpan[],
  evidence: readonly (TempoEvidence | undefined)[],
  comb: TempoComb,
  moving: number,
): Pick<TakeTempo, 'bpm' | 'confidence' | 'consistency'> {
  const nothing = { bpm: null, confidence: 0, consistency: null };
  let most = 0;
  let usual: number | undefined;
  for (const { bpm } of curve) {
    if (bpm === null) continue;
    const weight = curve.reduce((sum, one) => sum + (isSame(one.bpm, bpm) ? one.confidence : 0), 0);
    if (weight > most) [usual, most] = [bpm, weight];
  }
  if (usual === undefined) return nothing;
  const tempo = usual;
  const kept = together(evidence.filter((_, index) => isSame(curve[index]?.bpm ?? null, tempo)));
  const nearest = kept && comb.judge(kept)?.candidates.filter(({ bpm }) => isSame(bpm, tempo))[0];
  const bpm = nearest?.bpm ?? tempo;
  const confidence = kept ? comb.confidenceAt(kept, bpm) : 0;
  if (confidence < LEAST_CONFIDENCE) return nothing;
  const keeping = curve.filter((one) => isSame(one.bpm, bpm)).length;
  return { bpm, confidence, consistency: Math.min(100, (100 * keeping) / moving) };
}

/** Where one tempo that lasted gives way to another that lasts. */
function changesOf(curve: readonly TempoSpan[]): TempoChange[] {
  const lasting: { from: number; to: number; bpm: number }[] = [];
  for (const { from, to, bpm } of curve) {
    if (bpm === null) continue;
    const last = lasting.at(-1);
    if (last && Math.abs(bpm / last.bpm - 1) <= CHANGE) last.to = to;
    else {
      // What did not last was no tempo of its own.
      if (last && last.to - last.from < LASTING * SECOND) lasting.pop();
      const before = lasting.at(-1);
      if (before && Math.abs(bpm / before.bpm - 1) <= CHANGE) before.to = to;
      else lasting.push({ from, to, bpm });
    }
  }
  const last = lasting.at(-1);
  if (last && last.to - last.from < LASTING * SECOND) lasting.pop();
  return lasting
    .slice(1)
    .map(({ from, bpm }, index) => ({ at: from, from: lasting[index]?.bpm ?? bpm, to: bpm }));
}

function isSame(bpm: number | null, tempo: number): boolean {
  return bpm !== null && Math.abs(bpm / tempo - 1) <= SAME;
}

/** What windows say together: the surer one is, the more it counts. Nothing when none knows anything. */
function together(windows: readonly (TempoEvidence | undefined)[]): TempoEvidence | undefined {
  const known = windows.filter((window) => window !== undefined);
  const weights = known.map(({ noise }) => 1 / noise ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (window: TempoEvidence) => number) =>
    known.reduce((sum, window, index) => sum + of(window) * (weights[index] ?? 0), 0) / total;
  const likeness = known[0]?.likeness.map((_, index) => mean((window) => window.likeness[index] ?? 0));
  return likeness && { likeness, noise: mean(({ noise }) => noise) };
}

/** The tempos that fit a window, their strengths in units of what chance reaches. */
function candidatesOf(comb: TempoComb, evidence: TempoEvidence | undefined): TempoCandidate[] {
  const candidates = (evidence && comb.judge(evidence)?.candidates) ?? [];
  return candidates.map(({ bpm, strength }) => ({ bpm, strength: strength / (evidence?.noise ?? 1) }));
}
