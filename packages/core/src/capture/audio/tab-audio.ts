import { Observable } from 'rxjs';
import { PoseCoachError } from '../../base/index.ts';
import { type AudioDevices, pageAudioDevices } from './audio-devices.ts';
import { toShareError } from './audio-errors.ts';
import type { AudioSource } from './live-audio.ts';

/**
 * What another tab plays (or the whole system, where the browser offers it): subscribe in a click, the browser asks
 * which tab to share, and its user ticks "Also share tab audio". The shared picture is let go at once. Completes
 * when sharing is stopped; unsubscribing stops it.
 *
 * Errors with `AUDIO_SHARE_CANCELLED` (nothing chosen, or without its sound), `AUDIO_UNSUPPORTED` (Firefox, Safari and
 * phones share no sound) or `INSECURE_CONTEXT`; subscribing again asks again.
 */
export function tabAudio({ mediaDevices }: { readonly mediaDevices?: AudioDevices } = {}): AudioSource {
  return new Observable((subscriber) => {
    const open = async () => {
      const devices = mediaDevices ?? pageAudioDevices();
      const shared = await devices.getDisplayMedia({
        // Browsers refuse to share sound alone.
        video: true,
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      subscriber.add(() => {
        for (const track of shared.getTracks()) track.stop();
      });
      if (subscriber.closed) return;
      for (const picture of shared.getVideoTracks()) picture.stop();
      const [track] = shared.getAudioTracks();
      if (!track) {
        throw new PoseCoachError(
          'AUDIO_SHARE_CANCELLED',
          'The tab was shared without its sound. Share it again and tick "Also share tab audio".',
        );
      }
      const complete = () => subscriber.complete();
      track.addEventListener('ended', complete);
      subscriber.add(() => track.removeEventListener('ended', complete));
      subscriber.next({ stream: new MediaStream([track]), heardFrom: 'speakers' });
    };
    open().catch((error: unknown) => subscriber.error(toShareError(error)));
  });
}
