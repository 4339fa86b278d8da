export { type Alignment, alignItems, distributeItems } from './align-items.ts';
export type { FilterBinding, ObsBinding, TextBinding } from './binding.ts';
export { type BindingValue, bindingValue } from './binding-value.ts';
export { withCanvas } from './canvas-switch.ts';
export { defaultStage, TALL_CANVAS, WIDE_CANVAS } from './default-stage.ts';
export { did, type History, history, redo, undo } from './history.ts';
export {
  addSkeleton,
  addWidget,
  duplicateItems,
  type ItemChanges,
  moveLayer,
  placeItems,
  removeItems,
  type SceneWithNew,
  setItem,
} from './item-edits.ts';
export type { ObsAbilities, ObsConnected, ObsSetupStep, ObsSource, ObsStatus } from './obs-status.ts';
export {
  movedRectangle,
  RESIZE_HANDLES,
  type ResizeHandle,
  resizedRectangle,
  SMALLEST_SIDE,
} from './placing.ts';
export { readScene, readStage, readStageChange } from './read-stage.ts';
export { exportScene, importScene } from './scene-file.ts';
export { ScoreRun, type StageScore } from './score-run.ts';
export { COMBO_METRIC, SCORE_METRIC, type ScoringRule, STAGE_METRICS } from './scoring.ts';
export { SAFE_MARGIN, type SnapGuide, type Snapped, snap } from './snap.ts';
export {
  type Scene,
  type SettingsById,
  type SkeletonItem,
  STAGE_VERSION,
  type Stage,
  type StageChange,
  type StageItem,
  type StageRectangle,
  type WidgetItem,
} from './stage.ts';
export { applyStageChange, changedScenes, stageChangeFault } from './stage-change.ts';
export { MAXIMUM_CHANGE_BYTES, MAXIMUM_STAGE_BYTES } from './stage-limits.ts';
export {
  TRIGGER_SOUNDS,
  type Trigger,
  type TriggerAction,
  type TriggerCondition,
  type TriggerSound,
} from './trigger.ts';
export { TriggerRun } from './trigger-run.ts';
