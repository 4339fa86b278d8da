export * from './base/index.ts';
export type { CapturedFrame, FrameImage } from './capture/captured-frame.ts';
export * from './inference/index.ts';
export * from './pose/index.ts';
export * from './smoothing/index.ts';
