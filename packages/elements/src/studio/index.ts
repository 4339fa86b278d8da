export { PoseStageEditorElement } from './editor/pose-stage-editor.ts';
