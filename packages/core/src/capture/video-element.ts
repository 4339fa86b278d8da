import { map, merge, Observable } from 'rxjs';
import { type Clock, PoseCoachError, systemClock } from '../base/index.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { inEpochs } from './taken-frame.ts';
import { hasName, videoFrames } from './video-frames.ts';

export interface VideoElementOptions {
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Milliseconds after `ended` in which the last frame may still be presented: a few refreshes of the screen. */
const LAST_FRAME_GRACE = 100;

/**
 * The frames that a video element shows, at the pace and in the order in which it shows them. Starting, pausing
 * and seeking stay its owner's. A seek, a loop and another `src` begin a new epoch; a paused video gives only the
 * frame it was seeked to. Completes when the video ends and does not loop.
 *
 * Errors with `DECODE_FAILED` (no such file, a format this browser cannot decode, no picture in it) or
 * `SOURCE_UNSUPPORTED` (a video from another site that the page may not read).
 */
export function videoElement(
  video: HTMLVideoElement,
  { clock = systemClock }: VideoElementOptions = {},
): Observable<CapturedFrame> {
  return new Observable((subscriber) => {
    let interrupted = false;
    const interrupt = () => {
      interrupted = true;
    };
    // Also at `seeked`: a frame from before the seek may come between the two.
    const interruptions = ['seeking', 'seeked', 'emptied'] as const;
    for (const name of interruptions) video.addEventListener(name, interrupt);
    subscriber.add(() => {
      for (const name of interruptions) video.removeEventListener(name, interrupt);
    });
    const frames = videoFrames(video, clock).pipe(
      map((frame) => {
        const marked = { ...frame, interrupted };
        interrupted = false;
        return marked;
      }),
      inEpochs(),
    );
    subscriber.add(
      frames.subscribe({
        next: (frame) => subscriber.next(frame),
        error: (error) => subscriber.error(hasName(error, 'SecurityError') ? foreignVideo(error) : error),
      }),
    );
    subscriber.add(
      merge(failures(video), endings(video, clock)).subscribe({
        error: (error) => subscriber.error(error),
        next: () => subscriber.complete(),
      }),
    );
  });
}

function foreignVideo(cause: unknown): PoseCoachError {
  return new PoseCoachError(
    'SOURCE_UNSUPPORTED',
    'This video comes from another site, which does not let this page read its pictures. Add crossorigin="anonymous" to the video and have that site answer with CORS headers, or serve the file from here.',
    { cause },
  );
}

/** Emits when the video has ended and its last frame had time to come. */
function endings(video: HTMLVideoElement, clock: Clock): Observable<void> {
  return new Observable((subscriber) => {
    let cancel = () => {};
    const end = () => {
      cancel = clock.delay(LAST_FRAME_GRACE, () => subscriber.next());
    };
    // A video that somebody starts again within that time has not ended.
    const goOn = () => cancel();
    video.addEventListener('ended', end);
    video.addEventListener('playing', goOn);
    return () => {
      cancel();
      video.removeEventListener('ended', end);
      video.removeEventListener('playing', goOn);
    };
  });
}

/** Errors when the video cannot be shown, now or later. */
function failures(video: HTMLVideoElement): Observable<never> {
  return new Observable((subscriber) => {
    const fail = (event?: Event) => {
      // Errors of `<source>` children do not bubble; only the last one's means that there is no other to try.
      const failed = event?.target ?? video;
      if (failed !== video && failed !== [...video.querySelectorAll('source')].at(-1)) return;
      subscriber.error(
        new PoseCoachError(
          'DECODE_FAILED',
          `The video could not be played${video.error?.message ? ` (${video.error.message})` : ''}. Check that its address is right, or convert it to MP4 with H.264 video.`,
          { cause: video.error ?? undefined },
        ),
      );
    };
    const lookForPicture = () => {
      if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.videoWidth > 0) return;
      subscriber.error(
        new PoseCoachError(
          'DECODE_FAILED',
          'There is no picture in this video that the browser can decode (HEVC from a phone, or sound only). Convert it to MP4 with H.264 video.',
        ),
      );
    };
    video.addEventListener('error', fail, true);
    video.addEventListener('loadedmetadata', lookForPicture);
    if (video.error) fail();
    else lookForPicture();
    return () => {
      video.removeEventListener('error', fail, true);
      video.removeEventListener('loadedmetadata', lookForPicture);
    };
  });
}
