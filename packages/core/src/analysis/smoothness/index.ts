export { dimensionlessJerk, logDimensionlessJerk } from './dimensionless-jerk.ts';
export { type MovementStroke, MovementStrokes, STROKE_RATE } from './movement-strokes.ts';
export {
  SpectralArcLength,
  type SpectralArcLengthOptions,
  spectralArcLength,
} from './spectral-arc-length.ts';
