export { type BeatPhase, beatPhase } from './beat-phase.ts';
export { type CycleEstimate, type CycleOptions, estimateCycle } from './cycle.ts';
export type { MotionSignals } from './motion-signals.ts';
export {
  estimateTempo,
  type TempoCandidate,
  TempoComb,
  type TempoEstimate,
  type TempoEvidence,
  type TempoOptions,
  type TempoPrior,
} from './tempo.ts';
