import type { Clock } from '../../base/index.ts';

/** Settles as `work` does, or rejects when it has not settled after `milliseconds`. Leaves no timer behind. */
export function withinTime<T>(
  work: Promise<T>,
  clock: Clock,
  milliseconds: number,
  tooLate: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.delay(milliseconds, () => reject(tooLate()));
    work.then(resolve, reject).finally(cancel);
  });
}
