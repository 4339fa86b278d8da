import type { ObsSetupStep } from '@pose-coach/core/stage';

/** Of a `<pose-obs>`: setting up OBS was tried. */
export const SET_UP_EVENT = 'pose-obs-set-up';

/** What was done, step by step. */
export type SetUpEvent = CustomEvent<readonly ObsSetupStep[]>;

/** What to do instead of the steps that were not possible; empty when all were. */
export function insteadOf(steps: readonly ObsSetupStep[]): string {
  return steps
    .filter(({ outcome }) => outcome === 'impossible')
    .map(({ what, detail }) => detail ?? `${what} was not possible.`)
    .join(' ');
}
