import type { MetricDeclaration } from '@pose-coach/core';
import { readManifest } from '@pose-coach/core/extensions';

/** What extensions say in their manifests that they read; nothing of one whose manifest is faulty. */
export function metricsOf(manifests: readonly unknown[]): readonly MetricDeclaration[] {
  return manifests.flatMap((manifest) => {
    const report = readManifest(manifest);
    return report.ok ? report.manifest.contributes.metrics : [];
  });
}
