import { approach } from './approach.ts';

/** A number that glides to where it should be, and is there at once when it was unknown. */
export class GlidingNumber {
  readonly #time: number;
  #value: number | undefined;

  /** @param time ms in which 63 % of the way are gone */
  constructor(time: number) {
    this.#time = time;
  }

  /**
   * @param near differences up to this are gone at once
   * @param still whether it must not glide
   */
  update(target: number | undefined, elapsed: number, near: number, still: boolean): number | undefined {
    if (target === undefined || this.#value === undefined || still) this.#value = target;
    else {
      this.#value += (target - this.#value) * approach(elapsed, this.#time);
      if (Math.abs(target - this.#value) <= near) this.#value = target;
    }
    return this.#value;
  }
}
