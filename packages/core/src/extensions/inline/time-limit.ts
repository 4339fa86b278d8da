import type { Clock } from '../../base/index.ts';

/** Waits for what may take long, or for ever, no longer than it may take; leaves no timer behind. */
export class TimeLimit {
  readonly #clock: Clock;
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Settles as `work` does, or rejects when it has not settled after `milliseconds` or is called off. */
  within<T>(work: Promise<T>, milliseconds: number, tooLate: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.delay(milliseconds, () => callOff(tooLate()));
      const forget = () => {
        cancel();
        this.#waiting.delete(callOff);
      };
      const callOff = (error: Error) => {
        forget();
        reject(error);
      };
      this.#waiting.add(callOff);
      work.then(resolve, reject).finally(forget);
    });
  }

  /** Rejects at once all that is being waited for. */
  callOff(error: Error): void {
    for (const callOff of [...this.#waiting]) callOff(error);
  }
}
