import { PoseCoachError } from '@pose-coach/core';
import type { PoseCoachState } from './coach-state.ts';
import { megabytesOf } from './megabytes.ts';

/** What a badge says while another engine loads and the one before goes on; undefined otherwise. */
export function switchLabel(state: PoseCoachState): string | undefined {
  const change = state.status === 'running' ? state.switching : undefined;
  if (!change || 'error' in change) return undefined;
  const { loaded, total } = change;
  return ['Changing the engine…', megabytesOf(loaded, total)].filter(Boolean).join(' ');
}

/** Notices when another engine could not be had and the one before went on, once each time. */
export class RefusedEngines {
  #told: unknown;

  /** Takes the next state; the error to tell, if there is a new one. */
  see(state: PoseCoachState): PoseCoachError | undefined {
    const change = state.status === 'running' ? state.switching : undefined;
    if (!change || !('error' in change) || change.error === this.#told) return undefined;
    const { error } = change;
    this.#told = error;
    return new PoseCoachError(error.code, `The engine stays as it was. ${error.message}`, { cause: error });
  }
}
