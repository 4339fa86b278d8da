import { PoseCoachError } from '@pose-coach/core';
import type { PoseCoachState } from './coach-state.ts';
import { megabytesOf } from './megabytes.ts';

const STAYS = 'The engine stays as it was.';

/** What a badge says while another engine loads and the one before goes on; undefined otherwise. */
export function switchLabel(state: PoseCoachState): string | undefined {
  const loading = loadingOf(state);
  if (!loading) return undefined;
  return ['Changing the engine…', megabytesOf(loading.loaded, loading.total)].filter(Boolean).join(' ');
}

/** What a screen reader is told of a change, at its beginning and at its end; undefined otherwise. */
export function switchAnnouncement(before: PoseCoachState, next: PoseCoachState): string | undefined {
  const [loaded, loads] = [loadingOf(before), loadingOf(next)];
  if (loads) return loaded ? undefined : 'Changing the engine.';
  if (!loaded || before.status !== 'running' || next.status !== 'running' || next.switching) return undefined;
  return before.info === next.info ? STAYS : 'The engine has been changed.';
}

function loadingOf(state: PoseCoachState) {
  const change = state.status === 'running' ? state.switching : undefined;
  return change && 'loaded' in change ? change : undefined;
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
    return new PoseCoachError(error.code, `${STAYS} ${error.message}`, { cause: error });
  }
}
