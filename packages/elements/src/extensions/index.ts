export { PoseExtensionsElement } from './pose-extensions.ts';
export { PoseMetricsElement } from './pose-metrics.ts';
