import { Observable } from 'rxjs';
import type { Clock } from '../base/index.ts';
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
 * Errors with a `SecurityError` when the page may not read the pixels.
 */
export function videoFrames(video: HTMLVideoElement, clock: Clock): Observable<TakenFrame> {
  return new Observable((subscriber) => {
    const takePicture = pictureTaker(video);
    let lastPresented = 0;
    return presentations(video, clock, ({ mediaTime, capturedAt, presented }) => {
      try {
        const image = takePicture(mediaTime);
        // A count that starts again belongs to another stream in the same element.
        const skipped = lastPresented > 0 ? Math.max(0, presented - lastPresented - 1) : 0;
        lastPresented = presented;
        subscriber.next({ image, timestamp: mediaTime * 1000, capturedAt, skipped });
      } catch (error) {
        // The element has no picture at this moment (another source was set): the next frame tells.
        if (!hasName(error, 'InvalidStateError')) subscriber.error(error);
      }
    });
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
 * Takes the element's current picture: without a copy where the browser's `VideoFrame` knows how a film is to be
 * turned (or the picture is a stream's, which needs no turning), else through a canvas, which every browser draws
 * the right way up. In Firefox 153 a `VideoFrame` and `createImageBitmap` both forget it (tried).
 */
function pictureTaker(video: HTMLVideoElement): (mediaTime: number) => FrameImage {
  let canvas: OffscreenCanvas | undefined;
  const draw = () => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) throw new DOMException('The video has no picture yet.', 'InvalidStateError');
    const fresh = canvas?.width !== width || canvas.height !== height;
    if (!canvas || fresh) canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0);
    // A bitmap of pixels that the page may not read would be made, and refused later: this throws at once.
    if (fresh) context?.getImageData(0, 0, 1, 1);
    return canvas.transferToImageBitmap();
  };
  return (mediaTime) => {
    const keepsTurn =
      typeof VideoFrame !== 'undefined' && (video.srcObject || 'rotation' in VideoFrame.prototype);
    return keepsTurn ? new VideoFrame(video, { timestamp: Math.round(mediaTime * 1_000_000) }) : draw();
  };
}

/** Whether this is the browser's error of that name. */
export function hasName(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
