import type { TakeSummary } from '../../analysis/index.ts';
import { type JsonValue, type PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { PoseEstimatorFactory } from '../../inference/index.ts';
import type { FilterFactory } from '../../smoothing/index.ts';
import type { SettingValues } from '../api/extension-api.ts';
import type { ExtensionServices, RunningExtension, StepInput, StepOutput } from '../host.ts';
import { COMMAND_LIMIT, DEACTIVATION_LIMIT } from '../host-limits.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import {
  checkStepOutput,
  copySummaries,
  type ExtensionRuntime,
  extensionError,
  messageOf,
  type OutputRules,
  outputRules,
  stoppedError,
} from '../runtime/index.ts';
import { secondsText } from '../seconds-text.ts';
import type { TimeLimit } from './time-limit.ts';

export interface InlineExtensionParts {
  readonly manifest: ExtensionManifest;
  readonly runtime: ExtensionRuntime;
  readonly services: ExtensionServices;
  /** What is called off when it ends. */
  readonly limit: TimeLimit;
  /** Called once, when it is stopped or has ended. */
  readonly onEnd: () => void;
}

/** An extension that runs in this realm. After a failure it answers everything with that failure. */
export class InlineExtension implements RunningExtension {
  readonly #parts: InlineExtensionParts;
  readonly #runtime: ExtensionRuntime;
  readonly #rules: OutputRules;
  #failure: PoseCoachError | undefined;
  #stopping: Promise<void> | undefined;
  #ended = false;

  constructor(parts: InlineExtensionParts) {
    this.#parts = parts;
    this.#runtime = parts.runtime;
    this.#rules = outputRules(parts.manifest);
  }

  get filters(): ReadonlyMap<string, FilterFactory> {
    return this.#runtime.filters;
  }

  get estimators(): ReadonlyMap<string, PoseEstimatorFactory> {
    return this.#runtime.estimators;
  }

  step(input: StepInput): StepOutput {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return checkStepOutput(this.#runtime.step(input), this.#rules);
    } catch (thrown) {
      throw this.#fail(thrown);
    }
  }

  finish(): Readonly<Record<string, TakeSummary>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return copySummaries(this.#runtime.finish(), this.#rules);
    } catch (thrown) {
      throw this.#fail(thrown);
    }
  }

  async runCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    const { limit, manifest } = this.#parts;
    return limit.within(this.#runtime.runCommand(id, values), COMMAND_LIMIT, () =>
      extensionError(
        manifest.title,
        `command ${id}`,
        `not done after ${secondsText(COMMAND_LIMIT)}`,
        'COMMAND_FAILED',
      ),
    );
  }

  configure(settings: SettingValues, changed: readonly string[]): void {
    if (this.#failure !== undefined) return;
    try {
      this.#runtime.configure(settings, changed);
    } catch (thrown) {
      // Nobody waits for an answer to new settings: it is stopped, and then said.
      const failure = this.#fail(thrown);
      void this.stop().then(() => this.#parts.services.failed(failure));
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends it at once, asking nobody. Every later call answers with `error`. */
  end(error: PoseCoachError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure ??= error;
    this.#parts.onEnd();
    this.#parts.limit.callOff(this.#failure);
    this.#runtime.dispose();
  }

  async #stop(): Promise<void> {
    const { manifest, services, limit } = this.#parts;
    this.#failure ??= stoppedError(manifest.title);
    limit.callOff(this.#failure);
    const tooLate = () =>
      extensionError(
        manifest.title,
        'function deactivate',
        `not done after ${secondsText(DEACTIVATION_LIMIT)}`,
      );
    try {
      await limit.within(this.#runtime.stop(), DEACTIVATION_LIMIT, tooLate);
    } catch (thrown) {
      // Ended meanwhile, nobody waits for it any more; otherwise it took too long.
      if (thrown !== this.#failure) services.log('error', messageOf(thrown));
    }
    this.end(this.#failure);
  }

  /** Remembers the first failure: it is what every later call answers with. */
  #fail(thrown: unknown): PoseCoachError {
    const { title } = this.#parts.manifest;
    this.#failure ??= toPoseCoachError(
      thrown,
      'EXTENSION_FAILED',
      extensionError(title, 'code', thrown).message,
    );
    this.#parts.limit.callOff(this.#failure);
    return this.#failure;
  }
}
