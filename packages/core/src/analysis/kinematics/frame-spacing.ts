/**
 * Seconds between the window's centre and the newest frame. Short enough for live use; 24 Hz puts seven frames around
 * the centre, which is what a cubic and its residuals need.
 */
const DELAY = 0.125;

/** The weights end a little outside the newest frame, so that it counts and frames come and go without a jump. */
const HALF_WIDTH_PER_DELAY = 1.2;

/** Frames between centre and newest frame: slower sources than 20 Hz get a wider window, and less bandwidth. */
const FEWEST_INTERVALS = 2.5;

/** Seconds: about 7 Hz. Slower sources have no motion to speak of. */
const LONGEST_DELAY = 0.35;

/** Seconds that a gap may exceed the delay by: timestamps are rounded. */
const ROUNDING = 0.002;

/**
 * Half width times the frequency at which the fitted velocity has fallen to 1/√2 of the true one, for the continuous
 * window; from 15 to 120 Hz the sampled one lies within 5 % of it (calculated from the weights).
 */
const BANDWIDTH = 0.72;

const INTERVALS = 15;

/** Fits the window to how far apart a person's frames are: their median distance, which lost frames do not change. */
export class FrameSpacing {
  readonly #intervals = new Float64Array(INTERVALS);
  readonly #sorted = new Float64Array(INTERVALS);
  #count = 0;
  #latest = Number.NaN;

  /** Seconds from the window's centre to the newest frame. */
  delay = DELAY;

  /** @param time seconds of the newest frame */
  update(time: number): void {
    const interval = time - this.#latest;
    this.#latest = time;
    if (!(interval > 0)) return;
    this.#intervals[this.#count % INTERVALS] = interval;
    this.#count += 1;
    const known = Math.min(this.#count, INTERVALS);
    const sorted = this.#sorted.subarray(0, known);
    sorted.set(this.#intervals.subarray(0, known));
    sorted.sort();
    const median = sorted[known >> 1] ?? 0;
    this.delay = Math.min(LONGEST_DELAY, Math.max(DELAY, FEWEST_INTERVALS * median));
  }

  /** Seconds on either side of the centre. */
  get halfWidth(): number {
    return this.delay * HALF_WIDTH_PER_DELAY;
  }

  /** Seconds between two frames beyond which what lies between them is not known. */
  get longestGap(): number {
    return this.delay + ROUNDING;
  }

  /** Hertz up to which velocities are carried. */
  get bandwidth(): number {
    return BANDWIDTH / this.halfWidth;
  }
}
