import type { ErrorCode } from '../base/index.ts';

/** Why a connection was closed, as the WebSocket close code says it. */
export interface CloseReason {
  readonly code: number;
  /** The code of the `PoseCoachError` that the closed end shows. */
  readonly error: ErrorCode;
  /** Whether the closed end should come back by itself: false where the same attempt would end the same way. */
  readonly retry: boolean;
}

/**
 * Every close code the server uses. 4000 to 4999 are free for applications (RFC 6455, 7.4.2); the last three
 * digits follow HTTP where it has a status that means the same.
 */
export const CLOSE_REASONS = {
  /** The server is shutting down or restarting (RFC 6455). */
  goingAway: { code: 1001, error: 'CONNECTION_LOST', retry: true },
  /** A message over the size limit; sent by the WebSocket library itself (RFC 6455). */
  tooBig: { code: 1009, error: 'PAYLOAD_TOO_LARGE', retry: false },
  /** Something the protocol does not allow here: bad JSON, a bad field, a pose from a subscriber. */
  messageInvalid: { code: 4400, error: 'MESSAGE_INVALID', retry: false },
  /** A wrong or missing token or viewer key. */
  unauthorized: { code: 4401, error: 'UNAUTHORIZED', retry: false },
  /** A page of a host that the server does not serve. */
  originRefused: { code: 4403, error: 'UNAUTHORIZED', retry: false },
  /** The two ends speak different versions. */
  versionUnsupported: { code: 4406, error: 'VERSION_UNSUPPORTED', retry: false },
  /** No hello in time, or nothing taken for too long. */
  timeout: { code: 4408, error: 'CONNECTION_LOST', retry: true },
  /** Another publisher with the same token took the channel over. */
  replaced: { code: 4409, error: 'CHANNEL_BUSY', retry: false },
  /** More state than a channel may hold. */
  stateTooLarge: { code: 4413, error: 'PAYLOAD_TOO_LARGE', retry: false },
  /** Too many messages, connections or failed attempts. */
  rateLimited: { code: 4429, error: 'RATE_LIMITED', retry: true },
} as const satisfies Record<string, CloseReason>;

/** The name of a close reason. */
export type CloseReasonName = keyof typeof CLOSE_REASONS;

const BY_CODE: ReadonlyMap<number, CloseReason> = new Map(
  Object.values(CLOSE_REASONS).map((reason) => [reason.code, reason]),
);

/** What a close code means; any code that is not the server's own is a lost connection. */
export function closeReason(code: number): CloseReason {
  return BY_CODE.get(code) ?? { code, error: 'CONNECTION_LOST', retry: true };
}
