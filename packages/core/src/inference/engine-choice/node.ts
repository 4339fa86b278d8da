import { PoseCoachError } from '../../base/index.ts';
import type { PoseEstimatorFactory } from '../pose-estimator.ts';
import { chooseEngine } from './choose-engine.ts';
import { type EngineChoiceOptions, sharedOptions } from './options.ts';

export type { EngineChoiceOptions } from './options.ts';
export type { EngineName } from './preference.ts';

/**
 * The engine by the same options in Node, where there is one that runs: ONNX Runtime.
 *
 * ```ts
 * frames.pipe(estimatePoses(engine({ model: 'full' }), { backpressure: 'lossless' }))
 * ```
 *
 * Its `create` throws `ENGINE_UNSUPPORTED` when MediaPipe is asked for, and what that of `onnx` throws.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function engine(options: EngineChoiceOptions = {}): PoseEstimatorFactory {
  return chooseEngine(
    options,
    {
      mediapipe: async () => {
        throw new PoseCoachError(
          'ENGINE_UNSUPPORTED',
          'MediaPipe needs a browser; in Node the engine is "onnx".',
        );
      },
      onnx: async (given) => {
        const { onnx } = await import('../onnx/node.ts');
        return onnx({ ...sharedOptions(given), ...given.onnx });
      },
    },
    () => ({ first: 'onnx', why: 'ONNX Runtime, because MediaPipe needs a browser.' }),
  );
}
