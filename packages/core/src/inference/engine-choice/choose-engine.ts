import { PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import { aborted } from '../assets/index.ts';
import { EventBuffer } from '../engine/index.ts';
import { optionChecks } from '../engine-options.ts';
import type { EstimatorOptions, PoseEstimator, PoseEstimatorFactory } from '../pose-estimator.ts';
import type { EngineChoiceOptions } from './options.ts';
import { ENGINE_NAMES, type EngineName, type Preference } from './preference.ts';

/** Loads an engine's code and makes its factory of the options. */
export type EngineLoaders = Readonly<
  Record<EngineName, (options: EngineChoiceOptions) => Promise<PoseEstimatorFactory>>
>;

/**
 * An engine by name, or with `auto` the preferred one and, should that not start, the other. Code and files of an
 * engine are loaded when it is tried, and nothing of one that did not start is kept.
 * @param prefer asked each time an engine is made, when the choice is left to us
 * @throws PoseCoachError `OPTION_INVALID` for an engine of another name
 */
export function chooseEngine(
  options: EngineChoiceOptions,
  loaders: EngineLoaders,
  prefer: () => Preference,
): PoseEstimatorFactory {
  const { engine = 'auto' } = options;
  optionChecks('engine').mustBe(engine, ['auto', 'mediapipe', 'onnx'], 'engine');
  const make = async (name: EngineName, wishes: EstimatorOptions): Promise<PoseEstimator> => {
    const factory = await loadCode(name, () => loaders[name](options));
    if (wishes.signal.aborted) throw aborted(wishes.signal.reason);
    return factory.create(wishes);
  };
  return {
    create: async (wishes) => {
      if (engine !== 'auto') {
        return chosen(await make(engine, wishes), `${ENGINE_NAMES[engine]}, as asked for.`);
      }
      const { first, why } = prefer();
      const second: EngineName = first === 'mediapipe' ? 'onnx' : 'mediapipe';
      const [one, other] = [ENGINE_NAMES[first], ENGINE_NAMES[second]];
      try {
        return chosen(await make(first, wishes), why);
      } catch (error) {
        const failure = toPoseCoachError(error, 'ENGINE_FAILED', `${one} did not start.`);
        if (wishes.signal.aborted || !OTHER_MAY_DO.has(failure.code)) throw error;
        const estimator = await make(second, wishes).catch((too: unknown) => {
          throw wishes.signal.aborted ? too : bothFailed(failure, other, too);
        });
        const reason = `${other}, because ${one} could not be had: ${failure.message}`;
        // Files that a site leaves out are its choice; whatever else went wrong somebody should hear of.
        const given = failure.code === 'ASSET_NOT_FOUND' ? undefined : failure;
        return chosen(estimator, reason, given && new PoseCoachError(given.code, reason, { cause: given }));
      }
    },
  };
}

/** What is wrong with one engine or its files, as opposed to the options, or to a caller who has left. */
const OTHER_MAY_DO: ReadonlySet<string> = new Set([
  'ENGINE_UNSUPPORTED',
  'ENGINE_FAILED',
  'ASSET_NOT_FOUND',
  'ASSET_INVALID',
]);

async function loadCode<T>(name: EngineName, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw toPoseCoachError(
      error,
      'ASSET_NOT_FOUND',
      `The code for ${ENGINE_NAMES[name]} could not be loaded. Check the network, and that all files of the package lie beside each other.`,
    );
  }
}

function bothFailed(first: PoseCoachError, other: string, second: unknown): PoseCoachError {
  const { message } = toPoseCoachError(second, 'ENGINE_FAILED', 'it did not start.');
  return new PoseCoachError(first.code, `${first.message} Nor could ${other} be had: ${message}`, {
    cause: first,
  });
}

/** The same estimator, saying also why it is the one, and what was given up for it. */
function chosen(estimator: PoseEstimator, reason: string, given?: PoseCoachError): PoseEstimator {
  const events = new EventBuffer();
  if (given) events.degraded(given);
  estimator.events((event) => events.fire(event));
  return {
    get info() {
      const { info } = estimator;
      return { ...info, why: `${reason} ${info.why}` };
    },
    events: events.event,
    estimate: (image, timestamp) => estimator.estimate(image, timestamp),
    reset: () => estimator.reset(),
    dispose: async () => {
      events.dispose();
      await estimator.dispose();
    },
  };
}
