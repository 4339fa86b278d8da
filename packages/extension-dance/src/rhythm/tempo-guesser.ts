import { type MotionSignals, TempoComb } from '@pose-coach/core/analysis';
import { GRID_RATE } from './motion-grid.ts';
import { WINDOW_ROWS } from './motion-window.ts';
import type { TempoGuess } from './tempo-tracker.ts';

/** Rows that tell whether the tempo has just changed: four seconds, four beats at 60 BPM. */
const NEWEST_ROWS = 4 * GRID_RATE;

/**
 * Share by which the tempo of the newest four seconds must differ from the one that is tracked to be another one, by
 * which it may differ and still continue it, and how sure it must be.
 */
const LEAST_CHANGE = 0.04;
const MOST_CHANGE = 0.18;
const SURE = 0.4;

/** A prior so wide that it prefers no tempo. */
const NO_PRIOR = { bpm: 100, octaves: 100 };

/** Finds tempos in windows of motion, with tables that are made once for all windows. */
export class TempoGuesser {
  #near: number | undefined;
  #whole: TempoComb | undefined;
  #newest: TempoComb | undefined;

  /**
   * The tempo of a whole window.
   * @param near beats per minute that the person has set: the answer is within 8 % of it
   */
  whole(signals: MotionSignals, near: number | undefined): TempoGuess | undefined {
    if (near !== this.#near) this.#whole = undefined;
    this.#near = near;
    this.#whole ??= new TempoComb(GRID_RATE, WINDOW_ROWS, near === undefined ? {} : { near });
    return this.#whole.estimate(signals, 0, lengthOf(signals));
  }

  /**
   * The tempo of the newest four seconds of a window, when it has become another one than was tracked: what the whole
   * window will say seconds later.
   * @param tracked beats per minute
   */
  changed(signals: MotionSignals, tracked: number): TempoGuess | undefined {
    const length = lengthOf(signals);
    if (length < 2 * NEWEST_ROWS) return undefined;
    this.#newest ??= new TempoComb(GRID_RATE, NEWEST_ROWS, { prior: NO_PRIOR });
    const evidence = this.#newest.evidence(signals, length - NEWEST_ROWS, length);
    const near = evidence && this.#newest.judge(evidence)?.candidates.find(continuing(tracked));
    if (!evidence || !near || Math.abs(near.bpm / tracked - 1) < LEAST_CHANGE) return undefined;
    const confidence = this.#newest.confidenceAt(evidence, near.bpm);
    return confidence < SURE ? undefined : { bpm: near.bpm, confidence, candidates: [near] };
  }
}

function continuing(tracked: number): (candidate: { bpm: number }) => boolean {
  return ({ bpm }) => Math.abs(bpm / tracked - 1) <= MOST_CHANGE;
}

function lengthOf(signals: MotionSignals): number {
  return signals.velocity[0]?.length ?? 0;
}
