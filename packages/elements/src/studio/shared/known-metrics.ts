import type { MetricDeclaration } from '@pose-coach/core';
import { STAGE_METRICS } from '@pose-coach/core/stage';

/**
 * Everything that can be chosen where a metric is asked for: the stage's own, what whoever is live declares, and what
 * is known besides. Each once, as it is declared first.
 */
export function knownMetrics(
  declared: readonly MetricDeclaration[],
  more: readonly MetricDeclaration[] = [],
): readonly MetricDeclaration[] {
  const known = new Map<string, MetricDeclaration>();
  for (const metric of [...STAGE_METRICS, ...declared, ...more]) {
    if (!known.has(metric.id)) known.set(metric.id, metric);
  }
  return [...known.values()];
}
