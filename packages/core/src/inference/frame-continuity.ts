import { nextEpoch } from '../capture/index.ts';

/** Longest step in ms of media time that still counts as the same stretch (a discontinuity in DESIGN's terms). */
const LONGEST_GAP = 500;

/**
 * Follows one stream of timestamps and says to which epoch each belongs: the source's own, until time stands,
 * goes back or jumps by more than half a second; then a new one, which no other stream of this page has.
 */
export class FrameContinuity {
  #sourceEpoch: number | undefined;
  #epoch = 0;
  #timestamp = 0;

  /** The epoch of a frame, given in the order of the stream. */
  step(sourceEpoch: number, timestamp: number): number {
    const elapsed = timestamp - this.#timestamp;
    if (sourceEpoch !== this.#sourceEpoch) this.#epoch = sourceEpoch;
    else if (!(elapsed > 0 && elapsed <= LONGEST_GAP)) this.#epoch = this.#anotherEpoch();
    this.#sourceEpoch = sourceEpoch;
    this.#timestamp = timestamp;
    return this.#epoch;
  }

  /** Not the current one, which may come from a source that numbers its epochs itself. */
  #anotherEpoch(): number {
    const epoch = nextEpoch();
    return epoch === this.#epoch ? nextEpoch() : epoch;
  }
}
