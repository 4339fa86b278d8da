import type { PoseCoachError } from '../base/index.ts';

/** How a connection to the overlay server stands. */
export type ConnectionStatus =
  | { readonly status: 'connecting' }
  /** The server has said welcome. */
  | { readonly status: 'connected' }
  /** The connection was lost or could not be made; it is tried again at `retryAt` (ms since the Unix epoch). */
  | { readonly status: 'waiting'; readonly error: PoseCoachError; readonly retryAt: number }
  /** Another publisher took the channel over (`CHANNEL_BUSY`); this one stays away. */
  | { readonly status: 'replaced'; readonly error: PoseCoachError }
  /** The server will not have this connection; `retryAt` says when it is tried all the same, if ever. */
  | { readonly status: 'refused'; readonly error: PoseCoachError; readonly retryAt?: number };
