import type { BodyMotion } from '@pose-coach/core/analysis';

/** Seconds between two places that are kept. */
const INTERVAL = 0.1;
/** Seconds that are looked at: the same as of the legs. */
const WINDOW = 3;
/** Below it nothing is said. */
const SHORTEST = 1.8;
/** Seconds between two places beyond which nobody knows what was between. */
const LONGEST_GAP = 0.5;
/** Places kept; one more than fit in the window. */
const MOST = 31;
/** Parts of the window in each of which somebody must have got on. */
const PARTS = 3;

/**
 * How somebody got on through the picture in the last three seconds. From velocities: places are in body heights from
 * the picture's corner, and a person who comes nearer and grows would seem to go there.
 */
export class Progress {
  /** Seconds, and the way of the hips since the first moment in body heights. */
  readonly #times = new Float64Array(MOST);
  readonly #x = new Float64Array(MOST);
  readonly #y = new Float64Array(MOST);
  #count = 0;
  /** Seconds, and the way up to then. */
  #time = Number.NaN;
  #wayX = 0;
  #wayY = 0;

  push({ timestamp, travel }: BodyMotion): void {
    const [x, y] = travel.velocity;
    if (!Number.isFinite(x + y)) return;
    const time = timestamp / 1000;
    const passed = time - this.#time;
    if (passed > LONGEST_GAP || passed < 0) this.reset();
    if (passed > 0 && passed <= LONGEST_GAP) {
      this.#wayX += x * passed;
      this.#wayY += y * passed;
    }
    this.#time = time;
    if (this.#count > 0 && time - (this.#times[this.#count - 1] ?? 0) < INTERVAL) return;
    let first = this.#count === MOST ? 1 : 0;
    while (first < this.#count && time - (this.#times[first] ?? 0) > WINDOW) first += 1;
    for (const values of [this.#times, this.#x, this.#y]) values.copyWithin(0, first, this.#count);
    this.#count -= first;
    this.#times[this.#count] = time;
    this.#x[this.#count] = this.#wayX;
    this.#y[this.#count] = this.#wayY;
    this.#count += 1;
  }

  reset(): void {
    this.#count = 0;
    this.#time = Number.NaN;
    this.#wayX = 0;
    this.#wayY = 0;
  }

  /**
   * Body heights per second in the direction from where they were to where they are, in that third of the time in which
   * they got on least: who goes one way is as fast in each, who goes to and fro on the spot goes back in one of them.
   * Nought as long as nobody can tell.
   */
  slowest(): number {
    const last = this.#count - 1;
    const passed = (this.#times[last] ?? 0) - (this.#times[0] ?? 0);
    if (last < PARTS || passed < SHORTEST) return 0;
    const [x, y] = this.#way(0, last);
    const length = Math.hypot(x, y);
    if (length === 0) return 0;
    let slowest = Number.POSITIVE_INFINITY;
    for (let part = 0; part < PARTS; part += 1) {
      const from = Math.round((part * last) / PARTS);
      const to = Math.round(((part + 1) * last) / PARTS);
      const [alongX, alongY] = this.#way(from, to);
      const seconds = (this.#times[to] ?? 0) - (this.#times[from] ?? 0);
      slowest = Math.min(slowest, (alongX * x + alongY * y) / length / seconds);
    }
    return slowest;
  }

  #way(from: number, to: number): readonly [x: number, y: number] {
    return [(this.#x[to] ?? 0) - (this.#x[from] ?? 0), (this.#y[to] ?? 0) - (this.#y[from] ?? 0)];
  }
}
