import { type Analyzer, type AnalyzerFactory, type CodeRule, PoseCoachError } from '@pose-coach/core';
import { DanceAnalyzer } from './dance-analyzer.ts';
import { danceParts } from './dance-parts.ts';
import { RhythmControls, tempoWords } from './rhythm/index.ts';
import { EVERY_RULE, personRule } from './rules/index.ts';

export interface DanceOptions {
  /**
   * Milliseconds by which the sound is later than the picture on the frames' clock (negative: earlier), as a
   * calibration has measured it, −2000 to 2000. 0 is a measured delay too: that of one file with both (only in the
   * extension's setting `dance.delay` it stands for not measured). Default, undefined: not measured; it counts as 0,
   * offsets are ± 100 ms and more, and nobody is told that they are ahead of the beat or behind it unless by more
   * than any delay could be. A function is asked anew each time, and what it throws ends the analysis.
   */
  readonly delay?: number | (() => number | undefined);
  /**
   * Whether the beats of the music may be followed. Where not, the metrics that need them say so instead of “No
   * music.”; asked anew each time. Default: they may.
   */
  readonly isMusicAllowed?: () => boolean;
}

/** Milliseconds that a delay can be at most: more is a mistake of units, or of clocks. */
const LONGEST_DELAY = 2000;

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
  /**
   * What has been set of the tempo, in words for people: “60 BPM”, “Twice the movement’s tempo.”, “The movement
   * decides.”; while somebody taps, “Tap twice more.” or “Tap once more.”
   */
  tempoWords(): string;
}

/**
 * Analyses dance: what the body is doing, how intensely, with which parts, in which rhythm, how smoothly, what is
 * repeated, and whether it is on the beat. The metrics and their units are in the package's README.
 *
 * ```ts
 * const dancing = dance();
 * frames.pipe(smooth(oneEuro()), classifyWithBeats(beats, dancing), coach(dancing.rules));
 * ```
 *
 * @throws PoseCoachError `OPTION_INVALID` when the delay is no number of milliseconds from −2000 to 2000; what a
 * function gives is checked when it is asked
 */
export function dance({ delay, isMusicAllowed = () => true }: DanceOptions = {}): Dance {
  const controls = new RhythmControls();
  const measured = typeof delay === 'function' ? () => checked(delay()) : constant(checked(delay));
  let newest = Number.NaN;
  const create = (): Analyzer =>
    new DanceAnalyzer({
      parts: () => danceParts({ controls, delay: measured, isMusicAllowed }),
      onFrame: (timestamp) => {
        newest = timestamp;
      },
    });
  return {
    create,
    rules: EVERY_RULE.map((rule) => ({ id: rule.id, ...personRule(rule) })),
    tapTempo: () => controls.tapTempo(newest),
    setTempo: (bpm) => controls.setTempo(bpm),
    halveTempo: () => controls.halve(),
    doubleTempo: () => controls.double(),
    resetTempo: () => controls.reset(),
    tempoWords: () => tempoWords(controls),
  };
}

function constant<Value>(value: Value): () => Value {
  return () => value;
}

/** Callers without types may give anything. */
function checked(delay: unknown): number | undefined {
  if (delay === undefined) return undefined;
  if (typeof delay === 'number' && Math.abs(delay) <= LONGEST_DELAY) return delay;
  throw new PoseCoachError(
    'OPTION_INVALID',
    `Give the delay of the sound as a number of milliseconds from −${LONGEST_DELAY} to ${LONGEST_DELAY}, or leave it out when it has not been measured.`,
  );
}
