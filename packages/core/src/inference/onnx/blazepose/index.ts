export { HandTracker } from './hand-tracker.ts';
export { HAND_DETECTOR, HAND_LANDMARKS, POSE_DETECTOR, POSE_LANDMARKS } from './networks.ts';
export { PoseTracker } from './pose-tracker.ts';
export type { Tracker, TrackerNetworks, TrackerOptions } from './tracker.ts';
