import { PoseCoachError, type PoseEstimatorFactory } from '@pose-coach/core';
import { loadCode } from '../lazy/load-code.ts';
import { workerAddresses } from './worker-addresses.ts';

/** What an element says about its engine. Plain data, so that two can be compared. */
export interface EngineSettings {
  readonly engine: string;
  readonly model: string;
  readonly hands: boolean;
  readonly maxPoses: number;
  /** Address of the folder that holds `models/` and `wasm/`. */
  readonly assets: string;
  /** Address of the engine's worker, or of the folder with both engines'; undefined: they are started from blobs. */
  readonly workerUrl: string | undefined;
}

const ENGINES = ['auto', 'mediapipe', 'onnx'] as const;
const MODELS = ['lite', 'full', 'heavy'] as const;

/** The engine that settings name; its code is loaded when it is first wanted. */
export function lazyEngine(settings: EngineSettings): PoseEstimatorFactory {
  return {
    create: async (wishes) => {
      const name = ENGINES.find((one) => one === settings.engine);
      if (!name) {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `There is no engine “${settings.engine}”. Set engine="auto", "mediapipe" or "onnx", or leave the attribute out.`,
        );
      }
      const model = MODELS.find((one) => one === settings.model);
      if (!model) {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `There is no model “${settings.model}”. Set model="lite", "full" or "heavy".`,
        );
      }
      const { hands, maxPoses, assets, workerUrl } = settings;
      const { engine } = await loadCode(() => import('../lazy/engine.ts'));
      const workers = workerUrl === undefined ? {} : workerAddresses(workerUrl, name);
      return engine({ engine: name, model, hands, maxPoses, assets, ...workers }).create(wishes);
    },
  };
}
