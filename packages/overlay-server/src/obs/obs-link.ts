import { type Clock, Emitter, type Event, PoseCoachError, toPoseCoachError } from '@pose-coach/core';
import { backoffDelay } from '@pose-coach/core/live';
import type { ObsConnected, ObsStatus } from '@pose-coach/core/stage';
import { ObsConnection } from './obs-connection.ts';
import { ObsWatch } from './obs-watch.ts';

/** Which OBS. */
export interface ObsTarget {
  readonly address: string;
  readonly password?: string;
}

export interface ObsLinkOptions {
  /**
   * Which OBS to connect to; asked before every attempt, because its settings may have changed.
   * @throws PoseCoachError when there is none for now: `OBS_UNREACHABLE`
   */
  readonly target: () => Promise<ObsTarget>;
  /** What `status` shows before `target` has said where. */
  readonly address: string;
  readonly overlayLink: () => string;
  readonly clock: Clock;
  /** Called whenever it is connected, before `status` says so. */
  readonly onConnected: (hold: ObsHold) => void;
}

/** An OBS that is connected. */
export interface ObsHold {
  readonly address: string;
  readonly connection: ObsConnection;
  readonly watch: ObsWatch;
}

/**
 * Holds on to one OBS: connects, follows it, and comes back with growing delays after it was lost or is not there
 * yet. One that refuses is not tried again.
 */
export class ObsLink {
  /** Resolves with the outcome of the first attempt. */
  readonly attempted: Promise<void>;
  readonly #options: ObsLinkOptions;
  readonly #changed = new Emitter<ObsStatus>();
  readonly #aborter = new AbortController();
  readonly #running: Promise<void>;
  #address: string;
  #status: ObsStatus;
  /** How often it was connected. */
  #connections = 0;
  #hold: ObsHold | undefined;
  #wake = () => {};

  constructor(options: ObsLinkOptions) {
    this.#options = options;
    this.#address = options.address;
    this.#status = { status: 'connecting', address: options.address };
    let attempted = () => {};
    this.attempted = new Promise((resolve) => {
      attempted = resolve;
    });
    this.#running = this.#run(attempted).finally(attempted);
  }

  get status(): ObsStatus {
    return this.#status;
  }

  get onDidChange(): Event<ObsStatus> {
    return this.#changed.event;
  }

  /** @throws PoseCoachError `OBS_UNREACHABLE` or `OBS_REFUSED`, with the words of `status`, while it is not connected */
  get hold(): ObsHold {
    if (this.#hold) return this.#hold;
    const status = this.#status;
    if (status.status === 'refused') throw new PoseCoachError('OBS_REFUSED', status.message);
    const words = status.status === 'waiting' ? status.message : 'OBS is not connected yet: try again.';
    throw new PoseCoachError('OBS_UNREACHABLE', words);
  }

  /** Lets go of OBS and tries no more; resolves when nothing of it is left. */
  async dispose(): Promise<void> {
    this.#changed.dispose();
    this.#aborter.abort();
    this.#wake();
    await this.#running;
  }

  async #run(attempted: () => void): Promise<void> {
    let failures = 0;
    for (;;) {
      const connectedBefore = this.#connections;
      const error = await this.#attempt(attempted);
      if (this.#aborter.signal.aborted) return;
      const { message } = error;
      if (error.code !== 'OBS_UNREACHABLE' && error.code !== 'OBS_FAILED') {
        this.#set({ status: 'refused', address: this.#address, message });
        return;
      }
      if (this.#connections > connectedBefore) failures = 0;
      const delay = backoffDelay(failures, Math.random());
      failures += 1;
      const retryAt = this.#options.clock.now() + delay;
      this.#set({ status: 'waiting', address: this.#address, message, retryAt });
      attempted();
      await this.#pause(delay);
      if (this.#aborter.signal.aborted) return;
    }
  }

  /** Connects, holds on until the connection is lost, and says why it was, or why there was none. */
  async #attempt(attempted: () => void): Promise<PoseCoachError> {
    const { clock, overlayLink } = this.#options;
    try {
      const { address, password } = await this.#options.target();
      if (this.#status.status === 'connecting' && address !== this.#address) {
        this.#set({ status: 'connecting', address });
      }
      this.#address = address;
      const connection = await ObsConnection.open(address, password, clock, this.#aborter.signal);
      try {
        const watch = await ObsWatch.begin(connection, overlayLink, clock);
        this.#hold = { address, connection, watch };
        this.#options.onConnected(this.#hold);
        this.#connections += 1;
        const show = (value: ObsConnected) => this.#set({ status: 'connected', address, ...value });
        watch.onDidChange(show);
        show(watch.value);
        attempted();
        return await connection.closed;
      } finally {
        this.#hold?.watch.dispose();
        this.#hold = undefined;
        connection.leave();
      }
    } catch (thrown) {
      return toPoseCoachError(thrown, 'OBS_FAILED', `OBS cannot be followed: ${String(thrown)}`);
    }
  }

  #set(status: ObsStatus): void {
    this.#status = status;
    this.#changed.fire(status);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.delay(milliseconds, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
