/** Places that are remembered: two seconds at 60 Hz. */
const CAPACITY = 128;
/** A joint that was out of sight for longer, in ms, begins a new trail. */
const LONGEST_GAP = 250;

/** Where a joint has been lately, on the stage. Remembers without making anything anew. */
export class Trail {
  readonly #x = new Float64Array(CAPACITY);
  readonly #y = new Float64Array(CAPACITY);
  readonly #at = new Float64Array(CAPACITY);
  #count = 0;
  #newest = -1;

  /** @param now in ms; not more than one place is kept for a time */
  add(x: number, y: number, now: number): void {
    const since = now - this.#time(0);
    if (this.#count > 0 && (since < 0 || since > LONGEST_GAP)) this.clear();
    if (this.#count === 0 || since > 0) {
      this.#newest = (this.#newest + 1) % CAPACITY;
      this.#count = Math.min(CAPACITY, this.#count + 1);
    }
    this.#x[this.#newest] = x;
    this.#y[this.#newest] = y;
    this.#at[this.#newest] = now;
  }

  clear(): void {
    this.#count = 0;
  }

  /**
   * The way as points at equal steps of time, the newest first: the same at any frame rate.
   * @param path written over with x, y, x, y …
   * @param duration ms from the first point to the last
   * @returns how many points there are
   */
  sample(path: Float64Array, now: number, duration: number): number {
    const wanted = path.length / 2;
    let back = 0;
    let found = 0;
    while (found < wanted) {
      const time = now - (found / (wanted - 1)) * duration;
      while (back + 1 < this.#count && this.#time(back + 1) > time) back += 1;
      if (back + 1 >= this.#count) break;
      // What was not painted for a while stands still at its newest place, and is caught up by its end.
      const share = Math.min(1, (time - this.#time(back + 1)) / (this.#time(back) - this.#time(back + 1)));
      path[found * 2] = this.#between(this.#x, back, share);
      path[found * 2 + 1] = this.#between(this.#y, back, share);
      found += 1;
    }
    return found;
  }

  /** Between the older (0) and the newer (1) of two places on a Catmull-Rom curve, as smooth at 15 Hz as at 60. */
  #between(values: Float64Array, back: number, share: number): number {
    const newer = this.#value(values, back);
    const older = this.#value(values, back + 1);
    // Beyond the newest it is taken to go straight on.
    const after = back > 0 ? this.#value(values, back - 1) : 2 * newer - older;
    const before = this.#value(values, Math.min(this.#count - 1, back + 2));
    const slope = newer - before;
    const bend = 2 * before - 5 * older + 4 * newer - after;
    const turn = 3 * (older - newer) + after - before;
    return older + 0.5 * share * (slope + share * (bend + share * turn));
  }

  #time(back: number): number {
    return this.#value(this.#at, back);
  }

  #value(values: Float64Array, back: number): number {
    return values[(this.#newest - back + 2 * CAPACITY) % CAPACITY] ?? 0;
  }
}
