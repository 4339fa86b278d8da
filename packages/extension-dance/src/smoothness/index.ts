export { SMOOTHNESS_METRICS } from './smoothness-metrics.ts';
export { type SmoothnessOverTake, SmoothnessPart, type SmoothnessSummary } from './smoothness-part.ts';
