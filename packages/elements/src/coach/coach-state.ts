import type { CoachState, PoseCoachError } from '@pose-coach/core';
import type { PublisherStatus } from '@pose-coach/core/live';

/** What a `<pose-coach>` is doing: a coach's state, and a camera that is waited for. */
export type PoseCoachState =
  | CoachState
  /** The camera has gone (unplugged); the element goes on by itself when it is back. */
  | { readonly status: 'reconnecting'; readonly error: PoseCoachError };

/** How the stream to a server stands; `off` when nobody has asked for one. */
export type LiveState = { readonly status: 'off' } | PublisherStatus;

/** What is being looked at. */
export type SourceKind = 'camera' | 'stream' | 'video' | 'recording' | 'custom';
