export { ACTIVITY_METRICS, PART_LABELS, PART_TITLES } from './activity-metrics.ts';
export { ActivityPart, type ActivitySummary, type PartActivity } from './activity-part.ts';
