import * as v from 'valibot';
import type { MetricDeclaration, MetricId } from '../analysis/index.ts';
import { metricSchema } from './reading-schemas.ts';
import type { StateEntries } from './state-entries.ts';

/** The key of a channel's state under which its publisher declares what its readings speak of. */
export const METRICS_KEY = 'metrics';

/**
 * What a channel's publisher declares, in its order. A declaration that cannot be read is left out: what it speaks of
 * can still be shown, as plain numbers and words.
 */
export function declaredMetrics(state: Readonly<Record<string, unknown>>): readonly MetricDeclaration[] {
  const declared = state[METRICS_KEY];
  if (!Array.isArray(declared)) return [];
  return declared.filter((metric): metric is MetricDeclaration => v.is(metricSchema, metric));
}

/** The change of state that declares metrics. */
export function metricsEntry(metrics: readonly MetricDeclaration[]): StateEntries {
  return { [METRICS_KEY]: metrics.map((metric) => ({ ...metric })) };
}

/** Of which metrics every reading counts, not only the newest: those of the kind `event`. */
export function eventMetrics(metrics: readonly MetricDeclaration[]): ReadonlySet<MetricId> {
  return new Set(metrics.filter(({ kind }) => kind === 'event').map(({ id }) => id));
}
