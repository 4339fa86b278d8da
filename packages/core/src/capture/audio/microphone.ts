import { Observable } from 'rxjs';
import { PoseCoachError } from '../../base/index.ts';
import { type AudioDevices, type MicrophoneDevice, pageAudioDevices } from './audio-devices.ts';
import { toMicrophoneError } from './audio-errors.ts';
import type { AudioSource } from './live-audio.ts';

export interface MicrophoneOptions {
  /** A microphone of `listMicrophones()`, and no other. Default: what the browser or its user chooses. */
  readonly deviceId?: string;
  /** Default: the page's. */
  readonly mediaDevices?: AudioDevices;
}

/** What makes speech clear wrecks music: echo cancellation removes what the speakers play, noise suppression drums. */
const AS_IT_SOUNDS = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
} as const satisfies MediaTrackConstraints;

/**
 * What a microphone hears in the room, without the processing meant for speech. Subscribing asks for permission and
 * opens it; unsubscribing lets it go. Never completes.
 *
 * Errors with `MICROPHONE_DENIED`, `MICROPHONE_NOT_FOUND`, `MICROPHONE_FAILED`, `MICROPHONE_LOST` (unplugged while
 * it ran), `INSECURE_CONTEXT` or `AUDIO_UNSUPPORTED`; subscribing again tries again.
 */
export function microphone({ deviceId, mediaDevices }: MicrophoneOptions = {}): AudioSource {
  return new Observable((subscriber) => {
    const open = async () => {
      const devices = mediaDevices ?? pageAudioDevices();
      const stream = await devices.getUserMedia({
        audio: { ...AS_IT_SOUNDS, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
        video: false,
      });
      subscriber.add(() => {
        for (const track of stream.getTracks()) track.stop();
      });
      if (subscriber.closed) return;
      const [track] = stream.getAudioTracks();
      if (!track) throw toMicrophoneError(undefined);
      const lose = () => {
        const name = track.label ? ` "${track.label}"` : '';
        subscriber.error(
          new PoseCoachError(
            'MICROPHONE_LOST',
            `The microphone${name} is gone. Plug it in again or choose another one, and start again.`,
          ),
        );
      };
      track.addEventListener('ended', lose);
      subscriber.add(() => track.removeEventListener('ended', lose));
      subscriber.next({ stream, heardFrom: 'room' });
    };
    open().catch((error: unknown) => subscriber.error(toMicrophoneError(error)));
  });
}

/**
 * The microphones of this device, for a picker. Asks nobody for permission: before one was given, names and ids are
 * missing, so list again when a microphone has started.
 * @throws PoseCoachError `INSECURE_CONTEXT`, `AUDIO_UNSUPPORTED`, `MICROPHONE_FAILED`
 */
export async function listMicrophones(
  devices: AudioDevices = pageAudioDevices(),
): Promise<readonly MicrophoneDevice[]> {
  const all = await devices.enumerateDevices().catch((error: unknown) => {
    throw toMicrophoneError(error);
  });
  return all
    .filter(({ kind }) => kind === 'audioinput')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Microphone ${index + 1}` }));
}
