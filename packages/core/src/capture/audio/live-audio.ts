import type { Observable } from 'rxjs';

/** Sound that is to be heard right now. */
export interface LiveAudio {
  /** Has an audio track. It belongs to the source: do not stop its tracks. */
  readonly stream: MediaStream;
  /**
   * Where the sound is heard. `room`: it was picked up by a microphone, a little before its samples are here.
   * `speakers`: this device plays it, a little after its samples are here.
   */
  readonly heardFrom: 'room' | 'speakers';
}

/**
 * A source of sound: subscribing opens it, unsubscribing lets go of all that it opened. Emits again when the sound
 * comes from another stream than before (another film in the same element). Errors are `PoseCoachError`s.
 */
export type AudioSource = Observable<LiveAudio>;
