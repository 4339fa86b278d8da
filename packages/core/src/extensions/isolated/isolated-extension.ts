import type { TakeSummary } from '../../analysis/index.ts';
import { type Clock, type JsonValue, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
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
import { Calls } from './calls.ts';
import { Intake } from './intake.ts';
import type { IsolationLimits } from './isolation-limits.ts';
import type { PackedFrame } from './packed-frame.ts';
import { RequestDesk } from './request-desk.ts';
import { Watchdog } from './watchdog.ts';
import type { PageMessage, StartOrder } from './wire.ts';

/** Milliseconds of silence after which it is asked whether it still runs. */
const QUIET = 1000;

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
  readonly #watchdog: Watchdog;
  readonly #requests: RequestDesk;
  readonly #calls: Calls;
  readonly #intake: Intake;
  #lastHeard: number;
  #active = false;
  #failure: PoseCoachError | undefined;
  #stopping: Promise<void> | undefined;
  #ended = false;

  constructor(parts: IsolatedExtensionParts) {
    this.#parts = parts;
    const { port, clock, services, manifest } = parts;
    this.#rules = outputRules(manifest);
    this.#lastHeard = clock.now();
    this.#watchdog = new Watchdog(clock, () => this.#askIfQuiet());
    this.#calls = new Calls(clock, this.#watchdog, (message) => this.#post(message));
    this.#intake = new Intake(this.#calls, clock);
    this.#requests = new RequestDesk(services, clock, (message, transfer) => this.#post(message, transfer));
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    port.onmessageerror = () => this.#breach(new Error('it posted something that cannot be read'));
  }

  /** Since when it has owed an answer, in ms of the clock; undefined when it owes none. */
  get silentSince(): number | undefined {
    return this.#calls.owedSince;
  }

  /** Loads and activates it. @throws PoseCoachError `EXTENSION_FAILED`, and what `end` was called with */
  async start(order: StartOrder): Promise<void> {
    const { manifest, limits } = this.#parts;
    try {
      await this.#calls.make({ kind: 'start', order }, limits.activation, () =>
        this.#silent('function activate', limits.activation),
      );
      this.#active = true;
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
      const output = await this.#calls.make({ kind: 'step', input }, limits.step, () =>
        this.#silent('step of a frame', limits.step),
      );
      const checked = copyStepOutput(output, this.#rules);
      // It cannot have taken longer than it was waited for, whatever it says.
      return { ...checked, cost: Math.min(checked.cost, clock.now() - began) };
    });
  }

  finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    const { limits } = this.#parts;
    return this.#checked(async () => {
      const summaries = await this.#calls.make({ kind: 'finish' }, limits.finish, () =>
        this.#silent('summary of a take', limits.finish),
      );
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
    const tooLate = (id: number) =>
      this.#calls.giveUp(id, failed('command', `not done after ${secondsText(limits.command)}`));
    const value = await this.#calls.make(
      { kind: 'command', command, values: copies },
      limits.command,
      tooLate,
    );
    return value as JsonValue | undefined;
  }

  configure(settings: SettingValues, changed: readonly string[]): void {
    if (this.#failure === undefined) this.#post({ kind: 'configure', settings, changed });
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
    const { port, onEnd } = this.#parts;
    port.onmessage = null;
    port.onmessageerror = null;
    port.close();
    this.#requests.dispose();
    this.#watchdog.dispose();
    onEnd();
    this.#calls.endAll(error);
  }

  async #stop(): Promise<void> {
    const { manifest, services, limits } = this.#parts;
    const stopped = stoppedError(manifest.title);
    this.#failure ??= stopped;
    if (this.#ended) return;
    const tooLate = (id: number) =>
      this.#calls.giveUp(
        id,
        extensionError(manifest.title, 'function deactivate', `not done after ${secondsText(limits.stop)}`),
      );
    try {
      await this.#calls.make({ kind: 'stop' }, limits.stop, tooLate);
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

  #silent(what: string, milliseconds: number): void {
    const { manifest, onSilent } = this.#parts;
    onSilent(
      extensionError(
        manifest.title,
        what,
        `no answer within ${secondsText(milliseconds)}, so it was terminated`,
      ),
    );
  }

  /** Asks for a sign of life when there was none for a while, and nothing is under way that may take longer. */
  #askIfQuiet(): void {
    const { clock, limits } = this.#parts;
    if (!this.#active || clock.now() - this.#lastHeard < QUIET) return;
    if (this.#calls.owedSince !== undefined) return;
    this.#calls
      .make({ kind: 'ping' }, limits.heartbeat, () =>
        this.#silent('thread, which does something without end', limits.heartbeat),
      )
      .catch(() => undefined);
  }

  #receive(data: unknown): void {
    this.#lastHeard = this.#parts.clock.now();
    try {
      const message = this.#intake.read(data);
      if (message.kind === 'done') this.#calls.answered(message.id)?.resolve(message.value);
      else if (message.kind === 'failed') {
        this.#calls
          .answered(message.id)
          ?.reject(new PoseCoachError(message.fault.code, message.fault.message));
      } else if (message.kind === 'fault') this.fail(new PoseCoachError('EXTENSION_FAILED', message.message));
      else if (message.kind === 'log') this.#requests.log(message.level, message.message);
      else this.#requests.answer(message.id, message.request);
    } catch (error) {
      this.#breach(error);
    }
  }

  #breach(thrown: unknown): void {
    this.fail(extensionError(this.#parts.manifest.title, 'thread, which broke the protocol', thrown));
  }

  #post(message: PageMessage, transfer: Transferable[] = []): void {
    this.#parts.port.postMessage(message, transfer);
  }
}
