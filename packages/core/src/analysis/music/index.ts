export type { Beat } from '../analyzer.ts';
export { type FindBeatsOptions, findBeats, type MusicBeats } from './beat-finder.ts';
export { BeatListener } from './beat-listener.ts';
export { BeatTracker, type BeatTrackerState } from './beat-tracker.ts';
export type { TempoPoint } from './music-tempo-curve.ts';
export { type Onset, OnsetDetector } from './onset-detector.ts';
export { OnsetEnvelope } from './onset-envelope.ts';
