import { Observable } from 'rxjs';
import { type Clock, PoseCoachError } from '../base/index.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { videoElement } from './video-element.ts';

export interface VideoFileOptions {
  /** Starts again at the end, in a new epoch, for ever. Default false. */
  readonly loop?: boolean;
  /** The playing element, to show or steer it; undefined when it is let go. It is muted, and not in the page. */
  onVideo?(video: HTMLVideoElement | undefined): void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Plays a video file, muted, at its own pace from the beginning, and gives its frames. Completes at its end.
 * @param file what a file input gave, or an address
 *
 * Errors as `videoElement` does, and with `SOURCE_UNSUPPORTED` where the browser wants to be clicked first.
 */
export function videoFile(
  file: Blob | string | URL,
  options: VideoFileOptions = {},
): Observable<CapturedFrame> {
  return new Observable((subscriber) => {
    const video = document.createElement('video');
    const { clock, loop = false, onVideo } = options;
    video.muted = true;
    video.playsInline = true;
    video.loop = loop;
    video.crossOrigin = 'anonymous';
    video.src = file instanceof Blob ? URL.createObjectURL(file) : String(file);
    subscriber.add(() => {
      if (file instanceof Blob) URL.revokeObjectURL(video.src);
      video.pause();
      // An element without a source lets its decoder go; merely forgetting it leaves that to the garbage collector.
      video.removeAttribute('src');
      video.load();
      onVideo?.(undefined);
    });
    onVideo?.(video);
    videoElement(video, clock ? { clock } : {}).subscribe(subscriber);
    video.play().catch((error: unknown) => {
      // Other failures arrive as the element's own error, or come of letting it go.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      subscriber.error(
        new PoseCoachError(
          'SOURCE_UNSUPPORTED',
          'The browser does not start a video by itself here (it may be saving power). Start it with a click.',
          { cause: error },
        ),
      );
    });
  });
}
