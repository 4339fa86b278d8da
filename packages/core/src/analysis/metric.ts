import type { MetricId } from './reading.ts';

/**
 * How a metric is shown: a number within a range (`gauge`, `bar`), a word (`label`), a number over time (`series`),
 * or something that happens (`event`).
 */
export type MetricKind = 'gauge' | 'bar' | 'label' | 'series' | 'event';

/** What is to be known of a metric before its first reading: enough to list, explain and display it. */
export interface MetricDeclaration {
  readonly id: MetricId;
  readonly title: string;
  readonly kind: MetricKind;
  readonly description?: string;
  /** As written behind a number: `°`, `BPM`, `cm`; absent for plain numbers and words. */
  readonly unit?: string;
  /** Lowest and highest value that is to be expected; a gauge or bar needs it. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** What a label's values are called, by value; for a bar of several numbers what each is called, by index: `'0'`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Digits behind the decimal point; default 0. */
  readonly decimals?: number;
}
