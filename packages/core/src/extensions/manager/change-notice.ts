import { type Clock, Emitter, type Event } from '../../base/index.ts';

/** Tells at most once per repaint that something has changed. */
export class ChangeNotice {
  readonly #clock: Clock;
  readonly #changes = new Emitter<void>();
  #cancel: (() => void) | undefined;
  #disposed = false;

  readonly event: Event<void> = this.#changes.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mark(): void {
    if (this.#disposed || this.#cancel !== undefined) return;
    this.#cancel = this.#clock.nextFrame(() => {
      this.#cancel = undefined;
      this.#changes.fire();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#changes.dispose();
  }
}
