/** What can go wrong with model files; where `@pose-coach/core` has a code for it, the code is the same. */
export type ModelsErrorCode = 'ASSET_NOT_FOUND' | 'ASSET_INVALID' | 'OPTION_INVALID' | 'WRITE_FAILED';

/**
 * The error of this package: a stable `code`, a message that says what to do next, and the `cause`.
 * Not core's `PoseCoachError`, so that copying files does not need the SDK.
 */
export class ModelsError extends Error {
  override readonly name = 'ModelsError';
  readonly code: ModelsErrorCode;

  constructor(code: ModelsErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
