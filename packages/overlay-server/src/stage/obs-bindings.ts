import type { Clock } from '@pose-coach/core';
import type { BindingValue, ObsBinding } from '@pose-coach/core/stage';
import type { ObsControl } from '../obs/index.ts';

/** Milliseconds between two values for one thing in OBS: five a second are read as moving, and cost OBS nothing. */
const PERIOD = 200;

/** A binding, and what OBS is to have of it. */
interface Bound {
  binding: ObsBinding;
  /** Undefined when it was handed on. */
  waiting: BindingValue | undefined;
  /** When a value was handed on last, ms by the clock. */
  handedAt: number;
  /** Whether the operator was told that it does not work. */
  told: boolean;
}

export interface ObsBindingsOptions {
  /** It leaves out by itself what it was told already, and of several that wait takes the newest. */
  readonly obs: Pick<ObsControl, 'status' | 'setText' | 'setFilterValue'>;
  readonly clock: Clock;
  /** Tells the operator, in one line. */
  warn(line: string): void;
}

/** Hands values of metrics on to OBS: the newest, five times a second at most. */
export class ObsBindings {
  readonly #options: ObsBindingsOptions;
  readonly #bound = new Map<string, Bound>();
  #cancelTimer: (() => void) | undefined;

  constructor(options: ObsBindingsOptions) {
    this.#options = options;
  }

  /** Whether there is an OBS to hand anything to. */
  get reachable(): boolean {
    return this.#options.obs.status.status === 'connected';
  }

  /**
   * @param key of the binding, the same for the same binding
   * @param value what OBS is to have
   */
  set(key: string, binding: ObsBinding, value: BindingValue): void {
    const bound = this.#bound.get(key) ?? { binding, waiting: value, handedAt: -Infinity, told: false };
    bound.binding = binding;
    bound.waiting = value;
    this.#bound.set(key, bound);
    this.#hand();
  }

  /** Forgets those that are not among `keys`: they were removed, or another scene is shown. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of [...this.#bound.keys()]) if (!keys.has(key)) this.#bound.delete(key);
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#bound.clear();
  }

  /** Hands on what is due, and comes back for what is not yet. */
  #hand(): void {
    const { clock } = this.#options;
    const now = clock.now();
    let wait = Infinity;
    for (const bound of this.#bound.values()) {
      const { binding, waiting } = bound;
      if (!waiting) continue;
      const rest = bound.handedAt + PERIOD - now;
      if (rest > 0) {
        wait = Math.min(wait, rest);
        continue;
      }
      bound.waiting = undefined;
      bound.handedAt = now;
      void this.#tell(bound, binding, waiting);
    }
    if (wait === Infinity || this.#cancelTimer) return;
    this.#cancelTimer = clock.delay(wait, () => {
      this.#cancelTimer = undefined;
      this.#hand();
    });
  }

  async #tell(bound: Bound, binding: ObsBinding, value: BindingValue): Promise<void> {
    const { obs, warn } = this.#options;
    if (!this.reachable) return;
    try {
      if (binding.kind === 'text' && 'text' in value) await obs.setText(binding.input, value.text);
      else if (binding.kind === 'filter' && 'number' in value)
        await obs.setFilterValue(binding.source, binding.filter, binding.setting, value.number);
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
