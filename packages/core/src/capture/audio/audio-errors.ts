import { PoseCoachError, toPoseCoachError } from '../../base/index.ts';

/**
 * Says what went wrong with `getUserMedia` for sound in words that help.
 * The names are those of the Media Capture and Streams specification, section "getUserMedia()".
 * @returns `MICROPHONE_DENIED`, `MICROPHONE_NOT_FOUND` or `MICROPHONE_FAILED`, with what was thrown as cause
 */
export function toMicrophoneError(thrown: unknown): PoseCoachError {
  switch (nameOf(thrown)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new PoseCoachError(
        'MICROPHONE_DENIED',
        'This page may not use the microphone. Allow it in the address bar, and in the privacy settings of the system; a page in a frame also needs allow="microphone" on that frame. Then try again.',
        { cause: thrown },
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new PoseCoachError(
        'MICROPHONE_NOT_FOUND',
        'The microphone was not found. Connect it, or choose another one.',
        { cause: thrown },
      );
    default:
      return toPoseCoachError(
        thrown,
        'MICROPHONE_FAILED',
        'The microphone could not be started. Close other programs that use it, or unplug it and plug it in again.',
      );
  }
}

/**
 * Says what went wrong with `getDisplayMedia` (Screen Capture specification).
 * @returns `AUDIO_SHARE_CANCELLED`, or `AUDIO_UNSUPPORTED` where the browser cannot share a tab's sound
 */
export function toShareError(thrown: unknown): PoseCoachError {
  switch (nameOf(thrown)) {
    case 'NotAllowedError':
    case 'AbortError':
    case 'InvalidStateError':
      return new PoseCoachError(
        'AUDIO_SHARE_CANCELLED',
        'No tab was shared. Start again with a click, choose the tab that plays the music and tick "Also share tab audio".',
        { cause: thrown },
      );
    default:
      return toPoseCoachError(
        thrown,
        'AUDIO_UNSUPPORTED',
        'This browser could not share the sound of a tab. Use Chrome or Edge on a computer, or listen with the microphone.',
      );
  }
}

function nameOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown ? thrown.name : undefined;
}
