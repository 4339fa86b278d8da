import { PoseCoachError } from '../../base/index.ts';
import type { ExtensionState, ExtensionStatus } from '../extensions.ts';
import type { LogLevel, RunningExtension } from '../host.ts';
import type { ExtensionManifest, ManifestFault, Permission } from '../manifest/manifest.ts';
import { CostMeter } from './cost-meter.ts';
import { DependencyError } from './dependencies.ts';
import { ExtensionLog } from './extension-log.ts';
import type { Identity } from './identity.ts';
import { refused } from './permissions.ts';
import { FIRST_DELAY, RestartPolicy } from './restart-policy.ts';
import { RestartTimer } from './restart-timer.ts';
import { Run, type RunContext } from './run.ts';

/** Failures that come again however often one tries: starting again is left to a person. */
const LASTING: readonly string[] = ['EXTENSION_UNTRUSTED', 'EXTENSION_UNAVAILABLE'];

/** What a managed extension asks of the manager. */
export interface ManagedContext extends RunContext {
  /** It is active; `running` is undefined when data is all there is. */
  onStarted(running: RunningExtension | undefined, granted: readonly Permission[]): void;
  /** Its code is being stopped: nothing more is to be asked of it. */
  onEnded(): void;
  /** It has failed too often and was switched off. */
  onGivenUp(): void;
  /** Its status is another one now. */
  onChange(): void;
}

/** Life of one extension with a sound manifest: switched on and off, activated, failed, started again. */
export class ManagedExtension {
  readonly manifest: ExtensionManifest;
  readonly trust: 'trusted' | 'isolated';
  readonly source: string;
  readonly #warnings: readonly ManifestFault[];
  readonly #context: ManagedContext;
  readonly #log = new ExtensionLog();
  readonly #cost = new CostMeter();
  readonly #policy = new RestartPolicy();
  #state: ExtensionState = 'disabled';
  #granted: readonly Permission[];
  #unanswered: readonly Permission[];
  #activationTime: number | undefined;
  #restarts = 0;
  #lastError: PoseCoachError | undefined;
  /** Failed because of another extension: it is tried again when that comes back. */
  #blocked = false;
  #run: Run | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void>;
  readonly #restart: RestartTimer;
  #snapshot: ExtensionStatus | undefined;

  constructor(
    facts: Identity & {
      readonly warnings: readonly ManifestFault[];
      readonly enabled: boolean;
      readonly granted: readonly Permission[];
      readonly unanswered: readonly Permission[];
      /** Resolves when nothing is left of the one that was here before under the same name. */
      readonly earlier: Promise<void> | undefined;
    },
    context: ManagedContext,
  ) {
    this.manifest = facts.manifest;
    this.trust = facts.trust;
    this.source = facts.source;
    this.#warnings = facts.warnings;
    this.#granted = facts.granted;
    this.#unanswered = facts.unanswered;
    this.#stopping = facts.earlier ?? Promise.resolve();
    this.#context = context;
    this.#restart = new RestartTimer(context.clock);
    if (facts.enabled) this.#state = 'registered';
  }

  get id(): string {
    return this.manifest.id;
  }

  get state(): ExtensionState {
    return this.#state;
  }

  get enabled(): boolean {
    return this.#state !== 'disabled';
  }

  get running(): RunningExtension | undefined {
    return this.#run?.running;
  }

  get lastError(): PoseCoachError | undefined {
    return this.#lastError;
  }

