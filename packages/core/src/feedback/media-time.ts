/**
 * Milliseconds by which two media times may differ and still be the same: times are sums and quotients of frame
 * rates, so that ten seconds may come out a hair short of it. Far below the distance of two frames.
 */
const ROUNDING = 0.001;

/** Milliseconds in a second. */
export const SECOND = 1000;

/** Whether `duration` ms have passed from `start` to `now`, both in ms of media time. */
export function hasPassed(duration: number, start: number, now: number): boolean {
  return now - start >= duration - ROUNDING;
}

/** Whether it has lasted for more than `duration` ms, from `start` to `now`, both in ms of media time. */
export function isLongerThan(duration: number, start: number, now: number): boolean {
  return now - start > duration + ROUNDING;
}
