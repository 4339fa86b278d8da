import { type ErrorCode, PoseCoachError } from '../base/index.ts';

/**
 * What every decoder of this room answers: the value, or why there is none. Bytes from a socket or a file are
 * foreign until proven otherwise, so being refused is a normal answer and never an exception.
 *
 * Error codes: `BYTES_INVALID` (truncated, damaged or not ours), `VERSION_UNSUPPORTED` (ours, but newer).
 */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: PoseCoachError };

/** Bytes as sockets and files hand them over. */
export type Bytes = ArrayBuffer | Uint8Array;

/** Views bytes without copying them. */
export function asUint8Array(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
}

/**
 * Runs a decoder whose reader throws, and turns whatever it threw into an answer.
 * @param what names the thing that is being read, for the message: "This wire frame"
 */
export function decoding<T>(what: string, decode: () => T): Decoded<T> {
  try {
    return { ok: true, value: decode() };
  } catch (thrown) {
    return { ok: false, error: refusal(what, thrown) };
  }
}

function refusal(what: string, thrown: unknown): PoseCoachError {
  const code: ErrorCode = thrown instanceof PoseCoachError ? thrown.code : 'BYTES_INVALID';
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new PoseCoachError(code, `${what} cannot be read: ${reason}`, { cause: thrown });
}
