/** How far two quartz clocks may drift apart, as a share of the time passed. */
const DRIFT = 1e-4;
/** Milliseconds of difference after which the clocks have been set, or one has stood. */
const SET_ANEW = 500;

/**
 * How an audio context's clock stands to the wall clock. Whoever reads the two in turn reads the wall clock too late,
 * by as much as the page was busy and the sound is handled in blocks; the smallest difference ever seen is the truest.
 */
export class ContextClock {
  #difference = Infinity;
  #last = 0;

  /**
   * @param contextTime ms, `AudioContext.currentTime`
   * @param wallTime ms since the Unix epoch, read right after it
   */
  observe(contextTime: number, wallTime: number): void {
    const difference = wallTime - contextTime;
    const slack = (contextTime - this.#last) * DRIFT;
    this.#last = contextTime;
    const together = Math.abs(difference - this.#difference) < SET_ANEW;
    this.#difference = together ? Math.min(difference, this.#difference + slack) : difference;
  }

  /** The context stood: what was known of it no longer holds. */
  reset(): void {
    this.#difference = Infinity;
  }

  /** @returns ms since the Unix epoch; undefined before the first observation */
  wallTime(contextTime: number): number | undefined {
    return Number.isFinite(this.#difference) ? contextTime + this.#difference : undefined;
  }
}
