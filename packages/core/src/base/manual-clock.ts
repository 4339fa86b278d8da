import type { Clock } from './clock.ts';

/**
 * A clock for tests that moves only when it is told to: timers fire in the order of their times, repaints on the
 * grid of a display's refreshes.
 */
export class ManualClock implements Clock {
  #now: number;
  readonly #refresh: number;
  readonly #pending = new Set<{ readonly time: number; readonly callback: () => void }>();

  /**
   * @param start ms since the Unix epoch
   * @param refresh ms between two repaints; they happen at multiples of it
   */
  constructor(start = 0, refresh = 1000 / 60) {
    this.#now = start;
    this.#refresh = refresh;
  }

  /** How many timers and repaints are being waited for. */
  get pending(): number {
    return this.#pending.size;
  }

  now(): number {
    return this.#now;
  }

  delay(milliseconds: number, callback: () => void): () => void {
    return this.#schedule(this.#now + Math.max(milliseconds, 0), callback);
  }

  nextFrame(callback: () => void): () => void {
    // The tiny addition keeps a repaint that just happened from being the next one again.
    return this.#schedule((Math.floor(this.#now / this.#refresh + 1e-6) + 1) * this.#refresh, callback);
  }

  /** Lets time pass, firing what falls due on the way at its own moment. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#pending].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time)[0];
      if (due === undefined) break;
      this.#pending.delete(due);
      this.#now = Math.max(this.#now, due.time);
      due.callback();
    }
    this.#now = end;
  }

  #schedule(time: number, callback: () => void): () => void {
    const entry = { time, callback };
    this.#pending.add(entry);
    return () => void this.#pending.delete(entry);
  }
}
