import { Observable } from 'rxjs';
import { type Clock, PoseCoachError, systemClock } from '../base/index.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { inEpochs } from './taken-frame.ts';
import { pageFrames } from './track-frames.ts';

export interface CanvasOptions {
  /** At most this many frames per second. Default: one whenever the canvas was painted. */
  readonly frameRate?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * The pictures painted on a canvas: one at first, then one whenever it changed. Never completes.
 *
 * Errors with `SOURCE_UNSUPPORTED` for a canvas that cannot be captured: one with pictures of another site on it,
 * or without a context.
 */
export function canvas(
  element: HTMLCanvasElement,
  { frameRate, clock = systemClock }: CanvasOptions = {},
): Observable<CapturedFrame> {
  return new Observable((subscriber) => {
    const stream = capture(element, frameRate);
    subscriber.add(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    for (const track of stream.getVideoTracks())
      pageFrames(track, clock).pipe(inEpochs()).subscribe(subscriber);
  });
}

function capture(element: HTMLCanvasElement, frameRate: number | undefined): MediaStream {
  try {
    return frameRate === undefined ? element.captureStream() : element.captureStream(frameRate);
  } catch (error) {
    throw new PoseCoachError(
      'SOURCE_UNSUPPORTED',
      'This canvas cannot be captured. Give it a context first, and paint nothing on it that comes from another site without CORS headers.',
      { cause: error },
    );
  }
}
