import { Observable, type OperatorFunction } from 'rxjs';
import { type Clock, systemClock } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import { type DisplayFrame, Interpolator, type InterpolatorOptions } from './interpolator.ts';

export interface InterpolateOptions extends InterpolatorOptions {
  /** Says when the display repaints, and the time. Default: the platform's. */
  readonly clock?: Clock;
  /**
   * Milliseconds without a result after which the last frame is emitted once more with `stale: true`, so that a
   * display can clear itself. Default: never.
   */
  readonly staleAfter?: number;
}

/**
 * Turns results (15 to 30 a second) into frames for the display, at its own rate.
 *
 * ```
 * results       ──A────────────────B──────────────────
 * repaints      ────|────|────|────|────|────|────|───
 * interpolate() ────A──────────────(AB)─B─────────────   (AB: on the way; nothing once settled)
 * ```
 * ```ts
 * frames.pipe(smooth(oneEuro()), interpolate()).subscribe(({ frame }) => draw(context, frame))
 * ```
 * After the newest result is shown nothing is emitted and no repaint is asked for until the next one; whoever
 * wants to know how old the picture has become asks `ageOf`, or sets `staleAfter`. In a hidden page nothing is
 * emitted, because nothing repaints; the first repaint afterwards shows the newest result. Every subscription has
 * a memory of its own. When the source ends, the last result is shown whole first.
 */
export function interpolate(options: InterpolateOptions = {}): OperatorFunction<PoseFrame, DisplayFrame> {
  const { clock = systemClock, staleAfter } = options;
  return (source) =>
    new Observable((subscriber) => {
      const interpolator = new Interpolator(options);
      let cancelRepaint: (() => void) | undefined;
      let cancelStale: (() => void) | undefined;
      let ended = false;
      // Stays until the next result: in a hidden page the repaint asked for comes long after the source was gone.
      let stale = false;

      const emit = () => {
        const now = clock.now();
        const shown = interpolator.at(now);
        if (shown) subscriber.next({ ...shown, age: now - shown.frame.timings.capturedAt, stale });
        return shown?.settled ?? true;
      };
      const repaint = () => {
        cancelRepaint = undefined;
        const settled = emit();
        if (subscriber.closed) return;
        if (!settled) cancelRepaint = clock.nextFrame(repaint);
        else if (ended) subscriber.complete();
      };

      const subscription = source.subscribe({
        next: (frame) => {
          interpolator.push(frame, clock.now());
          stale = false;
          cancelRepaint ??= clock.nextFrame(repaint);
          if (staleAfter === undefined) return;
          cancelStale?.();
          cancelStale = clock.delay(staleAfter, () => {
            stale = true;
            emit();
          });
        },
        error: (error) => subscriber.error(error),
        complete: () => {
          ended = true;
          if (cancelRepaint === undefined) subscriber.complete();
        },
      });
      return () => {
        subscription.unsubscribe();
        cancelRepaint?.();
        cancelStale?.();
      };
    });
}

/**
 * How old what a display shows has become: milliseconds since it was captured.
 * @param clock the one that `capturedAt` was taken from, or one that was brought in line with it
 */
export function ageOf({ frame }: DisplayFrame, clock: Clock = systemClock): number {
  return clock.now() - frame.timings.capturedAt;
}
