/** Milliseconds before the first restart. */
export const FIRST_DELAY = 500;

/** Milliseconds before the first, second and third restart: long enough to let a short trouble pass. */
const DELAYS = [FIRST_DELAY, 1000, 2000] as const;

/** Milliseconds within which the restarts are counted: what fails that often will go on failing. */
const WINDOW = 60_000;

/** Decides whether a failed extension is started again, and when. Times in ms, from whatever clock. */
export class RestartPolicy {
  #restarts: number[] = [];

  /** @returns how long to wait before the next start, in ms; undefined when it has failed too often */
  afterFailure(now: number): number | undefined {
    this.#restarts = this.#restarts.filter((time) => now - time < WINDOW);
    const delay = DELAYS[this.#restarts.length];
    if (delay !== undefined) this.#restarts.push(now + delay);
    return delay;
  }

  reset(): void {
    this.#restarts = [];
  }
}
