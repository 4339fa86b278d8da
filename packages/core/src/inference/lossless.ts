import type { OperatorFunction } from 'rxjs';
import { oneInWork, type Work } from './one-in-work.ts';

/**
 * One value in work, all others wait their turn in order: nothing is discarded unless the stream ends early. For
 * files, recordings and tests. What waits is held in memory, so the source must not be much faster than the work.
 *
 * ```text
 * source   --a--b--c|
 * project    [--a---]         takes 6
 * output   --------A-----B-----C|
 * ```
 */
export function lossless<T, R>(work: Work<T, R>): OperatorFunction<T, R> {
  return oneInWork(work, Number.POSITIVE_INFINITY);
}
