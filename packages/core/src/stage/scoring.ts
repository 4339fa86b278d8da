import type { MetricDeclaration, MetricId } from '../analysis/index.ts';

/**
 * Where points come from: readings of an event metric, each by how far its value is from 0. At `full` or nearer it
 * counts 100 points, at `none` or farther 0, linearly in between; one that counts 0 ends the combo.
 */
export interface ScoringRule {
  readonly metric: MetricId;
  /** In the metric's unit. */
  readonly full: number;
  /** In the metric's unit, more than `full`. */
  readonly none: number;
  /** Seconds without an event after which the combo ends. */
  readonly patience: number;
}

/** Points since the last reset, of everybody together: a whole number. */
export const SCORE_METRIC: MetricId = 'stage.score';
/** Events in a row that counted. */
export const COMBO_METRIC: MetricId = 'stage.combo';

/** What the stage itself reads: made by the server, so that all overlays agree. */
export const STAGE_METRICS: readonly MetricDeclaration[] = [
  {
    id: SCORE_METRIC,
    title: 'Score',
    kind: 'series',
    unit: 'points',
    description:
      'Points since the last reset. Each movement beat counts 100 points when it is on the beat of the music, fewer the farther it is, and none from 70 ms on, unless the scene says otherwise.',
  },
  {
    id: COMBO_METRIC,
    title: 'Combo',
    kind: 'series',
    description: 'Movement beats in a row that counted points.',
  },
];
