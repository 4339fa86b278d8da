import type { CoachStats } from '@pose-coach/core';
import { good, look, unknown, type Verdict } from './verdict.ts';

/** A coach's numbers and when they came. */
export interface StatsSample {
  /** Milliseconds on any clock that only goes forward. */
  readonly at: number;
  readonly stats: Pick<CoachStats, 'rate' | 'dropped'>;
}

/** Milliseconds that must have been watched: over so many the coach's own rate is counted. */
const LONG_ENOUGH = 2000;
/** Share of the camera's pictures with a result from which on it is “every frame”: one in ten may be late. */
const NEARLY_EVERY = 0.9;
/** Results per second that are enough whatever the camera gives: the cinema's rate, from which on movement is fluid. */
const FLUID = 24;
/** Results per second below which quick movements are missed, even where the camera gives no more. */
const TOO_FEW = 15;

/**
 * Whether there is a result for every picture of the camera, or enough of them.
 * @param fastest whether the quickest model is chosen already, so that choosing it is no advice
 */
export function judgeFrameRate(samples: readonly StatsSample[], fastest = false): Verdict {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LONG_ENOUGH)
    return unknown('Counting results for two seconds.');
  const { rate } = last.stats;
  if (rate <= 0) return unknown('There are no results at the moment.');
  const seconds = (last.at - first.at) / 1000;
  const dropped = Math.max(0, last.stats.dropped - first.stats.dropped) / seconds;
  const share = rate / (rate + dropped);
  const words = `${Math.round(rate)} results a second`;
  if (share >= NEARLY_EVERY && rate < TOO_FEW) {
    return look(
      `The camera gives only ${Math.round(rate)} pictures a second. Give it more light, or set another mode.`,
    );
  }
  if (share >= NEARLY_EVERY) return good(`${words}, one for nearly every picture of the camera.`);
  if (rate >= FLUID) return good(`${words}: enough for fluid movement.`);
  const advice = fastest
    ? 'Close what else keeps the computer busy, other tabs and games first.'
    : 'Choose the model “Fast”, and close what else keeps the computer busy.';
  return look(`${words}, for ${Math.round(rate + dropped)} pictures of the camera. ${advice}`);
}
