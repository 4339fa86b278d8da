export { estimateFault } from './estimate-fault.ts';
export { type EstimatePosesOptions, estimatePoses } from './estimate-poses.ts';
export { latestWins } from './latest-wins.ts';
export { lossless } from './lossless.ts';
export type { Work } from './one-in-work.ts';
export type {
  EstimatorEvent,
  EstimatorInfo,
  EstimatorOptions,
  PoseEstimate,
  PoseEstimator,
  PoseEstimatorFactory,
} from './pose-estimator.ts';
