export type { ActivitySummary, PartActivity } from './activity/index.ts';
export { type Dance, type DanceOptions, type DanceRule, dance } from './dance.ts';
export { DANCE_METRICS } from './dance-metrics.ts';
export type { DanceMoment, DancePart } from './dance-part.ts';
export type { IntensityPoint, IntensitySummary } from './intensity/index.ts';
export type { JumpSummary, MovementStretch, MovementSummary } from './movement/index.ts';
export type { OnBeatSummary } from './on-beat/index.ts';
export type { PatternPerformance, PatternSummary, PatternsSummary } from './patterns/index.ts';
export type { RhythmSummary, TempoStretch } from './rhythm/index.ts';
export type { SmoothnessOverTake, SmoothnessSummary } from './smoothness/index.ts';
export {
  type DanceSummary,
  type PersonSummary,
  readDanceSummary,
  type Stretch,
} from './take/index.ts';
