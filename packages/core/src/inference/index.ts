export type {
  EstimatorEvent,
  EstimatorInfo,
  EstimatorOptions,
  PoseEstimate,
  PoseEstimator,
  PoseEstimatorFactory,
} from './pose-estimator.ts';
