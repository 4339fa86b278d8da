/** A value and the time at which it was read, in ms. */
export interface TimedValue {
  readonly at: number;
  readonly value: number;
}

/** Values that are kept at most: about one for each pixel of a small chart. */
const MOST = 300;

/** What a metric has read lately, in stretches between which it was not known. */
export class ValueHistory {
  readonly #stretches: TimedValue[][] = [];
  #open = false;

  /**
   * Keeps a value, or that there was none. Values that come closer together than can be seen replace each other.
   * @param duration how far back to remember, in ms
   */
  add(value: number | undefined, now: number, duration: number): void {
    this.#forget(now - duration);
    if (value === undefined) {
      this.#open = false;
      return;
    }
    const newest = this.#stretches.at(-1);
    if (!this.#open || !newest) {
      this.#stretches.push([{ at: now, value }]);
      this.#open = true;
      return;
    }
    // The end of the line goes on with time; what came a step ago before it stays.
    const before = newest.at(-2);
    if (before && now - before.at < duration / MOST) newest.pop();
    newest.push({ at: now, value });
  }

  clear(): void {
    this.#stretches.length = 0;
    this.#open = false;
  }

  /** The oldest first. */
  stretches(): readonly (readonly TimedValue[])[] {
    return this.#stretches;
  }

  /** Lowest and highest value; apart by at least 1, so that noise does not fill a chart. */
  range(): readonly [number, number] {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const stretch of this.#stretches) {
      for (const { value } of stretch) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (high < low) return [0, 1];
    const spare = Math.max(0, 1 - (high - low)) / 2;
    return [low - spare, high + spare];
  }

  /** One value older than the beginning stays, so that the line begins at the edge. */
  #forget(before: number): void {
    for (const stretch of this.#stretches) {
      let old = 0;
      while ((stretch[old + 1]?.at ?? Number.POSITIVE_INFINITY) < before) old += 1;
      if (old > 0) stretch.splice(0, old);
    }
    while ((this.#stretches[0]?.at(-1)?.at ?? Number.POSITIVE_INFINITY) < before) this.#stretches.shift();
  }
}
