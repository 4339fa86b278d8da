export * from './analysis/index.ts';
export * from './base/index.ts';
export type { CapturedFrame, FrameImage } from './capture/captured-frame.ts';
export {
  type Coach,
  type CoachOptions,
  type CoachSource,
  type CoachState,
  type CoachStats,
  createCoach,
} from './coach.ts';
export * from './feedback/index.ts';
export * from './inference/index.ts';
export * from './pose/index.ts';
export * from './smoothing/index.ts';
