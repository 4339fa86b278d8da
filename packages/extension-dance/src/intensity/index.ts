export type { IntensityPoint } from './intensity-curve.ts';
export { INTENSITY_METRICS, IntensityPart, type IntensitySummary } from './intensity-part.ts';
