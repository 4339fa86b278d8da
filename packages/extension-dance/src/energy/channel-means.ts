/** Means of several channels over some time, each known for a part of that time. */
export interface ChannelMeans {
  /** Seconds for which a channel is known. */
  known(channel: number): number;
  /** The mean over these; NaN when there are none. */
  mean(channel: number): number;
}

/** Means over everything since the beginning, or since `clear`. */
export class TotalMeans implements ChannelMeans {
  readonly #sums: Float64Array;
  readonly #known: Float64Array;

  /** @param channels how many numbers a sample has */
  constructor(channels: number) {
    this.#sums = new Float64Array(channels);
    this.#known = new Float64Array(channels);
  }

  /**
   * @param duration seconds that the sample lasted
   * @param values of the channels; NaN where not known
   */
  push(duration: number, values: Float64Array): void {
    for (let channel = 0; channel < this.#sums.length; channel += 1) {
      const value = values[channel] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      this.#sums[channel] = (this.#sums[channel] ?? 0) + duration * value;
      this.#known[channel] = (this.#known[channel] ?? 0) + duration;
    }
  }

  known(channel: number): number {
    return this.#known[channel] ?? 0;
  }

  mean(channel: number): number {
    const known = this.known(channel);
    return known > 0 ? (this.#sums[channel] ?? 0) / known : Number.NaN;
  }

  clear(): void {
    this.#sums.fill(0);
    this.#known.fill(0);
  }
}
