import { PoseCoachError, type PoseEstimatorFactory } from '@pose-coach/core';
import { loadCode } from '../lazy/load-code.ts';

/** What an element says about its engine. Plain data, so that two can be compared. */
export interface EngineSettings {
  readonly engine: string;
  readonly model: string;
  readonly hands: boolean;
  readonly maxPoses: number;
  /** Address of the folder that holds `models/` and `wasm/`. */
  readonly assets: string;
  /** Address of the engine's worker; undefined: it is started from a blob. */
  readonly workerUrl: string | undefined;
}

const MODELS = ['lite', 'full', 'heavy'] as const;

/** The engine that settings name; its code is loaded when it is first wanted. */
export function lazyEngine(settings: EngineSettings): PoseEstimatorFactory {
  return {
    create: async (options) => {
      if (settings.engine !== 'mediapipe') {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `There is no engine “${settings.engine}”. Set engine="mediapipe", or leave the attribute out.`,
        );
      }
      const model = MODELS.find((name) => name === settings.model);
      if (!model) {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `There is no model “${settings.model}”. Set model="lite", "full" or "heavy".`,
        );
      }
      const { hands, maxPoses, assets, workerUrl } = settings;
      const { mediapipe } = await loadCode(() => import('../lazy/engine.ts'));
      const worker = workerUrl === undefined ? {} : { workerUrl };
      return mediapipe({ model, hands, maxPoses, assets, ...worker }).create(options);
    },
  };
}
