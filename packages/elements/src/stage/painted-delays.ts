/** What a page tells of how late it paints; as the message of the protocol has it. */
export interface PaintedReport {
  readonly frames: number;
  /** Milliseconds from capture to paint. */
  readonly median: number;
  readonly longest: number;
}

/** Milliseconds between two reports. */
const REPORT_EVERY = 1000;

/** Collects how old the moments are that a page paints, and sums them up once a second. */
export class PaintedDelays {
  #delays: number[] = [];
  #since: number | undefined;

  /**
   * @param delay milliseconds from capture to paint
   * @param now milliseconds on any steady clock
   * @returns a report when one is due
   */
  add(delay: number, now: number): PaintedReport | undefined {
    // The offset of two clocks is known to half a round trip: a delay just under nothing is none.
    this.#delays.push(Math.max(0, delay));
    this.#since ??= now;
    if (now - this.#since < REPORT_EVERY) return undefined;
    const sorted = this.#delays.sort((a, b) => a - b);
    const report = {
      frames: sorted.length,
      median: sorted[sorted.length >> 1] ?? 0,
      longest: sorted[sorted.length - 1] ?? 0,
    };
    this.#delays = [];
    this.#since = now;
    return report;
  }
}
