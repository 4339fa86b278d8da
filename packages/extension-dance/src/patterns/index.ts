export { PATTERNS_METRICS } from './patterns-metrics.ts';
export { PatternsPart } from './patterns-part.ts';
export type { PatternPerformance, PatternSummary, PatternsSummary } from './patterns-summary.ts';
