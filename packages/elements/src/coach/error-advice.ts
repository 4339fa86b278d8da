import type { ErrorCode } from '@pose-coach/core';

/** What somebody can do about an error, right where it is shown. */
export type ErrorAction = 'retry' | 'source' | 'sample' | 'reload';

export interface ErrorAdvice {
  readonly title: string;
  /** What to do, for somebody who does not know what a stream or a model is. */
  readonly advice: string;
  /** In order of promise: the first is the main button. */
  readonly actions: readonly ErrorAction[];
  /** Whether nobody can follow the advice without the error's own message, which is folded away otherwise. */
  readonly needsMessage?: true;
}

const SERVER_ACTIONS: readonly ErrorAction[] = ['retry'];

/** What goes wrong with an extension is shown with the extension, in `<pose-extensions>`. */
type ExtensionErrorCode =
  | 'MANIFEST_INVALID'
  | `EXTENSION_${string}`
  | 'PERMISSION_DENIED'
  | `COMMAND_${string}`
  | 'SETTING_INVALID'
  | 'STORAGE_FAILED';

/** What goes wrong with the music's sound is not the picture's: it goes on without. */
type SoundErrorCode = `MICROPHONE_${string}` | `AUDIO_${string}`;

/** What goes wrong with overlays and OBS is shown in the studio, beside what was asked for. */
type StageErrorCode = `STAGE_${string}` | `OVERLAY_${string}` | `OBS_${string}`;

/** Every error of picture, engine and stream in the words of the person in front of the camera. The error's own message says the particulars. */
export const ERROR_ADVICE: Readonly<
  Record<Exclude<ErrorCode, ExtensionErrorCode | SoundErrorCode | StageErrorCode>, ErrorAdvice>
> = {
  CAMERA_DENIED: {
    title: 'The camera is not allowed',
    advice:
      'Click the camera sign beside the address, choose “Allow”, then try again. On a computer, also check that the system lets this browser use the camera.',
    actions: ['retry', 'sample', 'source'],
  },
  CAMERA_NOT_FOUND: {
    title: 'No camera found',
    advice: 'Plug one in: it starts by itself. Or look at a video file or the sample instead.',
    actions: ['retry', 'sample', 'source'],
  },
  CAMERA_IN_USE: {
    title: 'Another program has the camera',
    advice:
      'Close that program and try again. If it is OBS, press “Start Virtual Camera” there and choose “OBS Virtual Camera” here.',
    actions: ['retry', 'source', 'sample'],
  },
  CAMERA_LOST: {
    title: 'The camera is gone',
    advice: 'Plug it in again: it goes on by itself. Or choose another source.',
    actions: ['retry', 'source'],
  },
  CAMERA_FAILED: {
    title: 'The camera does not start',
    advice: 'Unplug it and plug it in again, or choose another one.',
    actions: ['retry', 'source', 'sample'],
  },
  INSECURE_CONTEXT: {
    title: 'This address gets no camera',
    advice:
      'Browsers give a camera to secure pages only: open this page with https://, or on this computer as http://localhost.',
    actions: ['sample', 'source'],
  },
  DECODE_FAILED: {
    title: 'This video cannot be played',
    advice: 'Check that it plays in a browser tab of its own. MP4 with H.264 picture always works.',
    actions: ['source', 'retry', 'sample'],
  },
  SOURCE_UNSUPPORTED: {
    title: 'This source does not work here',
    advice: 'Try again with a click, choose another source, or use a current browser.',
    actions: ['retry', 'source', 'sample'],
  },
  ASSET_NOT_FOUND: {
    title: 'A file is missing on this site',
    advice:
      'The address below did not answer. Whoever runs this site can put the files there with: npx @pose-coach/elements copy <folder> (without --engine, or with the engine in use)',
    actions: ['retry'],
    needsMessage: true,
  },
  ASSET_INVALID: {
    title: 'A file on this site is damaged',
    advice:
      'It is not what it should be, perhaps only half of it arrived. Try again; if it stays, copy it anew.',
    actions: ['retry'],
  },
  ENGINE_UNSUPPORTED: {
    title: 'This browser cannot find poses',
    advice:
      'It is too old for it, or something that it needs is turned off. Update the browser, turn on hardware acceleration in its settings, or use another one. The sample works all the same.',
    actions: ['sample', 'reload'],
  },
  ENGINE_FAILED: {
    title: 'The pose engine did not start',
    advice: 'Try again. If it stays like this, close other tabs: memory may be short.',
    actions: ['retry', 'reload', 'sample'],
  },
  ENGINE_CRASHED: {
    title: 'The pose engine stopped',
    advice: 'It was started again several times without success. Try once more, or reload the page.',
    actions: ['retry', 'reload'],
  },
  FRAME_INVALID: {
    title: 'A picture could not be used',
    advice: 'Choose another source, or try again.',
    actions: ['retry', 'source'],
  },
  ABORTED: {
    title: 'Loading was stopped',
    advice: 'Try again.',
    actions: ['retry'],
  },
  DISPOSED: {
    title: 'This has been closed',
    advice: 'Start it again.',
    actions: ['retry'],
  },
  BYTES_INVALID: {
    title: 'This is not a recording',
    advice:
      'The file is damaged or of another kind. Choose one that Pose Coach recorded (it ends in .poses).',
    actions: ['source', 'sample'],
  },
  RECORDING_FAILED: {
    title: 'The recording could not be stored',
    advice: 'Make room on this device and record again. What was stored until then can be played.',
    actions: ['retry'],
  },
  VERSION_UNSUPPORTED: {
    title: 'Made by another version',
    advice: 'Reload the page to get the newest Pose Coach, then try again.',
    actions: ['reload', 'source'],
  },
  MESSAGE_INVALID: {
    title: 'The server did not understand',
    advice: 'Page and server are probably of different versions: update both.',
    actions: SERVER_ACTIONS,
  },
  CONNECTION_LOST: {
    title: 'No connection to the server',
    advice: 'Check that the overlay server runs. It is tried again by itself.',
    actions: SERVER_ACTIONS,
  },
  UNAUTHORIZED: {
    title: 'The server does not accept the token',
    advice: 'Open the studio address that the server printed when it was started: the token is in it.',
    actions: SERVER_ACTIONS,
  },
  CHANNEL_BUSY: {
    title: 'Somebody else went live here',
    advice: 'Another page streams on this channel now. Go live again to take it over.',
    actions: SERVER_ACTIONS,
  },
  RATE_LIMITED: {
    title: 'Too much for the server',
    advice: 'Wait a little, then try again.',
    actions: SERVER_ACTIONS,
  },
  PAYLOAD_TOO_LARGE: {
    title: 'Too large for the server',
    advice: 'Follow fewer people at once, then try again.',
    actions: SERVER_ACTIONS,
  },
  OPTION_INVALID: {
    title: 'A setting is wrong',
    advice: 'Whoever runs this site has to correct it: see below.',
    actions: ['retry'],
    needsMessage: true,
  },
};

/** What the buttons say. */
export const ACTION_LABELS: Readonly<Record<ErrorAction, string>> = {
  retry: 'Try again',
  source: 'Choose another source',
  sample: 'Play the sample',
  reload: 'Reload the page',
};

/** The advice for any error; one that nobody foresaw here is treated as the engine's. */
export function errorAdvice(code: ErrorCode): ErrorAdvice {
  return code in ERROR_ADVICE ? ERROR_ADVICE[code as keyof typeof ERROR_ADVICE] : ERROR_ADVICE.ENGINE_FAILED;
}
