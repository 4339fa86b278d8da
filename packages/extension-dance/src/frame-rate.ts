import type { BodyMotion } from '@pose-coach/core/analysis';

/** What is unknown then is unknown because of this, whatever a part makes of it. */
export const TOO_FEW_FRAMES = 'There are too few frames a second to see movement.';

/** Milliseconds of `BodyMotion.delay` from which frames are few: 8 a second. Of more there is always motion. */
const FEW = 300;

/** Mean visibility of somebody who is in view: if no joint's speed is known, it is not because they are hidden. */
const IN_VIEW = 0.5;

/** Seconds, the time constant over which it is judged: a frame lost here and there is not a low rate. */
const JUDGED_OVER = 1;

/** Share of the time without any motion from which it is the rate: more often than not. */
const MOSTLY = 0.5;

/**
 * Tells whether somebody is in view and frames are too few to measure movement: fewer than six a second, with which
 * no cubic can be fitted to the longest window of `BodyMotions`.
 */
export class FrameRate {
  #time = Number.NaN;
  #share = MOSTLY;

  get isTooLow(): boolean {
    return this.#share > MOSTLY;
  }

  step({ timestamp, delay, visibility, body }: BodyMotion): void {
    const passed = (timestamp - this.#time) / 1000;
    this.#time = timestamp;
    if (delay < FEW) {
      this.#share = 0;
    } else if (passed > 0) {
      const isLost = visibility >= IN_VIEW && !body.speed.some(Number.isFinite);
      this.#share += (1 - Math.exp(-passed / JUDGED_OVER)) * ((isLost ? 1 : 0) - this.#share);
    }
  }

  /** What follows continues nothing. */
  reset(): void {
    this.#time = Number.NaN;
    this.#share = MOSTLY;
  }
}
