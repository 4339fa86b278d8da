export { type LiveStage, type LiveStageOptions, liveStage, shownScene } from './live-stage.ts';
export type { StagePlacement } from './placement.ts';
export { PoseStageElement } from './pose-stage.ts';
export { StageView, type StageViewOptions } from './stage-view.ts';
