import type { RawImage } from './raw-image.ts';

/**
 * Pixels of one moment, to be closed exactly once. Frames and bitmaps can be transferred to a worker; raw images
 * are for engines that run where they are made.
 */
export type FrameImage = VideoFrame | ImageBitmap | RawImage;

/**
 * One frame of a source on its way to an estimator. Whoever receives it owns `image`: it transfers it on or
 * closes it, exactly once.
 */
export interface CapturedFrame {
  readonly image: FrameImage;
  /** Milliseconds of the source's media time. */
  readonly timestamp: number;
  /** Unique to an uninterrupted stretch of one source: see `nextEpoch`. */
  readonly epoch: number;
  /** The source's size in pixels, as it is displayed (a turned phone gives a portrait frame). */
  readonly width: number;
  readonly height: number;
  /** When the camera or decoder gave the frame, in ms since the Unix epoch. */
  readonly capturedAt: number;
  /** Source frames that never became a `CapturedFrame` since the previous one (a slow page, a full queue). */
  readonly skipped: number;
}

let epochs = 0;

/** A number no other stretch of any source in this page has: sources take one at each discontinuity. */
export function nextEpoch(): number {
  epochs += 1;
  return epochs;
}
