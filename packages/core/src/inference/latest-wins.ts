import type { OperatorFunction } from 'rxjs';
import { oneInWork, type Work } from './one-in-work.ts';

/**
 * One value in work and one slot for the newest that waits: what is older is discarded. For live sources, where
 * a late result is worth less than the next one, and an engine should never wait for the next frame.
 *
 * ```text
 * source   --a--b--c-----d--|
 * project    [--a---]         takes 6
 * output   --------A-----C-----D|      b was discarded when c came
 * ```
 */
export function latestWins<T, R>(work: Work<T, R>): OperatorFunction<T, R> {
  return oneInWork(work, 1);
}
