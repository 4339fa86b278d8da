export type { FrameTimings, Hand, Landmark, Pose, PoseFrame } from './pose-frame.ts';
