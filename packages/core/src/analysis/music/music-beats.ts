import { Observable } from 'rxjs';
import type { AudioSource } from '../../capture/audio/index.ts';
import type { Beat } from '../analyzer.ts';
import { type Heard, type ListeningOptions, listening } from './listening.ts';
import type { Onset } from './onset-detector.ts';

/** How listening goes, for whoever shows it. */
export type MusicState =
  /** The source and the audio thread are being opened. */
  | { readonly kind: 'opening' }
  /** The browser keeps sound asleep until somebody touches the page; it wakes up by itself then. */
  | { readonly kind: 'suspended'; readonly advice: string }
  /** No beat, or not enough of one: silence, speech, noise, music that has just begun. */
  | {
      readonly kind: 'listening';
      /** Decibels of full scale, −120 at least; under −80 is silence. */
      readonly level: number;
      /** In [0, 1]: how clear a beat is. */
      readonly confidence: number;
    }
  | {
      readonly kind: 'beat';
      readonly level: number;
      readonly confidence: number;
      /** Beats per minute. */
      readonly bpm: number;
      /** When the next beat is expected, in ms since the Unix epoch. */
      readonly nextBeat: number;
    };

export interface MusicBeatsOptions extends ListeningOptions {
  /** Told at once, whenever the kind of state changes, and ten times a second while there is sound to be heard. */
  onState?(state: MusicState): void;
}

const TOUCH_THE_PAGE =
  'The browser lets no sound in before the page was touched. Click anywhere, or press a key. If that does not help, check that this device has a sound output.';

/**
 * The beats of music that is to be heard now, each told when it is due (it is foreseen from those before), on the
 * wall clock. Bring them to the frames' clock with `onFramesClock`, or to a film's with `onElementClock`.
 *
 * ```ts
 * const beats = onFramesClock(musicBeats(microphone()), coach.frames);
 * frames.pipe(classifyWithBeats(beats, rhythm()))
 * ```
 * Times are when the beat was heard, as far as the browser tells what sound needs on its way (the track's `latency`,
 * the context's `outputLatency`); what remains is for `calibrateClaps` to measure. Cold: every subscription listens
 * for itself, in an audio thread of its own; unsubscribing closes it and lets the source go. Completes with the source.
 *
 * Errors as the source does, and with `AUDIO_UNSUPPORTED`.
 * @returns beats with `timestamp` in ms since the Unix epoch; none where there is no beat
 */
export function musicBeats(source: AudioSource, options: MusicBeatsOptions = {}): Observable<Beat> {
  return new Observable((subscriber) => {
    const tell = (state: MusicState) => options.onState?.(state);
    tell({ kind: 'opening' });
    return listening(source, { beats: true, onsets: false }, options).subscribe({
      next: (heard) => {
        if (heard.type === 'beat') subscriber.next({ timestamp: heard.timestamp, strength: heard.strength });
        else if (heard.type !== 'onset') tell(stateOf(heard));
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
}

function stateOf(heard: Exclude<Heard, { readonly timestamp: number }>): MusicState {
  if (heard.type === 'suspended') return { kind: 'suspended', advice: TOUCH_THE_PAGE };
  if (heard.type === 'running') return { kind: 'opening' };
  const { level, confidence, bpm, nextBeat } = heard;
  if (bpm === undefined || nextBeat === undefined) return { kind: 'listening', level, confidence };
  return { kind: 'beat', level, confidence, bpm, nextBeat };
}

/**
 * Single sounds that begin (claps, drums), about 10 ms after they did, on the wall clock: for `calibrateClaps`, by way
 * of `onFramesClock`. All else is as with `musicBeats`.
 * @returns onsets with `timestamp` in ms since the Unix epoch
 */
export function soundOnsets(source: AudioSource, options: ListeningOptions = {}): Observable<Onset> {
  return new Observable((subscriber) =>
    listening(source, { beats: false, onsets: true }, options).subscribe({
      next: (heard) => {
        if (heard.type === 'onset') subscriber.next({ timestamp: heard.timestamp, strength: heard.strength });
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}
