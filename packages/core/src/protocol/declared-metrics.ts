import * as v from 'valibot';
import type { MetricDeclaration, MetricId } from '../analysis/index.ts';
import { MAXIMUM_STATE_LENGTH } from './limits.ts';
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

/**
 * The change of state that declares metrics: all of it, or what fits. Where it is too long the descriptions are left
 * out, and then the last metrics.
 * @param room characters as JSON that it may take
 */
export function metricsEntry(
  metrics: readonly MetricDeclaration[],
  room: number = MAXIMUM_STATE_LENGTH,
): StateEntries {
  const entryOf = (declared: readonly MetricDeclaration[]) => ({
    [METRICS_KEY]: declared.map((each) => ({ ...each })),
  });
  const fits = (declared: readonly MetricDeclaration[]) => JSON.stringify(entryOf(declared)).length <= room;
  if (fits(metrics)) return entryOf(metrics);
  const brief = metrics.map(({ description: _, ...rest }) => rest);
  while (brief.length > 0 && !fits(brief)) brief.pop();
  return entryOf(brief);
}

/** Of which metrics every reading counts, not only the newest: those of the kind `event`. */
export function eventMetrics(metrics: readonly MetricDeclaration[]): ReadonlySet<MetricId> {
  return new Set(metrics.filter(({ kind }) => kind === 'event').map(({ id }) => id));
}
