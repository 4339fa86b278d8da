import type { PoseFrame } from '@pose-coach/core';

/** Ms of frames without anybody after which it is worth saying: long enough for a turn out of the picture. */
const NOBODY_AFTER = 2500;

/** Notices when nobody has been in view for a while. */
export class NobodyWatch {
  #since: { readonly epoch: number; readonly timestamp: number } | undefined;

  /** Takes the next frame; says whether nobody has been there for long. */
  see(frame: PoseFrame): boolean {
    if (frame.poses.length > 0) this.#since = undefined;
    else if (this.#since?.epoch !== frame.epoch) this.#since = frame;
    return this.#since !== undefined && frame.timestamp - this.#since.timestamp > NOBODY_AFTER;
  }
}
