import type { Disposable, Event } from '../../base/index.ts';

/**
 * The listeners of an event that extensions subscribe to. Unlike those of an `Emitter`, what a listener throws is the
 * extension's fault and goes to whoever fires.
 */
export class Listeners<T> {
  #entries: readonly { readonly listener: (value: T) => void }[] = [];

  /** @param check throws when there is to be no subscribing any more */
  constructor(check: () => void) {
    this.event = (listener) => {
      check();
      if (typeof listener !== 'function') throw new TypeError('A listener must be a function.');
      const entry = { listener };
      this.#entries = [...this.#entries, entry];
      const registration: Disposable = {
        dispose: () => {
          this.#entries = this.#entries.filter((other) => other !== entry);
        },
      };
      return Object.freeze(registration);
    };
  }

  readonly event: Event<T>;

  /** Whether anybody listens. */
  get any(): boolean {
    return this.#entries.length > 0;
  }

  /** Calls every listener there is now; what the first of them throws is thrown. */
  fire(value: T): void {
    for (const { listener } of this.#entries) listener(value);
  }

  clear(): void {
    this.#entries = [];
  }
}
