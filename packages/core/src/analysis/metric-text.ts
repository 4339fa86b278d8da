import type { MetricDeclaration } from './metric.ts';
import type { Reading } from './reading.ts';

/** Units that stand right behind their number. */
const CLOSE_UNITS = /^[°′″]/;

/** A reading's value in words and figures, without its unit: `72`, `Standing`, `yes`. */
export function formatValue(metric: MetricDeclaration, value: NonNullable<Reading['value']>): string {
  if (typeof value === 'object') return value.map((each) => formatNumber(metric, each)).join(', ');
  const label = metric.labels?.[String(value)];
  if (label !== undefined && metric.kind !== 'bar') return label;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? formatNumber(metric, value) : value;
}

/** A number with the metric's digits. */
export function formatNumber({ decimals = 0 }: MetricDeclaration, value: number): string {
  const digits = value.toFixed(decimals);
  // What is rounded to nothing has no sign; others have the one that is as wide as a plus.
  return digits.replace('-', Number(digits) === 0 ? '' : '\u2212');
}

/** The unit as it follows a number; empty behind words. */
export function unitBehind({ unit }: MetricDeclaration, value: Reading['value']): string {
  if (!unit || typeof value === 'string' || typeof value === 'boolean') return '';
  return CLOSE_UNITS.test(unit) ? unit : `\u202f${unit}`;
}
