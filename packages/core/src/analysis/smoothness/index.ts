export { dimensionlessJerk, logDimensionlessJerk } from './dimensionless-jerk.ts';
export {
  SpectralArcLength,
  type SpectralArcLengthOptions,
  spectralArcLength,
} from './spectral-arc-length.ts';
