/** Characters of which so many may come at once, and so many more with every second. */
export class TextAllowance {
  readonly #now: () => number;
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #last: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number, most: number, perSecond: number) {
    this.#now = now;
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#last = now();
  }

  /** @returns false when there are not so many left: nothing is taken then */
  take(length: number): boolean {
    const time = this.#now();
    const grown = this.#left + ((time - this.#last) / 1000) * this.#perSecond;
    this.#left = Math.min(grown, this.#most);
    this.#last = time;
    if (length > this.#left) return false;
    this.#left -= length;
    return true;
  }
}
