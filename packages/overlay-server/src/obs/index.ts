export type { ObsControl, ObsControlOptions, ObsMethods } from './obs-control.ts';
