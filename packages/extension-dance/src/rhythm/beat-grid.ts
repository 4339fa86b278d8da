/** How much of a newly measured phase the grid takes: a few measurements a second settle within a second. */
const GAIN = 0.35;

/** Share of a beat by which a measurement may miss the grid and still be taken for the same phase. */
const SAME_PHASE = 0.2;

/** Milliseconds for which another phase must be measured before the grid jumps to it. */
const PATIENCE = 1000;

/** Share of a beat that must lie between two beats: a correction makes none come twice. */
const LEAST_INTERVAL = 0.5;

/** Where the beats of a tracked tempo lie: an anchor that follows the movement's accents, and a period. */
export class BeatGrid {
  #beat: number | undefined;
  #period = 0;
  #said = Number.NEGATIVE_INFINITY;
  #strayedAt: number | undefined;

  /** ms of media time of one beat; undefined while no phase is known. */
  get beat(): number | undefined {
    return this.#beat;
  }

  /** Moves the anchor next to `now` and changes the period from there. */
  retune(period: number, now: number): void {
    if (this.#beat !== undefined) this.#beat += Math.round((now - this.#beat) / this.#period) * this.#period;
    this.#period = period;
  }

  /**
   * Takes in where the accents of the last beats lie.
   * @param measured ms of media time of a beat
   */
  correct(measured: number, now: number): void {
    if (this.#beat === undefined) {
      this.#beat = measured;
      return;
    }
    const turns = (measured - this.#beat) / this.#period;
    const error = turns - Math.round(turns);
    if (Math.abs(error) <= SAME_PHASE) {
      this.#beat += GAIN * error * this.#period;
      this.#strayedAt = undefined;
      return;
    }
    this.#strayedAt ??= now;
    if (now - this.#strayedAt < PATIENCE) return;
    this.#beat = measured;
    this.#strayedAt = undefined;
  }

  /** In [0, 1): 0 on the beat; undefined while no phase is known. */
  phase(now: number): number | undefined {
    if (this.#beat === undefined) return undefined;
    const turns = (now - this.#beat) / this.#period;
    return turns - Math.floor(turns);
  }

  /** The newest beat up to `now`, in ms of media time, when it has not been said yet. */
  due(now: number): number | undefined {
    if (this.#beat === undefined) return undefined;
    const newest = this.#beat + Math.floor((now - this.#beat) / this.#period) * this.#period;
    if (newest - this.#said < LEAST_INTERVAL * this.#period) return undefined;
    this.#said = newest;
    return newest;
  }

  reset(): void {
    this.#beat = undefined;
    this.#said = Number.NEGATIVE_INFINITY;
    this.#strayedAt = undefined;
  }
}
