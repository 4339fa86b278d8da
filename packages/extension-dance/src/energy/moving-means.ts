import type { ChannelMeans } from './channel-means.ts';

/** Samples kept: the window of two seconds at 120 Hz; of faster sources the window is shorter. */
const CAPACITY = 256;

/**
 * Means of several channels over the last seconds, each sample weighing as long as it lasted, whatever the frame
 * rate. A sample costs the same however long the window: sums go up with what comes and down with what goes, and are
 * added up afresh each time the ring is full, so that rounding errors do not grow. Channels that are NaN are not
 * known for as long as that sample lasted.
 */
export class MovingMeans implements ChannelMeans {
  readonly #seconds: number;
  readonly #channels: number;
  /** Per sample: how long it lasted, then its channels. */
  readonly #ring: Float64Array;
  readonly #sums: Float64Array;
  readonly #known: Float64Array;
  #length = 0;
  #first = 0;
  #count = 0;

  /**
   * @param seconds how far the window reaches back
   * @param channels how many numbers a sample has
   */
  constructor(seconds: number, channels: number) {
    this.#seconds = seconds;
    this.#channels = channels;
    this.#ring = new Float64Array(CAPACITY * (channels + 1));
    this.#sums = new Float64Array(channels);
    this.#known = new Float64Array(channels);
  }

  /**
   * @param duration seconds that the sample lasted, more than 0
   * @param values of the channels; NaN where not known
   */
  push(duration: number, values: Float64Array): void {
    if (this.#count === CAPACITY) this.#drop();
    const slot = (this.#first + this.#count) % CAPACITY;
    const at = slot * (this.#channels + 1);
    this.#ring[at] = duration;
    for (let channel = 0; channel < this.#channels; channel += 1) {
      this.#ring[at + 1 + channel] = values[channel] ?? Number.NaN;
    }
    this.#count += 1;
    this.#add(at, 1);
    while (
      this.#count > 1 &&
      this.#length - (this.#ring[this.#first * (this.#channels + 1)] ?? 0) >= this.#seconds
    ) {
      this.#drop();
    }
    if (slot === CAPACITY - 1) this.#addUp();
  }

  known(channel: number): number {
    return this.#known[channel] ?? 0;
  }

  /** The mean over that time, of a channel that is never below 0; NaN when there is none. */
  mean(channel: number): number {
    const known = this.known(channel);
    // What has gone up and down again may end a rounding error below 0, where no root can be taken of it.
    return known > 0 ? Math.max(0, (this.#sums[channel] ?? 0) / known) : Number.NaN;
  }

  clear(): void {
    this.#first = 0;
    this.#count = 0;
    this.#addUp();
  }

  #drop(): void {
    this.#add(this.#first * (this.#channels + 1), -1);
    this.#first = (this.#first + 1) % CAPACITY;
    this.#count -= 1;
  }

  #add(at: number, sign: 1 | -1): void {
    const duration = sign * (this.#ring[at] ?? 0);
    this.#length += duration;
    for (let channel = 0; channel < this.#channels; channel += 1) {
      const value = this.#ring[at + 1 + channel] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      this.#sums[channel] = (this.#sums[channel] ?? 0) + duration * value;
      this.#known[channel] = (this.#known[channel] ?? 0) + duration;
    }
  }

  #addUp(): void {
    this.#length = 0;
    this.#sums.fill(0);
    this.#known.fill(0);
    for (let index = 0; index < this.#count; index += 1) {
      this.#add(((this.#first + index) % CAPACITY) * (this.#channels + 1), 1);
    }
  }
}
