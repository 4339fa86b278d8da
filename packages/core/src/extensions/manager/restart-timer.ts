import type { Clock } from '../../base/index.ts';

/** Waits before a failed extension is started again, for as long as nobody thinks better of it. */
export class RestartTimer {
  readonly #clock: Clock;
  #pending: { readonly over: Promise<void>; end(): void } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the waiting is over, one way or the other; undefined when nothing is waited for. */
  get over(): Promise<void> | undefined {
    return this.#pending?.over;
  }

  start(delay: number, restart: () => void): void {
    let resolve = () => {};
    const over = new Promise<void>((done) => {
      resolve = done;
    });
    const cancelDelay = this.#clock.delay(delay, () => {
      restart();
      this.cancel();
    });
    this.#pending = {
      over,
      end: () => {
        cancelDelay();
        resolve();
      },
    };
  }

  cancel(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.end();
  }
}
