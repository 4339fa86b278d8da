import { AnalyzerRun, type Reading } from '../../analysis/index.ts';
import { type Disposable, type JsonValue, PoseCoachError } from '../../base/index.ts';
import { RuleRun } from '../../feedback/index.ts';
import type { PoseEstimatorFactory } from '../../inference/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { FilterFactory } from '../../smoothing/index.ts';
import type { CommandHandler, PoseCoachApi, Registrar } from '../api/extension-api.ts';
import { API_VERSION, type Contributions, type ExtensionManifest } from '../manifest/manifest.ts';
import { Listeners } from './listeners.ts';
import { Registrations } from './registrations.ts';

/** What the API is made of. */
export interface ApiParts {
  readonly manifest: ExtensionManifest;
  /** Filters and engines are for those who are trusted. */
  readonly trusted: boolean;
  readonly execute: (id: string, values: readonly unknown[]) => Promise<JsonValue | undefined>;
  /** Throws when the extension has been stopped. */
  readonly requireRunning: () => void;
}

/** The API and its owner's side: what has been registered, and the events to fire. */
export interface OwnedApi {
  readonly coach: PoseCoachApi;
  readonly analyzers: Registrations<AnalyzerRun>;
  readonly rules: Registrations<RuleRun>;
  readonly commands: Registrations<CommandHandler>;
  readonly filters: Registrations<FilterFactory>;
  readonly estimators: Registrations<PoseEstimatorFactory>;
  readonly frames: Listeners<PoseFrame>;
  readonly readings: Listeners<readonly Reading[]>;
  /** Takes away what is still registered. */
  dispose(): void;
}

/** Makes what an extension gets as `coach`. It is frozen, and nothing but its own functions can be reached from it. */
export function makeApi({ manifest, trusted, execute, requireRunning }: ApiParts): OwnedApi {
  const { contributes } = manifest;
  const analyzers = new Registrations<AnalyzerRun>('analyzers', idsOf(contributes.analyzers));
  const rules = new Registrations<RuleRun>('feedback', rulesInCode(contributes));
  const commands = new Registrations<CommandHandler>('commands', idsOf(contributes.commands));
  const filters = new Registrations<FilterFactory>('filters', idsOf(contributes.filters));
  const estimators = new Registrations<PoseEstimatorFactory>('estimators', idsOf(contributes.estimators));
  const frames = new Listeners<PoseFrame>(requireRunning);
  const readings = new Listeners<readonly Reading[]>(requireRunning);

  const inputs = new Map(contributes.analyzers.map((declared) => [declared.id, declared.inputs]));
  const registrar = <T, Kept>(kept: Registrations<Kept>, make: (id: string, value: T) => Kept) => {
    const register = (id: string, value: T): Disposable => {
      requireRunning();
      return kept.add(id, () => make(id, value));
    };
    return Object.freeze<Registrar<T>>({ register });
  };
  const insidePipeline = <T extends { create: unknown }>(kept: Registrations<T>) =>
    registrar<T, T>(kept, (id, factory) => {
      if (trusted) return requireFactory(id, factory);
      throw new PoseCoachError(
        'EXTENSION_UNTRUSTED',
        `${id} would stand inside the pipeline, which is for trusted extensions only: ask the page to add ${manifest.id} as trusted.`,
      );
    });

  const coach: PoseCoachApi = {
    apiVersion: API_VERSION,
    analyzers: registrar(
      analyzers,
      (id, factory) => new AnalyzerRun(requireFactory(id, factory).create(), inputs.get(id)),
    ),
    feedback: registrar(rules, (id, factory) => new RuleRun(requireFactory(id, factory))),
    commands: Object.freeze({
      ...registrar(commands, (id, handler: CommandHandler) => {
        if (typeof handler === 'function') return handler;
        throw new PoseCoachError('OPTION_INVALID', `${id} must be registered with a function.`);
      }),
      execute: (id: string, ...values: readonly JsonValue[]) => execute(id, values),
    }),
    filters: insidePipeline(filters),
    estimators: insidePipeline(estimators),
    onFrame: frames.event,
    onReadings: readings.event,
  };
  const all = [analyzers, rules, commands, filters, estimators, frames, readings];
  return {
    coach: Object.freeze(coach),
    analyzers,
    rules,
    commands,
    filters,
    estimators,
    frames,
    readings,
    dispose: () => {
      for (const part of all) part.clear();
    },
  };
}

function idsOf(declarations: readonly { readonly id: string }[]): readonly string[] {
  return declarations.map(({ id }) => id);
}

/** The rules that code announces; one with a metric is data and runs without code. */
function rulesInCode({ feedback }: Contributions): readonly string[] {
  return idsOf(feedback.filter((declared) => !('metric' in declared)));
}

function requireFactory<T extends { create: unknown }>(id: string, factory: T): T {
  if (typeof factory === 'object' && factory !== null && typeof factory.create === 'function') return factory;
  throw new PoseCoachError('OPTION_INVALID', `${id} must be registered with a factory: { create() { … } }.`);
}
