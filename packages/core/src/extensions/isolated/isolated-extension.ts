import type { TakeSummary } from '../../analysis/index.ts';
import { type Clock, type JsonValue, type PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { SettingValues } from '../api/extension-api.ts';
import type { ExtensionServices, RunningExtension, StepInput, StepOutput } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import {
  copyStepOutput,
  copySummaries,
  extensionError,
  jsonCopy,
  type OutputRules,
  outputRules,
  stoppedError,
} from '../runtime/index.ts';
import { secondsText } from '../seconds-text.ts';
import type { IsolationLimits } from './isolation-limits.ts';
import type { PackedFrame } from './packed-frame.ts';
import type { StartOrder } from './wire.ts';
import { WorkerLine } from './worker-line.ts';

export interface IsolatedExtensionParts {
  readonly manifest: ExtensionManifest;
  readonly services: ExtensionServices;
  /** The channel to its worker. */
  readonly port: MessagePort;
  readonly clock: Clock;
  readonly limits: IsolationLimits;
  readonly pack: (frame: PoseFrame) => PackedFrame;
  /** It does not answer in time: to be judged, and then ended with `fail`. */
  readonly onSilent: (error: PoseCoachError) => void;
  /** Called once, when it is stopped or has ended. */
  readonly onEnd: () => void;
}

/**
 * An extension that runs in a worker of the frame, seen from the page. Whatever comes from there is checked; what
 * breaks the protocol, throws where nobody catches it or does not answer ends it, at once and with a reason.
 */
export class IsolatedExtension implements RunningExtension {
  readonly filters = new Map<string, never>();
  readonly estimators = new Map<string, never>();
  readonly #parts: IsolatedExtensionParts;
  readonly #rules: OutputRules;
  readonly #line: WorkerLine;
  #active = false;
  #failure: PoseCoachError | undefined;
  #stopping: Promise<void> | undefined;
  #ended = false;

  constructor(parts: IsolatedExtensionParts) {
    this.#parts = parts;
    const { port, clock, services, manifest, limits, onSilent } = parts;
    this.#rules = outputRules(manifest);
    this.#line = new WorkerLine({
      title: manifest.title,
      services,
      port,
      clock,
      heartbeat: limits.heartbeat,
      onSilent,
      onFault: (error) => this.fail(error),
    });
  }

  /** Since when it has owed an answer, in ms of the clock; undefined when it owes none. */
  get silentSince(): number | undefined {
    return this.#line.silentSince;
  }

  /** Loads and activates it. @throws PoseCoachError `EXTENSION_FAILED`, and what `end` was called with */
  async start(order: StartOrder): Promise<void> {
    const { manifest, limits } = this.#parts;
    try {
      await this.#line.call({ kind: 'start', order }, limits.activation, 'function activate');
      this.#active = true;
      this.#line.watch();
    } catch (error) {
      const failure = toPoseCoachError(error, 'EXTENSION_FAILED', `${manifest.title} could not be started.`);
      this.end(failure);
      throw failure;
    }
  }

  async step({ frame, beats, readings }: StepInput): Promise<StepOutput> {
    const { clock, limits, pack } = this.#parts;
    const input = { frame: pack(frame), beats, readings };
    return this.#checked(async () => {
      const began = clock.now();
      const output = await this.#line.call({ kind: 'step', input }, limits.step, 'step of a frame');
      const checked = copyStepOutput(output, this.#rules);
      // It cannot have taken longer than it was waited for, whatever it says.
      return { ...checked, cost: Math.min(checked.cost, clock.now() - began) };
    });
  }

  finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    const { limits } = this.#parts;
    return this.#checked(async () => {
      const summaries = await this.#line.call({ kind: 'finish' }, limits.finish, 'summary of a take');
      return copySummaries(summaries, this.#rules);
    });
  }

  async runCommand(command: string, values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    const { manifest, limits } = this.#parts;
    if (this.#failure !== undefined) throw this.#failure;
    const failed = (what: string, thrown: unknown) =>
      extensionError(manifest.title, `${what} ${command}`, thrown, 'COMMAND_FAILED');
    let copies: readonly JsonValue[];
    try {
      copies = values.map((value, index) => jsonCopy(value, `Argument ${index + 1}`));
    } catch (thrown) {
      throw failed('call of command', thrown);
    }
    // Only the command fails: it may wait for something, while the extension goes on.
    const value = await this.#line.attempt({ kind: 'command', command, values: copies }, limits.command, () =>
      failed('command', `not done after ${secondsText(limits.command)}`),
    );
    return value as JsonValue | undefined;
  }

  configure(settings: SettingValues, changed: readonly string[]): void {
    if (this.#failure === undefined) this.#line.post({ kind: 'configure', settings, changed });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends it at once and tells whoever made it, unless it is being stopped anyway. */
  fail(error: PoseCoachError): void {
    if (this.#ended) return;
    const isNews = this.#active && this.#stopping === undefined;
    this.end(error);
    if (isNews) this.#parts.services.failed(error);
  }

  /** Ends it at once, asking nobody. Every later call, and those under way, are answered with `error`. */
  end(error: PoseCoachError): void {
    this.#failure ??= error;
    if (this.#ended) return;
    this.#ended = true;
    this.#line.dispose();
    this.#parts.onEnd();
    this.#line.settle(error);
  }

  async #stop(): Promise<void> {
    const { manifest, services, limits } = this.#parts;
    const stopped = stoppedError(manifest.title);
    this.#failure ??= stopped;
    if (this.#ended) return;
    const tooLate = () =>
      extensionError(manifest.title, 'function deactivate', `not done after ${secondsText(limits.stop)}`);
    try {
      await this.#line.attempt({ kind: 'stop' }, limits.stop, tooLate);
    } catch (thrown) {
      services.log('error', toPoseCoachError(thrown, 'EXTENSION_FAILED', String(thrown)).message);
    }
    this.end(this.#failure);
  }

  /** Runs what must not fail: when it does, so has the extension, for good. */
  async #checked<T>(run: () => Promise<T>): Promise<T> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await run();
    } catch (thrown) {
      const { title } = this.#parts.manifest;
      this.#failure ??= toPoseCoachError(
        thrown,
        'EXTENSION_FAILED',
        extensionError(title, 'code', thrown).message,
      );
      throw this.#failure;
    }
  }
}
