import { Observable } from 'rxjs';
import type { PoseFrame } from '../../pose/index.ts';
import { median } from './median.ts';

/** What of a frame tells how its clock stands to the wall's. */
export type TimedFrame = Pick<PoseFrame, 'epoch' | 'timestamp' | 'timings'>;

/** Frames that are remembered: two seconds at 30 Hz, enough for a median that jitter does not move. */
const WINDOW = 61;
/**
 * How far from 1 a film's speed may seem to be and still be 1: presentation times jitter by half a refresh of the
 * screen (8 ms), which is 2 % of the half second after which the speed is asked for.
 */
const SAME_RATE = 0.03;
/** Milliseconds of frames under which their speed cannot be told from jitter; it is taken for 1 until then. */
const RATE_AFTER = 500;
/**
 * Milliseconds without a frame after which its clock is taken to stand still: half a second is a new epoch, and as
 * much again an engine may be behind.
 */
const STANDS_STILL = 1000;

/**
 * How the frames' media clock stands to the wall clock, learnt from the frames: each says when it was captured, in
 * both. A step function with a memory; forgets at a new epoch.
 */
export class FramesClock {
  readonly #captured: number[] = [];
  readonly #timestamps: number[] = [];
  #epoch: number | undefined;
  #since = Infinity;

  see({ epoch, timestamp, timings: { capturedAt } }: TimedFrame): void {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#since = capturedAt;
      this.#captured.length = 0;
      this.#timestamps.length = 0;
    }
    this.#captured.push(capturedAt);
    this.#timestamps.push(timestamp);
    if (this.#captured.length <= WINDOW) return;
    this.#captured.shift();
    this.#timestamps.shift();
  }

  /**
   * @param wallTime ms since the Unix epoch
   * @returns ms of media time; undefined before the epoch's first frame, and when no frame came for a second
   */
  mediaTime(wallTime: number): number | undefined {
    const newest = this.#captured.at(-1);
    if (newest === undefined || wallTime < this.#since || wallTime > newest + STANDS_STILL) return undefined;
    const rate = this.#rate();
    return median(
      this.#captured.map((captured, index) => (this.#timestamps[index] ?? 0) + rate * (wallTime - captured)),
    );
  }

  /** Media time that passes in a unit of wall time: a film's playback rate; 1 for a camera. */
  #rate(): number {
    const captured = this.#captured;
    const span = (captured.at(-1) ?? 0) - (captured[0] ?? 0);
    if (span < RATE_AFTER) return 1;
    // The median slope between frames half the window apart: Theil's, over pairs that are far enough apart to count.
    const half = Math.ceil(captured.length / 2);
    const slopes: number[] = [];
    for (let later = half; later < captured.length; later += 1) {
      const wall = (captured[later] ?? 0) - (captured[later - half] ?? 0);
      const media = (this.#timestamps[later] ?? 0) - (this.#timestamps[later - half] ?? 0);
      if (wall > 0) slopes.push(media / wall);
    }
    const rate = slopes.length > 0 ? median(slopes) : 1;
    return Math.abs(rate - 1) < SAME_RATE ? 1 : rate;
  }
}

export interface OnFramesClockOptions {
  /** Milliseconds by which sound is later than the picture, as `calibrateClaps` measures it. Default 0. */
  readonly delay?: number;
}

/**
 * Moves what was heard from the wall clock to the frames' media clock, as analyzers want it: beats of `musicBeats`,
 * onsets of `soundOnsets`. What was heard before the first frame, or while no frames come, is left out. Completes
 * with the sounds; an error of either is the result's.
 *
 * ```
 * sounds (wall)   ──1700000000500──1700000001000──
 * frames          0───33───66──…                      (the first captured at 1700000000000)
 * onFramesClock   ─────500────────────1000────────
 * ```
 * @param sounds with `timestamp` in ms since the Unix epoch
 * @param frames shared with whoever else takes them (a coach's are): this subscribes for itself
 */
export function onFramesClock<Sound extends { readonly timestamp: number }>(
  sounds: Observable<Sound>,
  frames: Observable<TimedFrame>,
  { delay = 0 }: OnFramesClockOptions = {},
): Observable<Sound> {
  return new Observable((subscriber) => {
    const clock = new FramesClock();
    subscriber.add(
      frames.subscribe({
        next: (frame) => clock.see(frame),
        error: (error: unknown) => subscriber.error(error),
      }),
    );
    if (subscriber.closed) return;
    subscriber.add(
      sounds.subscribe({
        next: (sound) => {
          const timestamp = clock.mediaTime(sound.timestamp - delay);
          if (timestamp !== undefined) subscriber.next({ ...sound, timestamp });
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}
