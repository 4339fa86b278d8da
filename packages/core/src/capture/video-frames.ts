import { Observable } from 'rxjs';
import { type Clock, PoseCoachError } from '../base/index.ts';
import type { FrameImage } from './captured-frame.ts';
import type { TakenFrame } from './taken-frame.ts';

/** When a frame was presented and what of. */
interface Presentation {
  /** Seconds of media time. */
  readonly mediaTime: number;
  readonly capturedAt: number;
  /** How many frames the element has presented so far; counts on by itself where the browser does not tell. */
  readonly presented: number;
}

/**
 * The frames that a video element presents, each once, for as long as it plays. Nothing comes while it is paused,
 * except the picture it was seeked to, and nothing while the page is hidden: browsers do not present frames then.
 */
export function videoFrames(video: HTMLVideoElement, clock: Clock): Observable<TakenFrame> {
  return new Observable((subscriber) => {
    let lastPresented = 0;
    let taking = false;
    const deliver = (image: FrameImage, { mediaTime, capturedAt, presented }: Presentation) => {
      if (subscriber.closed) {
        image.close();
        return;
      }
      // A count that starts again belongs to another stream in the same element.
      const skipped = lastPresented > 0 ? Math.max(0, presented - lastPresented - 1) : 0;
      lastPresented = presented;
      subscriber.next({ image, timestamp: mediaTime * 1000, capturedAt, skipped });
    };
    const take = (presentation: Presentation) => {
      // A bitmap is still being made of an earlier frame: this one is skipped, and `presented` counts it.
      if (taking) return;
      try {
        const frame = currentFrame(video, presentation.mediaTime);
        if (frame) {
          deliver(frame, presentation);
          return;
        }
      } catch (error) {
        subscriber.error(error);
        return;
      }
      taking = true;
      createImageBitmap(video)
        .then((bitmap) => deliver(bitmap, presentation))
        // The element lost its picture in between (another source was set): the next frame tells.
        .catch((error: unknown) => (isInvalidState(error) ? undefined : subscriber.error(error)))
        .finally(() => {
          taking = false;
        });
    };
    return presentations(video, clock, take);
  });
}

/** Calls back for each frame presented; the returned function ends that. */
function presentations(
  video: HTMLVideoElement,
  clock: Clock,
  callback: (presentation: Presentation) => void,
): () => void {
  if (!('requestVideoFrameCallback' in video)) return polledPresentations(video, clock, callback);
  let handle = 0;
  const present: VideoFrameRequestCallback = (_now, metadata) => {
    handle = video.requestVideoFrameCallback(present);
    const { captureTime, presentationTime, mediaTime, presentedFrames } = metadata;
    callback({
      mediaTime,
      capturedAt: performance.timeOrigin + (captureTime ?? presentationTime),
      presented: presentedFrames,
    });
  };
  handle = video.requestVideoFrameCallback(present);
  return () => video.cancelVideoFrameCallback(handle);
}

/** The same for browsers without `requestVideoFrameCallback` (Firefox before 132): looks once per repaint. */
function polledPresentations(
  video: HTMLVideoElement,
  clock: Clock,
  callback: (presentation: Presentation) => void,
): () => void {
  let cancel = () => {};
  let presented = 0;
  let mediaTime = video.currentTime;
  const look = () => {
    cancel = clock.nextFrame(look);
    if (video.currentTime === mediaTime || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    mediaTime = video.currentTime;
    presented += 1;
    callback({ mediaTime, capturedAt: clock.now(), presented });
  };
  cancel = clock.nextFrame(look);
  return () => cancel();
}

/**
 * The element's current picture without a copy, or undefined where only a bitmap will do: no `VideoFrame` in this
 * browser, or one that forgets that the film is to be shown turned.
 * @throws PoseCoachError `SOURCE_UNSUPPORTED` when the page may not read the pixels
 */
function currentFrame(video: HTMLVideoElement, mediaTime: number): VideoFrame | undefined {
  if (typeof VideoFrame === 'undefined') return undefined;
  let frame: VideoFrame;
  try {
    frame = new VideoFrame(video, { timestamp: Math.round(mediaTime * 1_000_000) });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') {
      throw new PoseCoachError(
        'SOURCE_UNSUPPORTED',
        'This video comes from another site, which does not let this page read its pictures. Add crossorigin="anonymous" to the video and have that site answer with CORS headers, or serve the file from here.',
        { cause: error },
      );
    }
    return undefined;
  }
  const turned = frame.displayWidth > frame.displayHeight !== video.videoWidth > video.videoHeight;
  if (!turned) return frame;
  frame.close();
  return undefined;
}

function isInvalidState(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}
