import type { Reading } from '@pose-coach/core';
import { EVENTS } from './dance-parts.ts';
import { LEAST_CONFIDENCE } from './rhythm/index.ts';

/** Of 100: the value lies somewhere within as much again on either side, and so anywhere on most of the scale. */
const WIDEST_UNCERTAINTY = 50;

/** Metrics in other units, where ± 50 may be little. */
const OTHER_SCALES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'dance.rhythm',
  'dance.rhythm.phase',
  'dance.onBeat.offset',
  'dance.smoothness.sparc',
  'dance.smoothness.jerk',
]);

const UNSURE = 'Too little was seen to tell.';
const WIDE = 'Too uncertain to tell: it could be nearly anything.';

/**
 * The rule for all dance metrics: a value that is no better than a guess is unknown. That is one with a confidence
 * below 0.1 or, on a scale to 100, an uncertainty of ± 50 or more. What happens, such as a jump, stays.
 * @returns why the reading is as good as unknown; undefined when it says something
 */
export function hardlyKnown({ metric, status, confidence, uncertainty = 0 }: Reading): string | undefined {
  if (status !== 'ok' || EVENTS.has(metric)) return undefined;
  if (confidence < LEAST_CONFIDENCE) return UNSURE;
  return uncertainty >= WIDEST_UNCERTAINTY && !OTHER_SCALES.has(metric) ? WIDE : undefined;
}
