export {
  type Analyzer,
  type AnalyzerFactory,
  type AnalyzerInput,
  type AnalyzerInputName,
  type Beat,
  type ClassifiedFrame,
  classify,
  classifyWithBeats,
  type MetricDeclaration,
  type MetricId,
  type MetricKind,
  type Reading,
  type TakeSummary,
} from './analysis/index.ts';
export * from './base/index.ts';
export type { CapturedFrame, FrameImage } from './capture/captured-frame.ts';
export { RawImage } from './capture/raw-image.ts';
export {
  type Coach,
  type CoachOptions,
  type CoachSource,
  type CoachState,
  type CoachStats,
  createCoach,
  type EngineSwitch,
} from './coach.ts';
export {
  type CoachFrame,
  type CoachingOptions,
  type CodeRule,
  type Cue,
  type CueProposal,
  type CueSeverity,
  type CueWording,
  coach,
  type DataRule,
  type Rule,
  type RuleCondition,
  type RuleFactory,
  type RuleInput,
} from './feedback/index.ts';
export {
  type EstimatePosesOptions,
  type EstimatorEvent,
  type EstimatorInfo,
  type EstimatorOptions,
  estimatePoses,
  latestWins,
  lossless,
  type PoseEstimate,
  type PoseEstimator,
  type PoseEstimatorFactory,
  type Work,
} from './inference/index.ts';
export * from './pose/index.ts';
export * from './smoothing/index.ts';
