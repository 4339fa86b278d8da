import { Observable } from 'rxjs';
import { type Clock, systemClock } from '../../base/index.ts';

/** What of a media element tells its time. */
export type TimedElement = Pick<
  HTMLMediaElement,
  'currentTime' | 'playbackRate' | 'paused' | 'seeking' | 'addEventListener' | 'removeEventListener'
>;

export interface OnElementClockOptions {
  /** Milliseconds by which sound is later than the picture, as `calibrateClaps` measures it. Default 0. */
  readonly delay?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** After each of these, what was heard before has another place in the film, or none. */
const BREAKS = ['play', 'playing', 'pause', 'waiting', 'seeking', 'seeked', 'ratechange', 'emptied'] as const;

/**
 * Moves what was heard of a playing film or song from the wall clock to its media time: the clock of
 * `videoElement`'s frames. Playing at another speed, seeking and pausing are followed; what was heard before the
 * last of them, and is told only now, is left out.
 * @param sounds with `timestamp` in ms since the Unix epoch, told soon after they were heard (half a second)
 */
export function onElementClock<Sound extends { readonly timestamp: number }>(
  sounds: Observable<Sound>,
  element: TimedElement,
  { delay = 0, clock = systemClock }: OnElementClockOptions = {},
): Observable<Sound> {
  return new Observable((subscriber) => {
    let since = -Infinity;
    const breakOff = () => {
      since = clock.now();
    };
    for (const name of BREAKS) element.addEventListener(name, breakOff);
    subscriber.add(() => {
      for (const name of BREAKS) element.removeEventListener(name, breakOff);
    });
    subscriber.add(
      sounds.subscribe({
        next: (sound) => {
          if (element.paused || element.seeking || sound.timestamp < since) return;
          const ago = clock.now() - (sound.timestamp - delay);
          subscriber.next({ ...sound, timestamp: element.currentTime * 1000 - ago * element.playbackRate });
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}