  get status(): ExtensionStatus {
    const { id, title, version, description } = this.manifest;
    this.#snapshot ??= {
      id,
      title,
      version,
      description,
      trust: this.trust,
      source: this.source,
      state: this.#state,
      enabled: this.enabled,
      manifest: this.manifest,
      faults: [],
      warnings: this.#warnings,
      granted: this.#granted,
      unanswered: this.#unanswered,
      activationTime: this.#activationTime,
      cost: this.#cost.cost,
      restarts: this.#restarts,
      lastError: this.#lastError,
      log: this.#log.entries,
    };
    return this.#snapshot;
  }

  /**
   * Runs its code, once however often this is called.
   * @throws PoseCoachError `EXTENSION_FAILED`, `EXTENSION_UNTRUSTED`, `EXTENSION_UNAVAILABLE`, `ABORTED`
   */
  async activate(): Promise<void> {
    if (this.#state === 'active') return;
    if (this.#state === 'disabled')
      throw new PoseCoachError(
        'EXTENSION_UNAVAILABLE',
        `"${this.manifest.title}" is switched off. Switch it on first.`,
      );
    if (this.#state === 'failed')
      throw this.#lastError ?? new PoseCoachError('EXTENSION_FAILED', `"${this.manifest.title}" has failed.`);
    await this.#start();
  }

  /** Resolves when it is neither starting nor about to be started again. */
  async settled(): Promise<void> {
    for (;;) {
      if (this.#starting !== undefined) await this.#starting.catch(() => undefined);
      else if (this.#restart.over !== undefined) await this.#restart.over;
      else return;
    }
  }

  /** Makes it ready to be activated, with a clean slate when it has failed. */
  switchOn(): void {
    if (this.#state !== 'disabled' && this.#state !== 'failed') return;
    this.#restart.cancel();
    this.#policy.reset();
    this.#restarts = 0;
    this.#lastError = undefined;
    this.#setState('registered');
  }

  /** Ends its code, in its own good time; resolves when nothing is left. */
  async switchOff(): Promise<void> {
    this.#restart.cancel();
    this.#end();
    this.#setState('disabled');
    await this.#stopping;
  }

  /** What was granted is taken back: ends its code. It is ready to be activated again, and to be granted other things. */
  async recall(granted: readonly Permission[], unanswered: readonly Permission[]): Promise<void> {
    this.#granted = granted;
    this.#unanswered = unanswered;
    this.#end();
    if (this.#state === 'active' || this.#state === 'activating') this.#setState('registered');
    else this.#changed();
    await this.#stopping;
  }

  /** Another extension that it needs is gone: ends its code until that comes back. */
  async block(error: PoseCoachError): Promise<void> {
    if (this.#state === 'disabled') return;
    this.#restart.cancel();
    this.#end();
    this.#lastError = error;
    this.#setState('failed');
    this.#blocked = true;
    await this.#stopping;
  }

  /** What it needs may have come back. */
  unblock(): void {
    if (!this.#blocked || this.#state !== 'failed') return;
    this.#lastError = undefined;
    this.#setState('registered');
  }

  /** What it cannot do from the beginning, found before it was ever started. */
  refuse(error: PoseCoachError): void {
    if (this.#state === 'registered') this.#recordFailure(error, 'failed');
  }

  /** Its code has broken down: it is stopped, and started again a little later unless that was tried too often. */
  fail(error: PoseCoachError): void {
    if (this.#run === undefined) return;
    this.#end();
    if (error instanceof DependencyError) {
      this.#recordFailure(error, 'failed');
      this.#blocked = true;
      return;
    }
    if (LASTING.includes(error.code)) {
      this.#recordFailure(error, 'failed');
      return;
    }
    // What went down with another one's process has done nothing wrong: that is not counted.
    const innocent = error.code === 'ABORTED';
    const delay = innocent ? FIRST_DELAY : this.#policy.afterFailure(this.#context.clock.now());
    if (delay === undefined) {
      const last = new PoseCoachError(
        'EXTENSION_FAILED',
        `"${this.manifest.title}" was switched off: it failed again after ${this.#restarts} restarts. Switch it on to try once more. Last failure: ${error.message}`,
        { cause: error },
      );
      this.#recordFailure(last, 'disabled');
      this.#context.onGivenUp();
      return;
    }
    this.#recordFailure(error, 'failed');
    this.#restart.start(delay, () => {
      this.#restarts += 1;
      // How it goes is in its status, and a failure is dealt with there.
      this.#start().catch(() => undefined);
    });
  }

  /** Somebody has granted or refused all that it asks for. */
  answered(): void {
    this.#unanswered = [];
    this.#changed();
  }

  addCost(milliseconds: number): void {
    this.#cost.add(milliseconds);
    // Not announced: it is another one with every frame. Whoever looks gets the newest.
    this.#snapshot = undefined;
  }

  log(level: LogLevel, message: string): void {
    this.#log.add(this.#context.clock.now(), level, message);
    this.#changed();
  }

  #start(): Promise<void> {
    if (this.#starting !== undefined) return this.#starting;
    const run = new Run(this.manifest.title, this.#context, {
      onGranted: (granted) => {
        this.#granted = granted;
        const missing = refused(this.manifest, granted);
        if (missing.length > 0) this.log('warn', `Not granted: ${missing.join(', ')}.`);
      },
      onActive: (running, granted, activationTime) => {
        this.#activationTime = activationTime;
        this.#cost.reset();
        this.#setState('active');
        this.#context.onStarted(running, granted);
      },
      onFailed: (error) => this.fail(error),
    });
    this.#run = run;
    this.#setState('activating');
    const starting = run.start(this.#restarts > 0, this.#stopping).finally(() => {
      if (this.#starting === starting) this.#starting = undefined;
    });
    this.#starting = starting;
    return starting;
  }

  /** Ends the run that there is; `#stopping` resolves when nothing of it is left. */
  #end(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    this.#starting = undefined;
    this.#stopping = Promise.all([this.#stopping, run.end()]).then(() => undefined);
    this.#context.onEnded();
  }

  #recordFailure(error: PoseCoachError, state: 'failed' | 'disabled'): void {
    this.#lastError = error;
    this.#log.add(this.#context.clock.now(), 'error', error.message);
    this.#setState(state);
  }

  #setState(state: ExtensionState): void {
    this.#state = state;
    this.#blocked = false;
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = undefined;
    this.#context.onChange();
  }
}
