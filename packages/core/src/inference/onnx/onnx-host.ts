import { systemClock } from '../../base/index.ts';
import { createEstimator } from '../engine/index.ts';
import type { EstimatorOptions, PoseEstimator } from '../pose-estimator.ts';
import { OnnxSource } from './onnx-source.ts';
import type { OnnxSettings } from './options.ts';

/** Starts the ONNX engine's worker and talks to it: loaded with the engine, not before. */
export function hostOnnx(settings: OnnxSettings, wishes: EstimatorOptions): Promise<PoseEstimator> {
  return createEstimator(
    async (engineWishes) => {
      // The whole engine's code, as a string.
      const { default: source, runtime } = await import('virtual:onnx-worker');
      return new OnnxSource(settings, { source, runtime }, engineWishes);
    },
    settings,
    wishes,
    systemClock,
  );
}
