import { formatNumber } from '@pose-coach/core/analysis';
import type { MetricDeclaration, OverlayMoment, Reading } from '@pose-coach/core/extension';

/** A reading that is known now; `undefined` when it is not, so that nothing old or invented is painted. */
export function knownReading({ readings }: OverlayMoment, metric: string): Reading | undefined {
  const reading = Object.hasOwn(readings, metric) ? readings[metric] : undefined;
  return reading?.status === 'ok' && reading.value !== undefined ? reading : undefined;
}

/** The number that a metric reads now. */
export function knownNumber(moment: OverlayMoment, metric: string): number | undefined {
  const value = knownReading(moment, metric)?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function declarationOf({ metrics }: OverlayMoment, metric: string): MetricDeclaration | undefined {
  return Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
}

/** What a metric is called; nothing when nobody declares it. */
export function titleOf(moment: OverlayMoment, metric: string): string {
  return declarationOf(moment, metric)?.title ?? '';
}

/** Numbers from which on thousands are set apart. */
const GROUPED_FROM = 10_000;

/** A number with its metric's digits: `72`, `−0.5`, `12 480`. */
export function numberWords(metric: MetricDeclaration | undefined, value: number): string {
  const words = metric ? formatNumber(metric, value) : value.toFixed(0);
  if (Math.abs(value) < GROUPED_FROM) return words;
  const [whole = '', ...decimals] = words.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, '\u202f'), ...decimals].join('.');
}

/** Where in its range a value lies, in [0, 1]; a metric without a range goes from 0 to 100. */
export function shareOfRange(metric: MetricDeclaration | undefined, value: number): number {
  const [low, high] = metric?.range ?? [0, 100];
  return high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0;
}
