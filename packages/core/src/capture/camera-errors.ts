import { PoseCoachError, toPoseCoachError } from '../base/index.ts';

/**
 * Says what went wrong with `getUserMedia` in words that help.
 * The names are those of the Media Capture and Streams specification, section "getUserMedia()".
 * @returns `CAMERA_DENIED`, `CAMERA_NOT_FOUND`, `CAMERA_IN_USE` or `CAMERA_FAILED`, with what was thrown as cause
 */
export function toCameraError(thrown: unknown): PoseCoachError {
  switch (nameOf(thrown)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new PoseCoachError(
        'CAMERA_DENIED',
        'This page may not use the camera. Allow it in the address bar, and in the privacy settings of the system; a page in a frame also needs allow="camera" on that frame. Then try again.',
        { cause: thrown },
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new PoseCoachError(
        'CAMERA_NOT_FOUND',
        'The camera was not found. Connect it, or choose another one.',
        { cause: thrown },
      );
    case 'NotReadableError':
      return new PoseCoachError(
        'CAMERA_IN_USE',
        'Another program is using the camera. Close it there; if it is OBS that has it, start the virtual camera in OBS and choose that one here.',
        { cause: thrown },
      );
    default:
      return toPoseCoachError(
        thrown,
        'CAMERA_FAILED',
        'The camera could not be started. Unplug it and plug it in again, or choose another one.',
      );
  }
}

function nameOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown ? thrown.name : undefined;
}
