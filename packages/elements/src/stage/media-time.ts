import type { PoseFrame } from '@pose-coach/core';

/** Share of what a new frame says that is taken over: frames come unevenly, and a beat must not. */
const GAIN = 0.1;

/** Milliseconds off from which on it is another time, not an uneven one. */
const ANOTHER_TIME = 200;

/** Milliseconds without a frame after which what was known of its time is not trusted. */
const TRUSTED_FOR = 2000;

/**
 * Says when on the stage's clock a moment of media time was, or will be, seen. It learns it from the frames that are
 * shown: what happened at a frame's time is seen when that frame is, so a beat comes when the body on the overlay is
 * on it.
 */
export class MediaTime {
  /** The stage's clock minus media time, ms. */
  #offset: number | undefined;
  #epoch = 0;
  #newest = 0;
  #at = 0;

  /** @param now milliseconds on the stage's clock at which the frame is shown */
  shown({ timestamp, epoch }: PoseFrame, now: number): void {
    // A frame that is shown once more says nothing: it is the time that stands still.
    if (epoch === this.#epoch && timestamp === this.#newest) return;
    const offset = now - timestamp;
    const goesOn =
      this.#offset !== undefined && epoch === this.#epoch && Math.abs(offset - this.#offset) < ANOTHER_TIME;
    this.#offset =
      goesOn && this.#offset !== undefined ? this.#offset + GAIN * (offset - this.#offset) : offset;
    this.#epoch = epoch;
    this.#newest = timestamp;
    this.#at = now;
  }

  /** When a moment of media time is seen; undefined while no frame has told, or none for two seconds. */
  toNow(timestamp: number, now: number): number | undefined {
    return this.#offset === undefined || now - this.#at > TRUSTED_FOR ? undefined : timestamp + this.#offset;
  }

  reset(): void {
    this.#offset = undefined;
  }
}
