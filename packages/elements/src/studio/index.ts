export { PoseDockElement } from './dock/pose-dock.ts';
export { PoseStageEditorElement } from './editor/pose-stage-editor.ts';
export { PoseGuideElement } from './guide/pose-guide.ts';
export { PoseObsElement } from './obs/pose-obs.ts';
export { PoseTriggersElement } from './triggers/pose-triggers.ts';
export type { KnownCommand } from './triggers/trigger-view.ts';
