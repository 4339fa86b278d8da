import { systemClock } from '../../base/index.ts';
import { createEstimator } from '../engine/index.ts';
import type { EstimatorOptions, PoseEstimator } from '../pose-estimator.ts';
import { MediapipeSource } from './mediapipe-source.ts';
import type { Settings } from './options.ts';

/** Starts MediaPipe's worker and talks to it: loaded with the engine, not before. */
export function hostMediapipe(settings: Settings, wishes: EstimatorOptions): Promise<PoseEstimator> {
  return createEstimator(
    async (engineWishes) => {
      // The whole engine's code, as a string.
      const { default: source, wasm } = await import('virtual:mediapipe-worker');
      return new MediapipeSource(settings, { source, wasm }, engineWishes);
    },
    settings,
    wishes,
    systemClock,
  );
}
