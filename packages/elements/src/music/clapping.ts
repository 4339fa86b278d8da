import type { PoseFrame } from '@pose-coach/core';
import { type ClapCalibration, calibrateClaps, handClaps } from '@pose-coach/core/music';
import { Observable } from 'rxjs';

/** How clapping goes. */
export type Clapping =
  | {
      readonly kind: 'clapping';
      /** Claps that were seen. */
      readonly seen: number;
      /** Sounds that began. */
      readonly heard: number;
    }
  | { readonly kind: 'done'; readonly calibration: ClapCalibration };

/** Claps that are asked for: eight are good to 4 ms at 30 Hz, and nobody minds them. */
export const CLAPS = 8;
/** Milliseconds of frames after which what there is has to do. */
const LONGEST = 20_000;
/** Milliseconds of frames between two looks: each goes over all of them. */
const LOOK_EVERY = 500;
/** Milliseconds without any frame after which there is none to come. */
const NO_PICTURE_AFTER = 5000;

/**
 * Watches and listens to somebody who claps, until eight claps agree or twenty seconds are over; then completes.
 * A jump of the source begins it anew.
 * @param frames shared, filtered as those that will be analysed
 * @param sounds onsets on the frames' clock; their errors are the result's
 */
export function clapping(
  frames: Observable<PoseFrame>,
  sounds: Observable<{ readonly timestamp: number }>,
): Observable<Clapping> {
  return new Observable((subscriber) => {
    let seen: PoseFrame[] = [];
    let heard: number[] = [];
    let looked = 0;
    const end = (calibration: ClapCalibration) => {
      subscriber.next({ kind: 'done', calibration });
      subscriber.complete();
    };
    const waiting = setTimeout(
      () => end({ status: 'unknown', reason: 'No picture comes. Start the camera first, then try again.' }),
      NO_PICTURE_AFTER,
    );
    subscriber.add(() => clearTimeout(waiting));
    subscriber.next({ kind: 'clapping', seen: 0, heard: 0 });
    subscriber.add(
      sounds.subscribe({
        next: ({ timestamp }) => heard.push(timestamp),
        error: (error: unknown) => subscriber.error(error),
      }),
    );
    subscriber.add(
      frames.subscribe((frame) => {
        clearTimeout(waiting);
        if (frame.epoch !== seen[0]?.epoch) {
          seen = [];
          heard = [];
          looked = frame.timestamp;
        }
        seen.push(frame);
        if (frame.timestamp - looked < LOOK_EVERY) return;
        looked = frame.timestamp;
        const calibration = calibrateClaps(seen, heard);
        const enough = calibration.status === 'ok' && calibration.claps >= CLAPS;
        if (enough || frame.timestamp - (seen[0]?.timestamp ?? 0) >= LONGEST) end(calibration);
        else subscriber.next({ kind: 'clapping', seen: handClaps(seen).length, heard: heard.length });
      }),
    );
  });
}
