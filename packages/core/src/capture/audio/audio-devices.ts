import { PoseCoachError } from '../../base/index.ts';

/** What of `navigator.mediaDevices` the sources of sound need; tests bring their own. */
export type AudioDevices = Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices'>;

/**
 * The page's media devices.
 * @throws PoseCoachError `INSECURE_CONTEXT`, or `AUDIO_UNSUPPORTED` where there are none (Node, a worker)
 */
export function pageAudioDevices(): AudioDevices {
  const devices: AudioDevices | undefined = globalThis.navigator?.mediaDevices;
  if (devices) return devices;
  if (globalThis.isSecureContext === false) {
    throw new PoseCoachError(
      'INSECURE_CONTEXT',
      'Browsers give a microphone to secure pages only. Open this page at an https address or at http://localhost.',
    );
  }
  throw new PoseCoachError(
    'AUDIO_UNSUPPORTED',
    'There is no access to sound here. Open the page in a current browser.',
  );
}

/** A microphone to choose from. */
export interface MicrophoneDevice {
  /** For `microphone({ deviceId })`. Empty until the page was allowed a microphone once: browsers keep it back. */
  readonly deviceId: string;
  /** The microphone's name; `Microphone 1` and so on until the page was allowed one. */
  readonly label: string;
}
