// Loaded when poses are to be found in pictures; each engine's own code is a part for itself.
export { engine } from '@pose-coach/core/engine';
