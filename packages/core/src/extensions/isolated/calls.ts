import { type Clock, type Disposable, PoseCoachError } from '../../base/index.ts';
import type { Watchdog } from './watchdog.ts';
import type { PageMessage } from './wire.ts';

/** A message that is answered by its id. */
type Call = Extract<PageMessage, { id: number }>;
/** What is left to be said of a call by whoever makes it. */
export type CallContent = Call extends infer One ? (One extends Call ? Omit<One, 'id'> : never) : never;

/** A call that waits for its answer. */
export interface Pending {
  readonly kind: Call['kind'];
  readonly since: number;
  readonly limit: Disposable;
  resolve(value: unknown): void;
  reject(error: PoseCoachError): void;
}

/** What a worker was asked and owes an answer to. */
export class Calls {
  readonly #clock: Clock;
  readonly #watchdog: Watchdog;
  readonly #post: (message: PageMessage) => void;
  readonly #pending = new Map<number, Pending>();
  /** Calls that were given up, and may be answered yet. */
  readonly #abandoned = new Set<number>();
  #lastId = 0;

  constructor(clock: Clock, watchdog: Watchdog, post: (message: PageMessage) => void) {
    this.#clock = clock;
    this.#watchdog = watchdog;
    this.#post = post;
  }

  /** Since when it has owed an answer without a break, in ms of the clock; undefined when it owes none. */
  get owedSince(): number | undefined {
    return [...this.#pending.values()].find(mustBePrompt)?.since;
  }

  /** Whether a call of this kind waits for its answer. */
  awaits(kind: Call['kind']): boolean {
    for (const pending of this.#pending.values()) if (pending.kind === kind) return true;
    return false;
  }

  /** What kind of call this is; undefined when it does not wait (any more). */
  kindOf(id: number): Call['kind'] | undefined {
    return this.#pending.get(id)?.kind;
  }

  /**
   * Asks, and waits for the answer.
   * @param onOverdue called when there is none after so many milliseconds
   * @throws PoseCoachError `OPTION_INVALID`, and what the answer or `endAll` says
   */
  make(content: CallContent, milliseconds: number, onOverdue: (id: number) => void): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const limit = this.#watchdog.watch(milliseconds, () => onOverdue(id));
      this.#pending.set(id, { kind: content.kind, since: this.#clock.now(), limit, resolve, reject });
      try {
        this.#post({ ...content, id } as PageMessage);
      } catch (cause) {
        this.#settle(id)?.reject(
          new PoseCoachError('OPTION_INVALID', 'What was to be handed to the extension cannot be copied.', {
            cause,
          }),
        );
      }
    });
  }

  /** Waits no longer for an answer, which may come all the same. */
  giveUp(id: number, error: PoseCoachError): void {
    this.#abandoned.add(id);
    this.#settle(id)?.reject(error);
  }

  /**
   * Takes a call that has been answered off the list.
   * @returns undefined when it was given up
   * @throws Error when there was no such call
   */
  answered(id: number): Pending | undefined {
    const pending = this.#settle(id);
    if (!pending && !this.#abandoned.delete(id)) throw new Error('it answered what nobody asked');
    return pending;
  }

  /** Answers all that waits with this error. */
  endAll(error: PoseCoachError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.limit.dispose();
    return pending;
  }
}

/** Whether it is waited for without a break; a command may itself wait for something. */
function mustBePrompt({ kind }: Pending): boolean {
  return kind !== 'command';
}
