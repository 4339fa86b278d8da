/**
 * Every code a `PoseCoachError` can carry. Codes are stable: show your own words by switching on them.
 */
export type ErrorCode =
  // capture
  | 'CAMERA_DENIED'
  | 'CAMERA_NOT_FOUND'
  | 'CAMERA_IN_USE'
  | 'CAMERA_LOST'
  | 'CAMERA_FAILED'
  | 'INSECURE_CONTEXT'
  | 'DECODE_FAILED'
  | 'SOURCE_UNSUPPORTED'
  // sound
  | 'MICROPHONE_DENIED'
  | 'MICROPHONE_NOT_FOUND'
  | 'MICROPHONE_LOST'
  | 'MICROPHONE_FAILED'
  | 'AUDIO_UNSUPPORTED'
  | 'AUDIO_SHARE_CANCELLED'
  | 'AUDIO_DECODE_FAILED'
  // inference
  | 'ASSET_NOT_FOUND'
  | 'ASSET_INVALID'
  | 'ENGINE_UNSUPPORTED'
  | 'ENGINE_FAILED'
  | 'ENGINE_CRASHED'
  | 'FRAME_INVALID'
  | 'ABORTED'
  | 'DISPOSED'
  // bytes and messages
  | 'BYTES_INVALID'
  | 'VERSION_UNSUPPORTED'
  | 'MESSAGE_INVALID'
  // live
  | 'CONNECTION_LOST'
  | 'UNAUTHORIZED'
  | 'CHANNEL_BUSY'
  | 'RATE_LIMITED'
  | 'PAYLOAD_TOO_LARGE'
  // sessions
  | 'RECORDING_FAILED'
  // extensions
  | 'MANIFEST_INVALID'
  | 'EXTENSION_NOT_FOUND'
  | 'EXTENSION_FAILED'
  | 'EXTENSION_UNTRUSTED'
  | 'EXTENSION_UNAVAILABLE'
  | 'PERMISSION_DENIED'
  | 'COMMAND_NOT_FOUND'
  | 'COMMAND_FAILED'
  | 'SETTING_INVALID'
  | 'STORAGE_FAILED'
  // the stage, and OBS
  | 'STAGE_INVALID'
  | 'STAGE_OUTDATED'
  | 'OVERLAY_PART_FAILED'
  | 'OBS_UNREACHABLE'
  | 'OBS_REFUSED'
  | 'OBS_UNSUPPORTED'
  | 'OBS_FAILED'
  // configuration
  | 'OPTION_INVALID';

/**
 * The one error type of Pose Coach: a stable `code`, a message that says what to do next, and the `cause`.
 */
export class PoseCoachError extends Error {
  override readonly name = 'PoseCoachError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Wraps anything thrown in a `PoseCoachError` with `code`, and leaves one that already is as it stands. */
export function toPoseCoachError(thrown: unknown, code: ErrorCode, message: string): PoseCoachError {
  return thrown instanceof PoseCoachError ? thrown : new PoseCoachError(code, message, { cause: thrown });
}
