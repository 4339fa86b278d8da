import { type Clock, type PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { RunningExtension } from '../host.ts';
import type { Permission } from '../manifest/manifest.ts';
import { messageOf } from '../runtime/index.ts';
import { abortable, calledOff } from './abortable.ts';

/** How an extension's code is to be started. */
export interface LaunchRequest {
  readonly granted: readonly Permission[];
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
  /** Started again after a failure: its code is the same as before. */
  readonly again: boolean;
}

/** What a run asks of the manager. */
export interface RunContext {
  readonly clock: Clock;
  /** Activates what it depends on. @throws PoseCoachError naming the one that is missing, fails or goes round in circles */
  activateDependencies(): Promise<void>;
  /** Everything it may do now, after asking whoever is to be asked. */
  grant(): Promise<readonly Permission[]>;
  /** Loads its code and activates it; `failed` is told when it breaks down later. Undefined when data is all there is. */
  launch(
    request: LaunchRequest,
    failed: (error: PoseCoachError) => void,
  ): Promise<RunningExtension | undefined>;
}

/** What a run says while it goes on. Once it was ended, it says no more. */
export interface RunNews {
  onGranted(granted: readonly Permission[]): void;
  /** @param activationTime in milliseconds, loading included */
  onActive(
    running: RunningExtension | undefined,
    granted: readonly Permission[],
    activationTime: number,
  ): void;
  /** It could not be started, or has broken down: it is to be ended. */
  onFailed(error: PoseCoachError): void;
}

/** One run of an extension's code, from its start to its end. */
export class Run {
  readonly #title: string;
  readonly #context: RunContext;
  readonly #news: RunNews;
  readonly #abort = new AbortController();
  #launched: Promise<RunningExtension | undefined> | undefined;
  #running: RunningExtension | undefined;
  #active = false;
  #over = false;
  /** What broke down before its start was through. */
  #failure: PoseCoachError | undefined;

  /** @param title of the extension, for errors */
  constructor(title: string, context: RunContext, news: RunNews) {
    this.#title = title;
    this.#context = context;
    this.#news = news;
  }

  /** The code, while it is active. */
  get running(): RunningExtension | undefined {
    return this.#running;
  }

  /**
   * @param again started again after a failure
   * @param earlier resolves when nothing is left of the run before
   * @throws PoseCoachError as what it asks of the manager does; `ABORTED` when it was ended meanwhile
   */
  async start(again: boolean, earlier: Promise<void>): Promise<void> {
    const { clock, activateDependencies, grant, launch } = this.#context;
    const { signal } = this.#abort;
    try {
      await earlier;
      await abortable(activateDependencies, signal);
      const granted = await abortable(grant, signal);
      this.#requireGoing();
      this.#news.onGranted(granted);
      const began = clock.now();
      const launched = launch({ granted, signal, again }, (error) => this.#broken(error));
      this.#launched = launched;
      const running = await abortable(() => launched, signal);
      // Between the moment that it came through and this one, it may have been ended.
      this.#requireGoing();
      if (this.#failure !== undefined) throw this.#failure;
      this.#running = running;
      this.#active = true;
      this.#news.onActive(running, granted, clock.now() - began);
    } catch (thrown) {
      const error = toPoseCoachError(
        thrown,
        'EXTENSION_FAILED',
        `"${this.#title}" could not be started: ${messageOf(thrown)}`,
      );
      this.#fail(error);
      throw error;
    }
  }

  /** Ends it in its own good time; resolves when nothing of it is left. */
  async end(): Promise<void> {
    this.#over = true;
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) {
      this.#abort.abort();
      // A start that is called off cleans up behind itself; one that came through all the same is stopped.
      const late = await this.#launched?.catch(() => undefined);
      await late?.stop();
    } else {
      await running.stop().finally(() => this.#abort.abort());
    }
  }

  #broken(error: PoseCoachError): void {
    if (this.#active) this.#fail(error);
    else this.#failure ??= error;
  }

  #fail(error: PoseCoachError): void {
    if (!this.#over) this.#news.onFailed(error);
  }

  #requireGoing(): void {
    if (this.#over) throw calledOff();
  }
}
