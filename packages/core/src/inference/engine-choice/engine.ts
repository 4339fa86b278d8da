import { probeGraphics } from '../mediapipe/graphics.ts';
import type { PoseEstimatorFactory } from '../pose-estimator.ts';
import { chooseEngine } from './choose-engine.ts';
import { type EngineChoiceOptions, sharedOptions } from './options.ts';
import { preferredEngine } from './preference.ts';

/**
 * The engine that suits the page, or a certain one, for `estimatePoses`. Only what is chosen is loaded; `info.why`
 * says what that is, and why not the other.
 *
 * ```ts
 * camera().pipe(estimatePoses(engine({ model: 'lite', assets: '/pose-coach/' })))
 * ```
 *
 * Its `create` throws `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED`, `ENGINE_FAILED`, `OPTION_INVALID` and
 * `ABORTED`; left to choose, only when neither engine can be had. That another was taken because the preferred one did
 * not start is told by a `degraded` event.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function engine(options: EngineChoiceOptions = {}): PoseEstimatorFactory {
  return chooseEngine(
    options,
    {
      mediapipe: async (given) => {
        const { mediapipe } = await import('../mediapipe/index.ts');
        return mediapipe({ ...sharedOptions(given), ...given.mediapipe });
      },
      onnx: async (given) => {
        const { onnx } = await import('../onnx/index.ts');
        return onnx({ ...sharedOptions(given), ...given.onnx });
      },
    },
    () =>
      preferredEngine({
        graphics: probeGraphics(),
        isolated: globalThis.crossOriginIsolated,
        cores: navigator.hardwareConcurrency,
        hands: options.hands !== undefined && options.hands !== false,
      }),
  );
}
