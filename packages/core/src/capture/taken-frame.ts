import { Observable, type OperatorFunction } from 'rxjs';
import { type CapturedFrame, type FrameImage, nextEpoch } from './captured-frame.ts';

/** What a reader of tracks, elements or canvases gives: a picture and its times, not yet placed in an epoch. */
export interface TakenFrame {
  readonly image: FrameImage;
  /** Milliseconds of media time. */
  readonly timestamp: number;
  /** Milliseconds since the Unix epoch. */
  readonly capturedAt: number;
  /** Frames the source had and nobody got since the previous one. */
  readonly skipped: number;
  /** The source knows that what it shows does not continue the previous frame: it was seeked or replaced. */
  readonly interrupted?: boolean;
}

/** Milliseconds without a frame after which people may have moved anywhere: DESIGN's half a second. */
const LONGEST_GAP = 500;

/** The moment and size of a frame, by which it is told whether the next one continues it. */
export interface Moment {
  readonly timestamp: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Whether `next` continues the stretch of `previous` (`same`), begins a new one (`new`: time went back, half a
 * second is missing, or the picture changed its size, as when a phone is turned), or is the same frame once more
 * (`repeated`).
 */
export function continuity(previous: Moment | undefined, next: Moment): 'same' | 'new' | 'repeated' {
  if (!previous || previous.width !== next.width || previous.height !== next.height) return 'new';
  const elapsed = next.timestamp - previous.timestamp;
  if (elapsed === 0) return 'repeated';
  return elapsed < 0 || elapsed > LONGEST_GAP ? 'new' : 'same';
}

/**
 * Places frames in epochs and adds their displayed size. A frame that repeats the previous one, or has no
 * pixels, is closed here.
 */
export function inEpochs(): OperatorFunction<TakenFrame, CapturedFrame> {
  return (source) =>
    new Observable((subscriber) => {
      let epoch = 0;
      let previous: Moment | undefined;
      let missed = 0;
      return source.subscribe({
        next: ({ image, timestamp, capturedAt, skipped, interrupted }) => {
          const next: Moment = { timestamp, ...displayedSize(image) };
          const stretch = interrupted ? 'new' : continuity(previous, next);
          if (stretch === 'repeated' || next.width === 0 || next.height === 0) {
            image.close();
            missed += skipped;
            return;
          }
          if (stretch === 'new') epoch = nextEpoch();
          previous = next;
          const frame = { ...next, image, epoch, capturedAt, skipped: skipped + missed };
          missed = 0;
          subscriber.next(frame);
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}

/** The size of an image as it is displayed: rotation and pixel aspect applied. */
export function displayedSize(image: FrameImage): { width: number; height: number } {
  return 'displayWidth' in image
    ? { width: image.displayWidth, height: image.displayHeight }
    : { width: image.width, height: image.height };
}
