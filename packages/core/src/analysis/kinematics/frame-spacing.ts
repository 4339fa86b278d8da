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

/**
 * Of as many intervals, this share is not longer than the one that counts: a frame lost here and there changes nothing,
 * and a busy machine that loses every third one gets a window that still has frames enough in it nearly always. With
 * the median, of a real dance with 30 % (50 %) of its frames lost by chance 14 % (39 %) of the moments are unknown;
 * with this 4 % (10 %).
 */
const SHARE = 0.8;

/** Fits the window to how far apart a person's frames are. */
export class FrameSpacing {
  readonly #intervals = new Float64Array(INTERVALS);
  readonly #sorted = new Float64Array(INTERVALS);
  #count = 0;
  #latest = Number.NaN;

  /** Seconds from the window's centre to the newest frame. */
  delay = DELAY;

  /** @param time seconds of the newest frame */
  update(time: number): void {
    const newest = time - this.#latest;
    this.#latest = time;
    if (!(newest > 0)) return;
    this.#intervals[this.#count % INTERVALS] = newest;
    this.#count += 1;
    const known = Math.min(this.#count, INTERVALS);
    const sorted = this.#sorted.subarray(0, known);
    sorted.set(this.#intervals.subarray(0, known));
    sorted.sort();
    const interval = sorted[Math.min(known - 1, Math.floor(SHARE * known))] ?? 0;
    this.delay = Math.min(LONGEST_DELAY, Math.max(DELAY, FEWEST_INTERVALS * interval));
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
