import type { PoseEstimatorFactory } from '../pose-estimator.ts';
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
    create: async (wishes) => {
      const { hostOnnx } = await import('./onnx-host.ts');
      return hostOnnx(settings, wishes);
    },
  };
}
