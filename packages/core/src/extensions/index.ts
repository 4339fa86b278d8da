export { createExtensions, type ExtensionsOptions } from './create-extensions.ts';
export type {
  Contributed,
  ContributionDelta,
  ExtensionAddress,
  ExtensionPackage,
  ExtensionSource,
  ExtensionState,
  ExtensionStatus,
  ExtensionStorage,
  Extensions,
  LogEntry,
  PermissionRequest,
} from './extensions.ts';
export type {
  ExtensionCode,
  ExtensionHost,
  ExtensionServices,
  LogLevel,
  RunningExtension,
  StartRequest,
  StepInput,
  StepOutput,
} from './host.ts';
export { type InlineHostOptions, inlineHost } from './inline/index.ts';
export { type IsolatedHostOptions, type IsolationLimits, isolatedHost } from './isolated/index.ts';
export { memoryStorage } from './manager/storage.ts';
export { type ManifestOptions, readManifest, settingFault } from './manifest/index.ts';
export type {
  AnalyzerDeclaration,
  CommandDeclaration,
  Contributions,
  ExtensionManifest,
  FeedbackDeclaration,
  KeybindingDeclaration,
  ManifestFault,
  ManifestReport,
  OverlayThemeDeclaration,
  OverlayWidgetDeclaration,
  Permission,
  PipelineDeclaration,
  SettingDeclaration,
} from './manifest/manifest.ts';
