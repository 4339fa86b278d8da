export { type EmaOptions, ema } from './ema.ts';
export type { Filter, FilterFactory } from './filter.ts';
export { ageOf, type InterpolateOptions, interpolate } from './interpolate.ts';
export { type DisplayFrame, Interpolator, type InterpolatorOptions } from './interpolator.ts';
export {
  ONE_EURO_IMAGE,
  ONE_EURO_WORLD,
  type OneEuroOptions,
  OneEuroScalar,
  type OneEuroSettings,
  oneEuro,
} from './one-euro.ts';
export { PersonTracker } from './person-tracker.ts';
export { type SmoothOptions, smooth, trackAndFilter } from './smooth.ts';
