export type { Beat } from '../analyzer.ts';
export { BeatListener } from './beat-listener.ts';
export { BeatTracker, type BeatTrackerState } from './beat-tracker.ts';
export { OnsetEnvelope } from './onset-envelope.ts';
