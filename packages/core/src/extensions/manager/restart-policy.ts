/** Milliseconds before the first restart. */
export const FIRST_DELAY = 500;

/** Milliseconds before the first, second and third restart: long enough to let a short trouble pass. */
const DELAYS = [FIRST_DELAY, 1000, 2000] as const;

/** Milliseconds without a failure after which it has recovered: restarts are counted from one again. */
const QUIET = 60_000;

/** Decides whether a failed extension is started again, and when. Times in ms, from whatever clock. */
export class RestartPolicy {
  #restarts = 0;
  #lastFailure = Number.NEGATIVE_INFINITY;

  /** @returns how long to wait before the next start, in ms; undefined when it has failed too often */
  afterFailure(now: number): number | undefined {
    if (now - this.#lastFailure >= QUIET) this.reset();
    this.#lastFailure = now;
    const delay = DELAYS[this.#restarts];
    this.#restarts += 1;
    return delay;
  }

  reset(): void {
    this.#restarts = 0;
  }
}
