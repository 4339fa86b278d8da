import type { PoseEstimatorFactory } from '../pose-estimator.ts';
import { type MediapipeOptions, toSettings } from './options.ts';

/**
 * MediaPipe's pose landmarker as an engine for `estimatePoses`: in a worker, with both hands beside it if wanted.
 *
 * ```ts
 * camera().pipe(estimatePoses(mediapipe({ model: 'lite', assets: '/pose-coach/' })))
 * ```
 *
 * Its `create` throws `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED` (no WebGL 2, no WebAssembly SIMD),
 * `ENGINE_FAILED` and `ABORTED`. Missing hands are no reason to fail: a `degraded` event tells of them.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function mediapipe(options: MediapipeOptions = {}): PoseEstimatorFactory {
  const settings = toSettings(options);
  return {
    create: async (wishes) => {
      const { hostMediapipe } = await import('./mediapipe-host.ts');
      return hostMediapipe(settings, wishes);
    },
  };
}
