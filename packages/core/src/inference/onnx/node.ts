import { systemClock } from '../../base/index.ts';
import { createEstimator } from '../engine/index.ts';
import type { PoseEstimatorFactory } from '../pose-estimator.ts';
import { toNodeSettings } from './node/node-settings.ts';
import { NodeSource } from './node/node-source.ts';
import { type OnnxOptions, toSettings } from './options.ts';

export type { NetworkDescription } from './described-network/index.ts';
export type { OnnxBackend, OnnxModel, OnnxOptions, OnnxThresholds } from './options.ts';

/**
 * The ONNX engine in Node, for films and whatever else comes as `RawImage`: BlazePose on ONNX Runtime, with both
 * hands if wanted.
 *
 * ```ts
 * frames.pipe(estimatePoses(onnx({ model: 'full' }), { backpressure: 'lossless' }))
 * ```
 *
 * Networks are calculated on the thread that calls: the event loop stands still for each of them (one or two per
 * picture). Hands are looked for by media time, and a picture waits for them, so that the same film gives the same
 * each time. The models are those of the installed `@pose-coach/models`, or of `assets`: a folder's path, a `file:`
 * or an `http:` address.
 *
 * Its `create` throws `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED` (no ONNX Runtime is installed, or
 * something was asked for that only browsers have), `ENGINE_FAILED` and `ABORTED`. Missing hands are no reason to fail:
 * a `degraded` event tells of them.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function onnx(options: OnnxOptions = {}): PoseEstimatorFactory {
  const settings = toSettings(options);
  return {
    create: (wishes) =>
      createEstimator(
        (engineWishes) => new NodeSource(toNodeSettings(settings), engineWishes),
        settings,
        wishes,
        systemClock,
      ),
  };
}
