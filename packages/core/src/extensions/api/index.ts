/**
 * The whole API for extensions, in one typed declaration: `import type { ExtensionContext, PoseCoachApi } from
 * '@pose-coach/core/extension'`. Types only: nothing of it is left in an extension's code.
 */
export type {
  Analyzer,
  AnalyzerFactory,
  AnalyzerInput,
  AnalyzerInputName,
  Beat,
  MetricDeclaration,
  MetricId,
  MetricKind,
  Reading,
  TakeSummary,
} from '../../analysis/index.ts';
export type { Disposable, Event, JsonValue } from '../../base/index.ts';
export type {
  Cue,
  CueProposal,
  CueSeverity,
  CueWording,
  DataRule,
  Rule,
  RuleCondition,
  RuleFactory,
  RuleInput,
} from '../../feedback/index.ts';
export type {
  EstimatorEvent,
  EstimatorInfo,
  EstimatorOptions,
  PoseEstimate,
  PoseEstimator,
  PoseEstimatorFactory,
} from '../../inference/index.ts';
export type { BodyLandmark, FrameTimings, Hand, Landmark, Pose, PoseFrame } from '../../pose/index.ts';
export type { Filter, FilterFactory } from '../../smoothing/index.ts';
export type {
  AnalyzerDeclaration,
  CommandDeclaration,
  Contributions,
  ExtensionManifest,
  FeedbackDeclaration,
  KeybindingDeclaration,
  Permission,
  SettingDeclaration,
} from '../manifest/manifest.ts';
export type {
  CommandHandler,
  Commands,
  Configuration,
  ExtensionContext,
  ExtensionModule,
  GlobalState,
  Log,
  NetworkRequest,
  NetworkResponse,
  PoseCoachApi,
  Registrar,
  SettingValues,
} from './extension-api.ts';
export type {
  OverlayApi,
  OverlayBeat,
  OverlayCanvas,
  OverlayCue,
  OverlayLook,
  OverlayModule,
  OverlayMoment,
  OverlayPart,
  OverlayPartFactory,
  OverlayPartSetup,
  OverlaySkeleton,
} from './overlay-api.ts';
