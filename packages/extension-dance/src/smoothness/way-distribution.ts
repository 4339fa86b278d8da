/** Bins between the lowest and the highest value. */
const BINS = 512;

/**
 * How some measure of strokes is distributed over the way that was moved: so many metres at this value, so many at
 * that. Of fixed size, however long a take is. Values outside its range count as its ends.
 */
export class WayDistribution {
  readonly #lowest: number;
  readonly #width: number;
  readonly #ways = new Float64Array(BINS);
  #total = 0;

  constructor(lowest: number, highest: number) {
    this.#lowest = lowest;
    this.#width = (highest - lowest) / BINS;
  }

  /** Metres of way in all. */
  get way(): number {
    return this.#total;
  }

  add(value: number, way: number): void {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor((value - this.#lowest) / this.#width)));
    this.#ways[bin] = (this.#ways[bin] ?? 0) + way;
    this.#total += way;
  }

  /** Adds all of another distribution of the same range. */
  merge(other: WayDistribution): void {
    for (let bin = 0; bin < BINS; bin += 1) {
      this.#ways[bin] = (this.#ways[bin] ?? 0) + (other.#ways[bin] ?? 0);
    }
    this.#total += other.#total;
  }

  /** The value below which a share of the way lies, to a 512th of the range; NaN when there is none. */
  quantile(share: number): number {
    if (this.#total === 0) return Number.NaN;
    let below = 0;
    for (let bin = 0; bin < BINS; bin += 1) {
      const way = this.#ways[bin] ?? 0;
      // Rounding errors must not carry it past the last bin with anything in it.
      if (way > 0 && below + way >= share * this.#total * (1 - 1e-12)) {
        return this.#lowest + (bin + 0.5) * this.#width;
      }
      below += way;
    }
    return Number.NaN;
  }

  clear(): void {
    this.#ways.fill(0);
    this.#total = 0;
  }
}
