import type { ActivitySummary } from '../activity/index.ts';
import type { IntensitySummary } from '../intensity/index.ts';
import type { MovementSummary } from '../movement/index.ts';
import type { OnBeatSummary } from '../on-beat/index.ts';
import type { PatternsSummary } from '../patterns/index.ts';
import type { RhythmSummary } from '../rhythm/index.ts';
import type { SmoothnessSummary } from '../smoothness/index.ts';
import type { BestAndWorst } from './stretches.ts';

/** Of the form below. It rises when something means something else, or is gone; not when something is added. */
export const SUMMARY_VERSION = 1;

/**
 * What the dance analysis says of a whole take: the `details` of its `TakeSummary`. Plain JSON; all times are whole
 * milliseconds, other numbers have three decimals. What is not known is null.
 *
 * A take has a clock of its own, which begins with it at 0 and goes on where media time begins anew (a film that is
 * played again, a seek back): `duration`, `start`, `end`, `inView`, `best` and `worst` go by it. Where something
 * happened in the media (`movement`, `intensity`, `patterns`, `rhythm`) is told in media time.
 */
export type DanceSummary = {
  readonly version: typeof SUMMARY_VERSION;
  /** How long the take was, without gaps between its epochs. */
  readonly duration: number;
  /** Everybody who was in view for two seconds or more, in the order in which they came. */
  readonly people: readonly PersonSummary[];
  /** People of whom nothing is said, because there were more than sixteen: those who were there for the shortest time. */
  readonly peopleLeftOut: number;
};

/** What is said of one person. */
export type PersonSummary = BestAndWorst & {
  readonly poseId: number;
  /** Milliseconds of the take at the first and the last moment that was measured. */
  readonly start: number;
  readonly end: number;
  /** For how long the person was measured. */
  readonly inView: number;
  readonly movement: MovementSummary;
  readonly intensity: IntensitySummary;
  readonly activity: ActivitySummary;
  readonly smoothness: SmoothnessSummary;
  readonly rhythm: RhythmSummary;
  readonly onBeat: OnBeatSummary;
  readonly patterns: PatternsSummary;
};
