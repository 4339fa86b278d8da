export { MOVEMENT_METRICS, MOVEMENTS, type Movement } from './movement-metrics.ts';
export { MovementPart } from './movement-part.ts';
export type { JumpSummary, MovementOrUnknown, MovementStretch, MovementSummary } from './movement-summary.ts';
