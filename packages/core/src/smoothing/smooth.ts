import { map, Observable, type OperatorFunction } from 'rxjs';
import { type Clock, systemClock } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { Filter, FilterFactory } from './filter.ts';
import { PersonTracker } from './person-tracker.ts';

export interface SmoothOptions {
  /** Measures what smoothing costs. Default: the platform's. */
  readonly clock?: Clock;
}

/**
 * Follows people and then filters them; both forget when the epoch changes. The pure step under `smooth`.
 */
export function trackAndFilter(factory: FilterFactory): Filter {
  const tracker = new PersonTracker();
  const filter = factory.create();
  let epoch: number | undefined;
  const reset = () => {
    tracker.reset();
    filter.reset();
  };
  return {
    step(frame) {
      if (frame.epoch !== epoch) reset();
      epoch = frame.epoch;
      return filter.step(tracker.step(frame));
    },
    reset,
  };
}

/**
 * Gives people lasting ids and takes the jitter out of their landmarks.
 *
 * ```
 * frames    ──a0──a1──a2──b0──b1──   (epochs a and b)
 * smooth(f) ──A0──A1──A2──B0──B1──   (B0 knows nothing of A)
 * ```
 * ```ts
 * frames.pipe(smooth(oneEuro()))
 * ```
 * Every subscription has a memory of its own. What it cost is added to `timings.stages` as `smoothing`.
 */
export function smooth(
  factory: FilterFactory,
  options: SmoothOptions = {},
): OperatorFunction<PoseFrame, PoseFrame> {
  const { clock = systemClock } = options;
  return (source) =>
    new Observable((subscriber) => {
      const filter = trackAndFilter(factory);
      return source
        .pipe(
          map((raw) => {
            const started = clock.now();
            const frame = filter.step(raw);
            const stages = { ...raw.timings.stages, smoothing: clock.now() - started };
            return { ...frame, timings: { capturedAt: raw.timings.capturedAt, stages } };
          }),
        )
        .subscribe(subscriber);
    });
}
