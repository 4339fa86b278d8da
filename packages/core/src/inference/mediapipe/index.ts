export { mediapipe } from './mediapipe.ts';
export type { MediapipeOptions, MediapipeThresholds } from './options.ts';
