/** Work that may bring so many bytes. */
interface Waiting {
  readonly bytes: number;
  begin(): void;
}

/**
 * Lets work that may bring many bytes begin in the order in which it came, as soon as all that is under way then fits
 * into the memory that one extension may take from the page.
 */
export class BytesInTurn {
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  #open = 0;

  /** @param most bytes that all work under way may bring together */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param bytes the most that this work may bring */
  run<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        this.#open += bytes;
        work()
          .then(resolve, reject)
          .finally(() => {
            this.#open -= bytes;
            this.#next();
          });
      };
      this.#waiting.push({ bytes, begin });
      this.#next();
    });
  }

  /** Begins nothing more of what waits, which stays without an answer. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #next(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || this.#open + first.bytes > this.#most) return;
      this.#waiting.shift();
      first.begin();
    }
  }
}
