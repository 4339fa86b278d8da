export { createEstimator } from './create-estimator.ts';
export { Engine } from './engine.ts';
export { type EngineCode, engineCode } from './engine-code.ts';
export { EngineDownloads, type FileSum } from './engine-downloads.ts';
export { EngineMaker } from './engine-maker.ts';
export type { EngineFiles, EngineSettings } from './engine-messages.ts';
export {
  type EngineOptions,
  type EngineThresholds,
  type OptionChecks,
  optionChecks,
  type SharedSettings,
  sharedSettings,
  type Thread,
} from './engine-options.ts';
export type { EngineSource, EngineWishes, RunningEngine } from './engine-source.ts';
export { EventBuffer } from './event-buffer.ts';
export { FrameCanvas, isPlain, type Picture } from './frame-canvas.ts';
export { BODY_LANDMARK_COUNT, HAND_LANDMARK_COUNT } from './landmark-counts.ts';
export type { Landmarker, StartLandmarker } from './landmarker.ts';
export { linkInProcess } from './link-in-process.ts';
export { type Detection, packDetections } from './packed-landmarks.ts';
export { ownWire, serveEngine, type Wire } from './serve-engine.ts';
export { hasSimd, SIMD_ADVICE } from './simd.ts';
