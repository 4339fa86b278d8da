/** Milliseconds per frame of one extension's own code: the mean and the worst since its activation. */
export class CostMeter {
  #frames = 0;
  #total = 0;
  #worst = 0;

  add(milliseconds: number): void {
    if (!(milliseconds >= 0)) return;
    this.#frames += 1;
    this.#total += milliseconds;
    this.#worst = Math.max(this.#worst, milliseconds);
  }

  /** Undefined before the first frame. */
  get cost(): { readonly mean: number; readonly worst: number } | undefined {
    if (this.#frames === 0) return undefined;
    return { mean: this.#total / this.#frames, worst: this.#worst };
  }

  reset(): void {
    this.#frames = 0;
    this.#total = 0;
    this.#worst = 0;
  }
}
