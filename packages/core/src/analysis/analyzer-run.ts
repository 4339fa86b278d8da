import type { Hand, Pose, PoseFrame } from '../pose/index.ts';
import type { Analyzer, AnalyzerInputName, Beat, TakeSummary } from './analyzer.ts';
import type { Reading } from './reading.ts';

/** All that there is. */
const EVERYTHING: readonly AnalyzerInputName[] = ['poses', 'hands', 'beats'];

const NO_POSES: readonly Pose[] = [];
const NO_HANDS: readonly Hand[] = [];
const NO_BEATS: readonly Beat[] = [];

/**
 * Runs one analyzer over a stream of frames: shows it no more than it has declared, gives it every beat once and
 * in time, and resets it when the epoch changes.
 *
 * ```ts
 * const run = new AnalyzerRun(rhythm().create(), ['poses', 'beats']);
 * const readings = run.step(frame, beatsHeardSinceTheLastFrame);
 * ```
 * What the analyzer throws is passed on.
 */
export class AnalyzerRun {
  readonly #analyzer: Analyzer;
  readonly #showsPoses: boolean;
  readonly #showsHands: boolean;
  readonly #showsBeats: boolean;
  /** Beats later than the newest frame, oldest first. */
  #waiting: readonly Beat[] = NO_BEATS;
  #epoch: number | undefined;

  /** @param inputs what the analyzer has declared; default: everything */
  constructor(analyzer: Analyzer, inputs: readonly AnalyzerInputName[] = EVERYTHING) {
    this.#analyzer = analyzer;
    this.#showsPoses = inputs.includes('poses');
    this.#showsHands = inputs.includes('hands');
    this.#showsBeats = inputs.includes('beats');
  }

  /**
   * @param beats those that are new, in any order and of any time. One later than the frame waits for its frame;
   *   one that waits already is not taken twice; one without a finite time is left out. What is older than the
   *   first frame of an epoch belongs to another one and is left out too.
   */
  step(frame: PoseFrame, beats: readonly Beat[] = NO_BEATS): readonly Reading[] {
    const begins = frame.epoch !== this.#epoch;
    if (begins && this.#epoch !== undefined) this.#analyzer.reset();
    this.#epoch = frame.epoch;
    return this.#analyzer.step({
      frame: this.#shown(frame),
      beats: this.#showsBeats ? this.#due(frame.timestamp, beats, begins) : NO_BEATS,
    });
  }

  /** Sums up the take; undefined when there is nothing to sum up. The analyzer goes on with the next frame. */
  finish(): TakeSummary | undefined {
    return this.#analyzer.finish?.();
  }

  #shown(frame: PoseFrame): PoseFrame {
    const hidesPoses = !this.#showsPoses && frame.poses.length > 0;
    const hidesHands = !this.#showsHands && frame.hands.length > 0;
    if (!hidesPoses && !hidesHands) return frame;
    return {
      ...frame,
      poses: this.#showsPoses ? frame.poses : NO_POSES,
      hands: this.#showsHands ? frame.hands : NO_HANDS,
    };
  }

  /** Takes from what waits and what is new the beats up to `now`. */
  #due(now: number, beats: readonly Beat[], begins: boolean): readonly Beat[] {
    if (beats.length > 0) this.#waiting = inOrder(this.#waiting, beats);
    if (this.#waiting.length === 0) return NO_BEATS;
    if (begins) this.#waiting = this.#waiting.filter(({ timestamp }) => timestamp >= now);
    const later = this.#waiting.findIndex(({ timestamp }) => timestamp > now);
    const count = later === -1 ? this.#waiting.length : later;
    if (count === 0) return NO_BEATS;
    const due = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return due;
  }
}

/** Both lists as one, oldest first, one beat for each time. */
function inOrder(waiting: readonly Beat[], beats: readonly Beat[]): readonly Beat[] {
  const all = [...waiting, ...beats.filter(({ timestamp }) => Number.isFinite(timestamp))];
  all.sort((a, b) => a.timestamp - b.timestamp);
  return all.filter((beat, index) => beat.timestamp !== all[index - 1]?.timestamp);
}
