export type {
  Analyzer,
  AnalyzerFactory,
  AnalyzerInput,
  AnalyzerInputName,
  Beat,
  TakeSummary,
} from './analyzer.ts';
export { AnalyzerRun } from './analyzer-run.ts';
export { type ClassifiedFrame, classify, classifyWithBeats } from './classify.ts';
export {
  type BodyMotion,
  BodyMotions,
  type LandmarkMotion,
  type TravelMotion,
} from './kinematics/index.ts';
export type { MetricDeclaration, MetricKind } from './metric.ts';
export { formatNumber, formatValue, unitBehind } from './metric-text.ts';
export {
  type BeatPhase,
  beatPhase,
  type CycleEstimate,
  type CycleOptions,
  estimateCycle,
  estimateTempo,
  type MotionSignals,
  type TempoCandidate,
  TempoComb,
  type TempoEstimate,
  type TempoEvidence,
  type TempoOptions,
  type TempoPrior,
} from './periodicity/index.ts';
export type { MetricId, Reading } from './reading.ts';
export { readingFault } from './reading-fault.ts';
export {
  PointSequence,
  type PointSequenceOptions,
  type Recurred,
  Recurrence,
  type RecurrenceOptions,
  type RepeatedSequence,
  type RepetitionOptions,
  repeatedSequences,
  type SequencePerformance,
} from './similarity/index.ts';
export {
  dimensionlessJerk,
  logDimensionlessJerk,
  type MovementStroke,
  MovementStrokes,
  SpectralArcLength,
  type SpectralArcLengthOptions,
  STROKE_RATE,
  spectralArcLength,
} from './smoothness/index.ts';
export { nextPowerOfTwo, RealSpectrum } from './spectrum/index.ts';
