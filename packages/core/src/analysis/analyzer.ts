import type { JsonValue } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { Reading } from './reading.ts';

/** What an analyzer can ask for. What it does not ask for it does not see. */
export type AnalyzerInputName = 'poses' | 'hands' | 'beats';

/** One beat of the music. */
export interface Beat {
  /** Milliseconds on the frames' media clock. */
  readonly timestamp: number;
  /** In [0, 1]: how clear the beat is. */
  readonly strength: number;
}

export interface AnalyzerInput {
  /** Always there, as the clock; its `poses` and `hands` are empty unless the analyzer has declared them. */
  readonly frame: PoseFrame;
  /** Beats up to this frame's time that no earlier step has seen, oldest first; empty unless declared. */
  readonly beats: readonly Beat[];
}

/** What an analyzer says of a whole take, once it has ended. */
export interface TakeSummary {
  /** Totals: readings whose span is the take. */
  readonly readings: readonly Reading[];
  /** Anything more, in the analyzer's own documented form. */
  readonly details?: JsonValue;
}

/**
 * Poses and beats in, readings out: a step function with a memory. It never reads a clock, time is the frame's, so
 * a recording gives the same readings at any speed. The owner calls `reset` when the epoch changes.
 */
export interface Analyzer {
  /** @returns readings about this frame or earlier ones; empty when there is nothing new to say */
  step(input: AnalyzerInput): readonly Reading[];
  /** Forgets what led up to now: the next frame continues nothing. */
  reset(): void;
  /** Sums up all since it was made, or since the last call; absent when there is nothing to sum up. */
  finish?(): TakeSummary;
}

/** Makes analyzers, so that every pipeline has a memory of its own. */
export interface AnalyzerFactory {
  create(): Analyzer;
}
