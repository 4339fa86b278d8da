/**
 * Readings that are remembered: a second of an audio thread's reports. Long enough for one among them to have been
 * taken without delay, and short, because the context's clock falls behind whenever the sound card runs dry (tried: by
 * 170 ms on a busy machine) and what was known of it before is then wrong.
 */
const WINDOW = 10;

/**
 * How an audio context's clock stands to the wall clock. Whoever reads the two in turn reads the wall clock too late,
 * by as much as the sound is handled in blocks and the page was interrupted; the smallest difference of late is the
 * truest.
 */
export class ContextClock {
  readonly #differences: number[] = [];

  /**
   * @param contextTime ms, `AudioContext.currentTime`
   * @param wallTime ms since the Unix epoch, read right after it
   */
  observe(contextTime: number, wallTime: number): void {
    this.#differences.push(wallTime - contextTime);
    if (this.#differences.length > WINDOW) this.#differences.shift();
  }

  /** The context stood: what was known of it no longer holds. */
  reset(): void {
    this.#differences.length = 0;
  }

  /** @returns ms since the Unix epoch; undefined before the first observation */
  wallTime(contextTime: number): number | undefined {
    return this.#differences.length > 0 ? contextTime + Math.min(...this.#differences) : undefined;
  }
}
