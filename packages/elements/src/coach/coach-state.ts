import type { CoachState, PoseCoachError } from '@pose-coach/core';
import type { PublisherStatus } from '@pose-coach/core/live';

/** What a `<pose-coach>` is doing: a coach's state, and a camera that is waited for. */
export type PoseCoachState =
  | CoachState
  /** The camera has gone (unplugged); the element goes on by itself when it is back. */
  | { readonly status: 'reconnecting'; readonly error: PoseCoachError };

/** While in one of these there is something to pause. */
const RUNNING: readonly PoseCoachState['status'][] = ['loading', 'running', 'reconnecting'];

export function canPause(status: PoseCoachState['status']): boolean {
  return RUNNING.includes(status);
}

/** How the stream to a server stands; `off` when nobody has asked for one. */
export type LiveState = { readonly status: 'off' } | PublisherStatus;

/** Whether the stream has ended without being told to, for good: only somebody's click tries again. */
export function hasGivenUp(
  live: LiveState,
): live is Extract<LiveState, { readonly status: 'refused' | 'replaced' }> {
  return live.status === 'refused' || live.status === 'replaced';
}

/** Whether poses go out at this moment: a server is there to take them, and there are poses to send. */
export function isOnAir(live: LiveState, state: PoseCoachState): boolean {
  return live.status === 'live' && state.status === 'running';
}

/** What is being looked at. */
export type SourceKind = 'camera' | 'stream' | 'video' | 'recording' | 'custom';
