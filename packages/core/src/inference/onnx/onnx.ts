import { systemClock } from '../../base/index.ts';
import { createEstimator } from '../engine/index.ts';
import type { PoseEstimatorFactory } from '../pose-estimator.ts';
import { OnnxSource } from './onnx-source.ts';
import { type OnnxOptions, toSettings } from './options.ts';

/**
 * BlazePose on ONNX Runtime as an engine for `estimatePoses`: MediaPipe's networks on WebGPU or in WebAssembly, in a
 * worker, with both hands beside the body if wanted. It needs no WebGL, and does not smooth.
 *
 * ```ts
 * camera().pipe(estimatePoses(onnx({ model: 'full', assets: '/pose-coach/' })))
 * ```
 *
 * Its `create` throws `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED` (no WebAssembly SIMD, or a backend that
 * was asked for is not to be had), `ENGINE_FAILED` and `ABORTED`. Missing hands are no reason to fail: a `degraded`
 * event tells of them.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function onnx(options: OnnxOptions = {}): PoseEstimatorFactory {
  const settings = toSettings(options);
  return {
    create: (wishes) =>
      createEstimator(
        async (engineWishes) => {
          // Loaded when used: it is the whole engine's code, as a string.
          const { default: source, runtime } = await import('virtual:onnx-worker');
          return new OnnxSource(settings, { source, runtime }, engineWishes);
        },
        settings,
        wishes,
        systemClock,
      ),
  };
}
