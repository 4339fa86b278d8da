export { ON_BEAT_METRICS } from './on-beat-metrics.ts';
export { type AccentSource, type OnBeatOptions, OnBeatPart } from './on-beat-part.ts';
export type { OnBeatSummary } from './take-beats.ts';
