/** `${extension prefix}.${name}`, declared before it is read: `dance.tempo`. */
export type MetricId = string;

/** One value of one metric, about an instant or a span. Plain data: it can be cloned, posted and stored. */
export interface Reading {
  readonly metric: MetricId;
  /** Milliseconds of the frames' media time: the instant it speaks of, or the end of the span. */
  readonly timestamp: number;
  /** First and last moment, in ms of media time, of the span it speaks of; absent for an instant. */
  readonly start?: number;
  readonly end?: number;
  /** Whom it is about; absent when it is about everybody, or a pair. */
  readonly poseId?: number;
  /** `unknown` when the data is not enough: then there is a `reason` in plain words and no `value`. */
  readonly status: 'ok' | 'unknown';
  readonly reason?: string;
  /** In the metric's declared unit. */
  readonly value?: number | string | boolean | readonly number[];
  /** Half width of the range in which the value lies with about 95 %, in the metric's unit; absent when not known. */
  readonly uncertainty?: number;
  /** In [0, 1]: how sure the analyzer is that this reading means what its metric says. */
  readonly confidence: number;
}
