import type { OverlayMoment } from '@pose-coach/core/extension';
import { BODY_LANDMARK_COUNT, type Figure, jointOpacity } from './figure.ts';

/** Milliseconds of one swell of what is highlighted: slow enough to be calm about, quick enough to be noticed. */
const SWELL = 900;

/** Calls for each joint of a person that a cue names and that is seen. */
export function forEachHighlight(figure: Figure, call: (joint: number) => void): void {
  for (let joint = 0; joint < BODY_LANDMARK_COUNT; joint += 1) {
    if (figure.highlighted[joint] === 1 && jointOpacity(figure, joint) > 0) call(joint);
  }
}

/** Size of a highlight, in parts: swells between 1 and 1.25; calm, it stays 1.1. */
export function highlightSwell(moment: OverlayMoment): number {
  if (moment.calm) return 1.1;
  return 1.125 + 0.125 * Math.sin((2 * Math.PI * moment.now) / SWELL);
}
