import type { MetricId } from '../analysis/index.ts';

/** Something in OBS that follows a metric. An unknown reading leaves it as it is. */
export type ObsBinding = TextBinding | FilterBinding;

/** A text source says a metric's value. */
export interface TextBinding {
  readonly kind: 'text';
  /** As a scene's id; unique in the scene. */
  readonly id: string;
  readonly metric: MetricId;
  /** Name of the text source (“input”) in OBS. */
  readonly input: string;
  /** `{value}` and `{unit}` stand for the metric's: `Tempo: {value} {unit}`. */
  readonly text: string;
}

/** A number of a filter's settings follows a metric, linearly from one range into another, and stays within it. */
export interface FilterBinding {
  readonly kind: 'filter';
  readonly id: string;
  readonly metric: MetricId;
  /** Name of the source in OBS that has the filter. */
  readonly source: string;
  readonly filter: string;
  /** Name of the setting as obs-websocket has it: `delay_ms`, `opacity`, `hue_shift`. */
  readonly setting: string;
  /** Two values of the metric … */
  readonly from: readonly [number, number];
  /** … and those of the setting that belong to them. */
  readonly to: readonly [number, number];
}
