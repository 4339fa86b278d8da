/** Something that holds a resource or a registration until it is disposed; disposing twice does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes to something that happens; the returned `Disposable` ends the subscription. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The owner's side of an `Event<T>`: `fire` tells every listener, `dispose` forgets them all. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper per call, so that one function subscribed twice is told twice and disposed separately.
    const entry = (value: T) => listener(value);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** Calls every listener; one that throws does not keep the others from hearing, its error is reported. */
  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Reports an error the way the platform reports an uncaught one, without interrupting the caller. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
