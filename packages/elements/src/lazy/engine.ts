// Loaded when poses are to be found in pictures.
export { mediapipe } from '@pose-coach/core/mediapipe';
