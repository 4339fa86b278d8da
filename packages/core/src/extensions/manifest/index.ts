export type { PointName } from './contribution-points/contribution-point.ts';
export { CONTRIBUTION_POINTS, POINT_NAMES } from './contribution-points/contribution-points.ts';
export { isDataRule } from './contribution-points/feedback.ts';
export {
  type AnalyzerDeclaration,
  API_VERSION,
  type CommandDeclaration,
  type Contributions,
  type ExtensionManifest,
  type FeedbackDeclaration,
  type KeybindingDeclaration,
  type ManifestFault,
  type ManifestReport,
  type OverlayThemeDeclaration,
  type OverlayWidgetDeclaration,
  type Permission,
  type PipelineDeclaration,
  type SettingDeclaration,
} from './manifest.ts';
export { RESERVED_PERMISSIONS } from './permissions.ts';
export { type ManifestOptions, readManifest } from './read-manifest.ts';
export { settingFault } from './setting-fault.ts';
