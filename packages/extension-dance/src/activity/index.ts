export { ACTIVITY_METRICS } from './activity-metrics.ts';
export { ActivityPart, type ActivitySummary, type PartActivity } from './activity-part.ts';
