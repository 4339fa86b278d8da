/** Milliseconds for one painting: of the 16.7 ms between two at 60 Hz, the other parts and the page need some too. */
const PAINTING = 12;

/** Milliseconds for which every painting took longer: a single one is no news, whatever held it up. */
const LASTING = 2000;

/** Notices a part that holds up everybody, once. */
export class Slowness {
  #since: number | undefined;
  #told = false;

  /**
   * @param cost milliseconds of a painting
   * @param now milliseconds of any steady clock
   * @returns whether this is to be told now
   */
  notice(cost: number, now: number): boolean {
    if (cost <= PAINTING) {
      this.#since = undefined;
      return false;
    }
    this.#since ??= now;
    if (this.#told || now - this.#since < LASTING) return false;
    this.#told = true;
    return true;
  }
}
