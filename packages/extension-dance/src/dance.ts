import type { Analyzer, AnalyzerFactory, CodeRule } from '@pose-coach/core';
import { DanceAnalyzer } from './dance-analyzer.ts';
import { danceParts } from './dance-parts.ts';
import { RhythmControls } from './rhythm/index.ts';
import { everyRule, personRule } from './rules/index.ts';

export interface DanceOptions {
  /**
   * Milliseconds by which the sound is later than the picture on the frames' clock (negative: earlier), as a
   * calibration has measured it; 0 where both come from one file. Default: not measured, which counts as 0, and then
   * nobody is told that they are ahead of the beat or behind it unless by more than any delay could be. A function
   * is asked anew each time.
   */
  readonly delay?: number | (() => number | undefined);
}

/** A rule with the id that its cues carry. */
export type DanceRule = CodeRule & { readonly id: string };

/**
 * The dance analysis and what belongs to it: analyzers for any number of pipelines, the tempo that a person sets for
 * all of them, and rules that say what is worth saying.
 */
export interface Dance extends AnalyzerFactory {
  /** What is said to dancers, for `coach`. */
  readonly rules: readonly DanceRule[];
  /**
   * One tap of a finger to the beat, at the newest frame.
   * @returns the tempo now set, in beats per minute; undefined while there are too few taps
   * @throws PoseCoachError `OPTION_INVALID` before there is a frame
   */
  tapTempo(): number | undefined;
  /** @param bpm beats per minute, 30 to 300 @throws PoseCoachError `OPTION_INVALID` when it is anything else */
  setTempo(bpm: number): void;
  /** @throws PoseCoachError `OPTION_INVALID` when the tempo would be too slow */
  halveTempo(): void;
  /** @throws PoseCoachError `OPTION_INVALID` when the tempo would be too fast */
  doubleTempo(): void;
  /** Leaves the tempo to the movement again. */
  resetTempo(): void;
}

/**
 * Analyses dance: what the body is doing, how intensely, with which parts, in which rhythm, how smoothly, what is
 * repeated, and whether it is on the beat. The metrics and their units are in the package's README.
 *
 * ```ts
 * const dancing = dance();
 * frames.pipe(smooth(oneEuro()), classifyWithBeats(beats, dancing), coach(dancing.rules));
 * ```
 */
export function dance({ delay }: DanceOptions = {}): Dance {
  const controls = new RhythmControls();
  const measured = typeof delay === 'function' ? delay : () => delay;
  let newest = Number.NaN;
  const create = (): Analyzer =>
    new DanceAnalyzer({
      parts: () => danceParts({ controls, delay: () => measured() ?? 0 }),
      onFrame: (timestamp) => {
        newest = timestamp;
      },
    });
  return {
    create,
    rules: everyRule(() => measured() !== undefined).map((rule) => ({ id: rule.id, ...personRule(rule) })),
    tapTempo: () => controls.tapTempo(newest),
    setTempo: (bpm) => controls.setTempo(bpm),
    halveTempo: () => controls.halve(),
    doubleTempo: () => controls.double(),
    resetTempo: () => controls.reset(),
  };
}
