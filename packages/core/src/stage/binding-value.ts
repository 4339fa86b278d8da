import { formatValue, type MetricDeclaration, type Reading } from '../analysis/index.ts';
import type { FilterBinding, ObsBinding, TextBinding } from './binding.ts';

/** What a binding's text source says, or its filter's setting is. */
export type BindingValue = { readonly text: string } | { readonly number: number };

/**
 * What a reading makes of a binding; undefined when it is unknown, or no number where one is needed: then OBS is left
 * as it is.
 * @param metric what is declared of the binding's metric; absent: numbers are whole, and words stand as they are
 */
export function bindingValue(
  binding: ObsBinding,
  reading: Reading,
  metric?: MetricDeclaration,
): BindingValue | undefined {
  const { status, value } = reading;
  if (status !== 'ok' || value === undefined) return undefined;
  if (binding.kind === 'text') return { text: textFor(binding, value, metric) };
  return typeof value === 'number' && Number.isFinite(value)
    ? { number: numberFor(binding, value) }
    : undefined;
}

function textFor(
  { metric: id, text }: TextBinding,
  value: NonNullable<Reading['value']>,
  metric: MetricDeclaration = { id, title: id, kind: 'series' },
): string {
  const isNumber = typeof value === 'number' || typeof value === 'object';
  const unit = isNumber ? (metric.unit ?? '') : '';
  // In one pass, so that a label that looks like a place is none; what is left of a unit that is not there goes.
  return text
    .replace(/\{(value|unit)\}/g, (_, place) => (place === 'value' ? formatValue(metric, value) : unit))
    .trimEnd();
}

/** The number that lies between the two of the setting as the value lies between the two of the metric. */
function numberFor({ from: [start, end], to: [first, second] }: FilterBinding, value: number): number {
  if (start === end) return first;
  const share = Math.min(1, Math.max(0, (value - start) / (end - start)));
  // Both ends exactly, which first + share · (second − first) does not give.
  return first * (1 - share) + second * share;
}
