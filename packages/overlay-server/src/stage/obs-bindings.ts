import type { Clock } from '@pose-coach/core';
import type { ObsBinding } from '@pose-coach/core/stage';
import type { ObsControl } from '../obs/index.ts';

/** Milliseconds between two values for one thing in OBS: five a second are read as moving, and cost OBS nothing. */
const PERIOD = 200;

/** What a binding says now: a text, or a number of a filter. */
export type BoundValue = { readonly text: string } | { readonly number: number };

/** A value on its way to OBS. */
interface Bound {
  binding: ObsBinding;
  wanted: BoundValue;
  /** As OBS has it, as JSON; undefined when it is not known. */
  sent: string | undefined;
  /** When it was sent last, ms by the clock. */
  sentAt: number;
  underway: boolean;
  /** Whether the operator was told that it does not work. */
  told: boolean;
}

export interface ObsBindingsOptions {
  readonly obs: Pick<ObsControl, 'status' | 'setText' | 'setFilterValue' | 'onDidChange'>;
  readonly clock: Clock;
  /** Tells the operator, in one line. */
  warn(line: string): void;
}

/** Hands values of metrics on to OBS: the newest, five times a second at most, and only when they have changed. */
export class ObsBindings {
  readonly #options: ObsBindingsOptions;
  readonly #bound = new Map<string, Bound>();
  readonly #listening: { dispose(): void };
  #cancelTimer: (() => void) | undefined;

  constructor(options: ObsBindingsOptions) {
    this.#options = options;
    this.#listening = options.obs.onDidChange(({ status }) => {
      // Another OBS, or the same after a restart: what it has is not known any more.
      if (status !== 'connected') for (const bound of this.#bound.values()) bound.sent = undefined;
    });
  }

  /** Whether it would do any good to work a value out. */
  get reachable(): boolean {
    return this.#options.obs.status.status === 'connected';
  }

  /**
   * @param key of the binding, the same for the same binding
   * @param value what OBS is to have
   */
  set(key: string, binding: ObsBinding, value: BoundValue): void {
    const bound = this.#bound.get(key);
    if (bound) {
      if (JSON.stringify(bound.binding) !== JSON.stringify(binding)) {
        bound.sent = undefined;
        bound.told = false;
      }
      bound.binding = binding;
      bound.wanted = value;
    } else {
      const fresh = { sent: undefined, sentAt: -Infinity, underway: false, told: false };
      this.#bound.set(key, { binding, wanted: value, ...fresh });
    }
    this.#send();
  }

  /** Forgets those that are not among `keys`: they were removed, or another scene is shown. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of [...this.#bound.keys()]) if (!keys.has(key)) this.#bound.delete(key);
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#listening.dispose();
    this.#bound.clear();
  }

  #send(): void {
    const { clock } = this.#options;
    let wait = Infinity;
    for (const bound of this.#bound.values()) {
      const value = JSON.stringify(bound.wanted);
      if (value === bound.sent || bound.underway || !this.reachable) continue;
      const rest = bound.sentAt + PERIOD - clock.now();
      if (rest > 0) {
        wait = Math.min(wait, rest);
        continue;
      }
      bound.sent = value;
      bound.sentAt = clock.now();
      bound.underway = true;
      void this.#hand(bound).finally(() => {
        bound.underway = false;
        if (this.#bound.size > 0) this.#send();
      });
    }
    if (wait === Infinity || this.#cancelTimer) return;
    this.#cancelTimer = clock.delay(wait, () => {
      this.#cancelTimer = undefined;
      this.#send();
    });
  }

  async #hand(bound: Bound): Promise<void> {
    const { obs, warn } = this.#options;
    const { binding, wanted } = bound;
    try {
      if (binding.kind === 'text' && 'text' in wanted) await obs.setText(binding.input, wanted.text);
      else if (binding.kind === 'filter' && 'number' in wanted)
        await obs.setFilterValue(binding.source, binding.filter, binding.setting, wanted.number);
      bound.told = false;
    } catch (error) {
      // Told once, and tried again with the next value: the source may be made in the meantime.
      if (bound.told || !this.reachable) return;
      bound.told = true;
      const target = binding.kind === 'text' ? binding.input : `${binding.source} / ${binding.filter}`;
      const reason = error instanceof Error ? error.message : String(error);
      warn(`OBS: “${target}” cannot follow ${binding.metric}. ${reason}`);
    }
  }
}
