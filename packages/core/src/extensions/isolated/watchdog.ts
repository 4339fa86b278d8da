import type { Clock, Disposable } from '../../base/index.ts';

/** Milliseconds between two looks at what is under way. */
const TICK = 250;

/**
 * How late a look may be, in ms, before the time lost counts for nobody: a visible page's timers are late by more
 * only when the page or the machine stood still. Hidden pages get their timers once a second.
 */
const LATENESS = 250;
const HIDDEN_LATENESS = 1250;

interface Watched {
  /** Moved on by time that was lost. */
  start: number;
  readonly limit: number;
  /** Over the limit at the last look: what has been posted since had a chance to arrive. */
  overdue: boolean;
  readonly onOverdue: () => void;
}

/**
 * Watches over things that have to end in time. Time in which this page could not have noticed their end (it was
 * suspended, blocked by a long task, or its timers were held back) is not counted, and nothing is given up before
 * messages that had arrived meanwhile were read: two looks in a row have to find it overdue.
 */
export class Watchdog implements Disposable {
  readonly #clock: Clock;
  readonly #isHidden: () => boolean;
  readonly #watched = new Set<Watched>();
  readonly #onTick: () => void;
  #cancel: () => void;
  #last: number;
  #disposed = false;

  /**
   * @param onTick called at every look, four times a second
   * @param isHidden whether timers are held back now because nobody sees the page
   */
  constructor(clock: Clock, onTick: () => void = () => undefined, isHidden: () => boolean = isPageHidden) {
    this.#clock = clock;
    this.#isHidden = isHidden;
    this.#onTick = onTick;
    this.#last = clock.now();
    this.#cancel = clock.delay(TICK, () => this.#look());
  }

  /**
   * Calls back when this takes over `limit` milliseconds; dispose what comes back when it has ended.
   */
  watch(limit: number, onOverdue: () => void): Disposable {
    const entry: Watched = { start: this.#clock.now(), limit, overdue: false, onOverdue };
    this.#watched.add(entry);
    return { dispose: () => void this.#watched.delete(entry) };
  }

  /** Forgets everything. */
  dispose(): void {
    this.#disposed = true;
    this.#cancel();
    this.#watched.clear();
  }

  #look(): void {
    const now = this.#clock.now();
    const late = now - this.#last - TICK;
    const lost = late > (this.#isHidden() ? HIDDEN_LATENESS : LATENESS) ? late : 0;
    this.#last = now;
    this.#cancel = this.#clock.delay(TICK, () => this.#look());
    for (const entry of [...this.#watched]) {
      entry.start = Math.min(entry.start + lost, now);
      if (now - entry.start <= entry.limit) continue;
      if (entry.overdue && this.#watched.delete(entry)) entry.onOverdue();
      entry.overdue = true;
    }
    if (!this.#disposed) this.#onTick();
  }
}

function isPageHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}
