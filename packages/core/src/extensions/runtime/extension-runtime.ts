import type { Reading, TakeSummary } from '../../analysis/index.ts';
import { type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { CueProposal } from '../../feedback/index.ts';
import type { PoseEstimatorFactory } from '../../inference/index.ts';
import type { FilterFactory } from '../../smoothing/index.ts';
import type { ExtensionModule, SettingValues } from '../api/extension-api.ts';
import type { ExtensionServices, RuleProposal, StepInput, StepOutput } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { READINGS_PER_STEP } from './checked-output.ts';
import { makeApi, type OwnedApi } from './coach-api.ts';
import { makeContext, type OwnedContext } from './extension-context.ts';
import { jsonCopy } from './json-copy.ts';
import { type ListedMetrics, listedMetrics } from './listed-metrics.ts';
import { extensionError, messageOf, stoppedError } from './thrown.ts';

/** Taken before any extension runs, which may replace what it finds: what it costs is not its own to say. */
const now = performance.now.bind(performance);

export interface RuntimeOptions {
  readonly manifest: ExtensionManifest;
  /** What was granted. */
  readonly permissions: readonly string[];
  /** All settings, complete. */
  readonly settings: SettingValues;
  readonly services: Omit<ExtensionServices, 'failed'>;
  /** Whether filters and engines may be registered. */
  readonly trusted: boolean;
}

/** `stopping` while `deactivate` runs: the context still answers then, frames and commands are over. */
type Phase = 'new' | 'activating' | 'active' | 'stopping' | 'stopped';

/**
 * One extension from its own side, the same in every host: builds `context` and `coach`, keeps what is registered
 * and runs it. It has neither timers nor DOM; limits of time are the host's. Errors that the extension causes come
 * as `EXTENSION_FAILED` or `COMMAND_FAILED` with what ran, what it said, and the original as cause.
 */
export class ExtensionRuntime {
  readonly #manifest: ExtensionManifest;
  readonly #services: Omit<ExtensionServices, 'failed'>;
  readonly #api: OwnedApi;
  readonly #context: OwnedContext;
  /** What each analyzer is to read, by its id. */
  readonly #listed: ReadonlyMap<string, ListedMetrics>;
  #module: ExtensionModule | undefined;
  #phase: Phase = 'new';
  #stopping: Promise<void> | undefined;

  constructor({ manifest, permissions, settings, services, trusted }: RuntimeOptions) {
    const requireRunning = () => this.#requireNotStopped();
    const execute = (id: string, values: readonly unknown[]) => this.#execute(id, values);
    this.#manifest = manifest;
    this.#services = services;
    this.#listed = listedMetrics(manifest);
    this.#api = makeApi({ manifest, trusted, execute, requireRunning });
    this.#context = makeContext({ manifest, permissions, services, settings, requireRunning });
  }

  /** Filters that are registered now; empty unless trusted. */
  get filters(): ReadonlyMap<string, FilterFactory> {
    return this.#api.filters.map;
  }

  /** Engines that are registered now; empty unless trusted. */
  get estimators(): ReadonlyMap<string, PoseEstimatorFactory> {
    return this.#api.estimators.map;
  }

  /**
   * Calls the module's `activate` and waits for it. Call it once.
   * @param module whatever was imported
   * @throws PoseCoachError `EXTENSION_FAILED`; `DISPOSED` when it was stopped meanwhile
   */
  async activate(module: unknown): Promise<void> {
    const { title } = this.#manifest;
    if (this.#phase !== 'new') throw stoppedError(title);
    this.#module = requireModule(title, module);
    this.#phase = 'activating';
    try {
      await this.#module.activate(this.#context.context, this.#api.coach);
    } catch (thrown) {
      throw extensionError(title, 'function activate', thrown);
    } finally {
      // Stopped while it was being awaited: what it has come by since then goes too.
      if (this.#ended()) this.#release();
    }
    this.#requireNotEnding();
    this.#phase = 'active';
  }

  /**
   * Runs every analyzer and then every rule that is registered at this moment; what they register in between is run
   * from the next frame on. Readings are limited in number and otherwise unchecked: see `checkStepOutput`.
   * @throws PoseCoachError `EXTENSION_FAILED`
   */
  step({ frame, beats, readings: others }: StepInput): StepOutput {
    this.#requireNotEnding();
    const { analyzers, rules, frames, readings: readingsEvent } = this.#api;
    const began = now();
    const analyzersNow = analyzers.list;
    const rulesNow = rules.list;
    if (frames.any) this.#guard('listener of onFrame', () => frames.fire(frame));
    const own: Reading[] = [];
    for (const [id, run] of analyzersNow) {
      if (analyzers.map.get(id) !== run) continue;
      try {
        append(own, run.step(frame, beats), this.#listed.get(id));
      } catch (thrown) {
        throw extensionError(this.#manifest.title, `analyzer ${id}`, thrown);
      }
    }
    const known = others.length === 0 ? own : [...others, ...own];
    const proposals: RuleProposal[] = [];
    for (const [id, run] of rulesNow) {
      if (rules.map.get(id) !== run) continue;
      const proposal = this.#guard(`rule ${id}`, () => requireProposal(run.step({ frame, readings: known })));
      if (proposal !== undefined) proposals.push({ ...proposal, rule: id });
    }
    if (readingsEvent.any && known.length > 0) {
      this.#guard('listener of onReadings', () => readingsEvent.fire(known));
    }
    return { readings: own, proposals, cost: now() - began };
  }

  /**
   * Ends the take: what every analyzer that sums up says, by its id.
   * @throws PoseCoachError `EXTENSION_FAILED`
   */
  finish(): Readonly<Record<string, TakeSummary>> {
    this.#requireNotEnding();
    const summaries: [id: string, summary: TakeSummary][] = [];
    for (const [id, run] of this.#api.analyzers.list) {
      const summary = this.#guard(`analyzer ${id}`, () => {
        const said = run.finish();
        this.#listed.get(id)?.require(said?.readings);
        return said;
      });
      if (summary !== undefined) summaries.push([id, summary]);
    }
    for (const [id, run] of this.#api.rules.list) this.#guard(`rule ${id}`, () => run.reset());
    return Object.fromEntries(summaries);
  }

  /**
   * Runs a command that is registered here. Arguments and result are copied.
   * @throws PoseCoachError `COMMAND_NOT_FOUND`, `COMMAND_FAILED`; `DISPOSED`
   */
  async runCommand(id: string, values: readonly unknown[]): Promise<JsonValue | undefined> {
    this.#requireNotEnding();
    const handler = this.#api.commands.map.get(id);
    if (handler === undefined) {
      throw new PoseCoachError(
        'COMMAND_NOT_FOUND',
        `${this.#manifest.title} has registered no command ${id}: check the id, and whether its activation registers it.`,
      );
    }
    const own = this.#ownValues(id, values);
    try {
      const result: unknown = await handler(...own);
      return result === undefined ? undefined : jsonCopy(result, `The result of ${id}`);
    } catch (thrown) {
      throw extensionError(this.#manifest.title, `command ${id}`, thrown, 'COMMAND_FAILED');
    }
  }

  /**
   * New settings, complete, and the ids of those that changed.
   * @throws PoseCoachError `EXTENSION_FAILED` when a listener throws
   */
  configure(settings: SettingValues, changed: readonly string[]): void {
    this.#requireNotEnding();
    this.#guard('listener of configuration.onDidChange', () => this.#context.configure(settings, changed));
  }

  /**
   * Calls `deactivate`, if it was activated, waits for it and releases everything. Never rejects: what goes wrong is
   * logged. Waits as long as the extension does; a host that has waited enough calls `dispose`.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Releases everything at once, asking nobody. Calling it twice does nothing. */
  dispose(): void {
    if (this.#phase === 'stopped') return;
    // Whoever is disposed may still log and save.
    this.#phase = 'stopping';
    this.#release();
    this.#phase = 'stopped';
  }

  async #stop(): Promise<void> {
    const wasActive = this.#phase === 'active';
    if (!wasActive) return this.dispose();
    this.#phase = 'stopping';
    try {
      await this.#module?.deactivate?.();
    } catch (thrown) {
      // After the end nobody listens: the host has said already that it took too long.
      if (!this.#ended()) this.#logFault('function deactivate', thrown);
    }
    this.dispose();
  }

  #release(): void {
    for (const thrown of this.#context.dispose()) this.#logFault('disposal of a subscription', thrown);
    this.#api.dispose();
  }

  #logFault(what: string, thrown: unknown): void {
    this.#services.log('error', `The ${what} failed: ${messageOf(thrown)}`);
  }

  async #execute(id: string, values: readonly unknown[]): Promise<JsonValue | undefined> {
    this.#requireNotStopped();
    // One's own commands are no business of the outside, which could only ask back.
    if (String(id).startsWith(`${this.#manifest.prefix}.`)) return this.runCommand(id, values);
    return this.#services.executeCommand(String(id), this.#ownValues(id, values));
  }

  /** Copies of a command's arguments. */
  #ownValues(id: string, values: readonly unknown[]): readonly JsonValue[] {
    try {
      return values.map((value, index) => jsonCopy(value, `Argument ${index + 1}`));
    } catch (thrown) {
      throw extensionError(this.#manifest.title, `call of command ${id}`, thrown, 'COMMAND_FAILED');
    }
  }

  #guard<T>(what: string, run: () => T): T {
    try {
      return run();
    } catch (thrown) {
      throw extensionError(this.#manifest.title, what, thrown);
    }
  }

  #ended(): boolean {
    return this.#phase === 'stopped';
  }

  #requireNotStopped(): void {
    if (this.#phase === 'stopped') throw stoppedError(this.#manifest.title);
  }

  #requireNotEnding(): void {
    if (this.#phase === 'stopping' || this.#phase === 'stopped') throw stoppedError(this.#manifest.title);
  }
}

function requireModule(title: string, module: unknown): ExtensionModule {
  const isModule = (value: unknown): value is ExtensionModule =>
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'activate') === 'function';
  if (isModule(module)) return module;
  throw new PoseCoachError(
    'EXTENSION_FAILED',
    `${title} is no extension: the module that its manifest names as main must export a function activate.`,
  );
}

/** Adds what an analyzer has read; it is foreign code and may give anything. */
function append(readings: Reading[], found: readonly Reading[], listed: ListedMetrics | undefined): void {
  if (!Array.isArray(found)) throw new TypeError('step must return a list of readings, empty for none');
  if (readings.length + found.length > READINGS_PER_STEP) {
    throw new RangeError(
      `${readings.length + found.length} readings in one step, of ${READINGS_PER_STEP} at most`,
    );
  }
  listed?.require(found);
  for (const reading of found) readings.push(reading);
}

function requireProposal(proposal: CueProposal | undefined): CueProposal | undefined {
  if (proposal === undefined || (typeof proposal === 'object' && proposal !== null)) return proposal;
  throw new TypeError('step must return what to say, or undefined for nothing');
}
