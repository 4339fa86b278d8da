/**
 * The newest entries of a stream for readers of different speed: each remembers how far it has read. One that
 * falls behind by more than `capacity` misses the oldest.
 */
export class Backlog<T> {
  readonly #capacity: number;
  #entries: T[] = [];
  /** How many entries came before the first one kept. */
  #gone = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The place behind the newest entry: where a reader starts that wants only what comes from now on. */
  get end(): number {
    return this.#gone + this.#entries.length;
  }

  push(entries: readonly T[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) this.#entries.push(entry);
    // Half again as many may pile up, so that the array is not copied for every entry.
    if (this.#entries.length <= this.#capacity * 1.5) return;
    const excess = this.#entries.length - this.#capacity;
    this.#entries = this.#entries.slice(excess);
    this.#gone += excess;
  }

  /** The place of the first entry that passes: where a reader starts who wants nothing before it. */
  firstPlace(passes: (entry: T) => boolean): number {
    const index = this.#entries.findIndex(passes);
    return index === -1 ? this.end : this.#gone + index;
  }

  /** What has come since `place` and is still kept, oldest first. */
  since(place: number): readonly T[] {
    if (place >= this.end) return [];
    return this.#entries.slice(Math.max(place - this.#gone, this.#entries.length - this.#capacity, 0));
  }

  clear(): void {
    this.#gone = this.end;
    this.#entries = [];
  }
}
