import { type RepeatedSequence, repeatedSequences } from '@pose-coach/core/analysis';
import type { PoseSamples } from './pose-samples.ts';

/**
 * Concordance from which sequences count as the same. The most alike that two stretches of three seconds are within
 * three minutes of improvising (synthetic, eight of them) is 0.44 to 0.63, and 0.34 within an advanced choreography
 * (AIST++); the same movement done again by the same person is mostly above 0.75.
 */
export const ALIKE = 0.7;

/** Body heights that the joints must stray from their means (root of the mean square): five centimetres. */
export const SMALLEST_SPREAD = 0.03;

/** Seconds that performances may lie apart so that they are compared. */
const FURTHEST = 600;

/** Comparisons of two moments that a summary may cost; a take of an hour is compared over shorter times. */
const MOST_COMPARISONS = 40_000_000;

/** A type and not an interface, because summaries are JSON. */
export type PatternPerformance = {
  /** Milliseconds of media time. */
  readonly start: number;
  readonly end: number;
  /** How often in a row. */
  readonly times: number;
  /** Percent; see `PatternSummary.likeness`. */
  readonly likeness: number;
};

export type PatternSummary = {
  /** Milliseconds that the sequence takes once, on average. */
  readonly length: number;
  /** How often it was performed altogether. */
  readonly times: number;
  /**
   * How alike the performances are, in percent: Lin's concordance of the joints' ways. 100 is the same movement, 0 is no
   * more alike than any moment of one is to any moment of the other.
   */
  readonly likeness: number;
  /** How far the joints are apart between performances, in percent of the body's height (root of the mean square). */
  readonly distance: number;
  /** Where, in order of time; those in a row are one. */
  readonly performances: readonly PatternPerformance[];
};

/** The sequences that somebody repeated in a take. */
export type PatternsSummary = {
  /** At most twelve; what explains most of the take comes first. */
  readonly patterns: readonly PatternSummary[];
  /** Milliseconds of media time that performances may lie apart to be found. */
  readonly furthest: number;
  /** False when the take was longer than the hour that is kept: then it is the last hour. */
  readonly isComplete: boolean;
};

/** Sums up what was sampled of a take. */
export function summarisePatterns(samples: PoseSamples): PatternsSummary {
  const { sequence, isCut } = samples;
  const furthest = Math.min(FURTHEST, MOST_COMPARISONS / Math.max(1, sequence.length) / sequence.rate);
  const found = repeatedSequences(sequence, { threshold: ALIKE, smallestSpread: SMALLEST_SPREAD, furthest });
  return {
    patterns: found.map((repeated) => patternSummary(repeated, samples)),
    furthest: Math.round(furthest * 1000),
    isComplete: !isCut,
  };
}

function patternSummary(
  { length, likeness, distance, performances }: RepeatedSequence,
  samples: PoseSamples,
): PatternSummary {
  return {
    length: (length * 1000) / samples.sequence.rate,
    times: performances.reduce((sum, { times }) => sum + times, 0),
    likeness: percent(likeness),
    distance: percent(distance),
    performances: performances.map(({ from, until, times, likeness: alike }) => ({
      start: samples.timeOf(from),
      end: samples.timeOf(until - 1),
      times,
      likeness: percent(alike),
    })),
  };
}

const percent = (share: number) => Math.min(100, Math.max(0, 100 * share));
