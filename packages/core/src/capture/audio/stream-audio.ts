import { Observable } from 'rxjs';
import { PoseCoachError } from '../../base/index.ts';
import type { AudioSource, LiveAudio } from './live-audio.ts';

export interface StreamAudioOptions {
  /** Where the sound is heard. Default `room`, as with a microphone somebody else opened. */
  readonly heardFrom?: LiveAudio['heardFrom'];
}

/**
 * The sound of a stream that somebody else opened: the camera's own microphone, a call, the output of an audio
 * graph. The stream stays its owner's. Completes when the track ends; errors with `AUDIO_UNSUPPORTED` when the
 * stream has no sound.
 */
export function streamAudio(
  stream: MediaStream,
  { heardFrom = 'room' }: StreamAudioOptions = {},
): AudioSource {
  return new Observable((subscriber) => {
    const [track] = stream.getAudioTracks();
    if (!track) {
      throw new PoseCoachError(
        'AUDIO_UNSUPPORTED',
        'This stream has no sound. Use one with an audio track: ask getUserMedia for audio, too.',
      );
    }
    if (track.readyState === 'ended') {
      subscriber.complete();
      return;
    }
    const complete = () => subscriber.complete();
    track.addEventListener('ended', complete);
    subscriber.next({ stream: new MediaStream([track]), heardFrom });
    return () => track.removeEventListener('ended', complete);
  });
}
