export { createObsControl } from './create-obs-control.ts';
export type { ObsControl, ObsControlOptions, ObsMethods } from './obs-control.ts';
