import { Observable, shareReplay } from 'rxjs';
import { PoseCoachError } from '../../base/index.ts';
import type { AudioSource } from './live-audio.ts';
import { routedAudio } from './routed-element.ts';

/** Not in the typings: Safari has none, and older Firefoxes another name for one that takes the sound away from the page. */
type CapturingElement = HTMLMediaElement & { captureStream?(): MediaStream };

/**
 * What a video or audio element of the page plays, which stays audible; playing, pausing and seeking stay its
 * owner's. Where the browser cannot capture an element (Safari, older Firefoxes) its sound is led through an `AudioContext`,
 * which then plays it for as long as the element lives: a page that has made a `MediaElementAudioSourceNode` for it
 * already gives the output of its own graph to `streamAudio`. Emits again when the element plays something else.
 * Never completes: an element can be played again.
 *
 * Errors with `AUDIO_UNSUPPORTED`: sound from another site that the page may not hear, or none in what is played.
 */
export function mediaElementAudio(element: HTMLMediaElement): AudioSource {
  return new Observable((subscriber) => {
    const check = () => {
      if (isForeign(element)) subscriber.error(foreignSound());
    };
    // The address of what is to be loaded is known once loading begins.
    for (const name of ['loadstart', 'loadedmetadata'] as const) {
      element.addEventListener(name, check);
      subscriber.add(() => element.removeEventListener(name, check));
    }
    check();
    if (subscriber.closed) return;
    const source = canCapture(element) ? sharedAudio(element) : routedAudio(element);
    subscriber.add(source.subscribe(subscriber));
  });
}

function canCapture(
  element: CapturingElement,
): element is CapturingElement & { captureStream(): MediaStream } {
  return typeof element.captureStream === 'function';
}

/** One per element and page: in Chromium a second capture of an element takes the sound from the first (tried). */
const captures = new WeakMap<HTMLMediaElement, AudioSource>();

function sharedAudio(element: HTMLMediaElement & { captureStream(): MediaStream }): AudioSource {
  const known = captures.get(element);
  if (known) return known;
  const shared = capturedAudio(element).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  captures.set(element, shared);
  return shared;
}

function capturedAudio(element: HTMLMediaElement & { captureStream(): MediaStream }): AudioSource {
  return new Observable((subscriber) => {
    const captured = capture(element);
    const emit = () => {
      // Tracks of what was played before have ended; those of the picture are nobody's business here.
      for (const picture of captured.getVideoTracks()) picture.stop();
      const track = captured
        .getAudioTracks()
        .filter(({ readyState }) => readyState === 'live')
        .at(-1);
      if (track) subscriber.next({ stream: new MediaStream([track]), heardFrom: 'speakers' });
    };
    const look = () => {
      if (captured.getAudioTracks().length === 0) subscriber.error(noSound());
    };
    captured.addEventListener('addtrack', emit);
    element.addEventListener('playing', look);
    subscriber.add(() => {
      captured.removeEventListener('addtrack', emit);
      element.removeEventListener('playing', look);
      for (const track of captured.getTracks()) track.stop();
    });
    emit();
  });
}

/** @throws PoseCoachError `AUDIO_UNSUPPORTED` */
function capture(element: { captureStream(): MediaStream }): MediaStream {
  try {
    return element.captureStream();
  } catch (cause) {
    // The one error that the specification knows (Media Capture from DOM Elements, section 3).
    throw foreignSound(cause);
  }
}

/** Whether the sound is from another site and was not asked for with CORS: the browser would give silence. */
function isForeign({ currentSrc, crossOrigin }: HTMLMediaElement): boolean {
  if (!currentSrc || crossOrigin !== null || !/^https?:/.test(currentSrc)) return false;
  return new URL(currentSrc).origin !== globalThis.location.origin;
}

function foreignSound(cause?: unknown): PoseCoachError {
  return new PoseCoachError(
    'AUDIO_UNSUPPORTED',
    'This sound comes from another site, which does not let this page listen. Add crossorigin="anonymous" to the element and have that site answer with CORS headers, or serve the file from here.',
    { cause },
  );
}

function noSound(): PoseCoachError {
  return new PoseCoachError(
    'AUDIO_UNSUPPORTED',
    'There is no sound in what this element plays. Choose a film with sound, or listen with the microphone.',
  );
}
