import type { CapturedFrame } from '@pose-coach/core';

/** Milliseconds. A seek in a small clip takes a few; whoever waits this long waits for nothing. */
const SEEK_TIMEOUT = 10_000;

/** Milliseconds a frame may take to reach the screen after its seek; it is there by then, presented or not. */
const PRESENTATION_TIMEOUT = 250;

/**
 * Every frame of a clip, decoded one by one: none is skipped however slow its taker is. The taker closes each
 * frame's image.
 *
 * @param rate frames per second of the clip
 * @param taken resolves when the frame before has been dealt with
 */
export async function* clipFrames(
  clip: Blob,
  rate: number,
  taken: () => Promise<void>,
): AsyncGenerator<CapturedFrame, void> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(clip);
  video.muted = true;
  video.src = url;
  document.body.append(video);
  try {
    await once(video, 'loadeddata');
    const count = Math.round(video.duration * rate);
    let before = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < count; index += 1) {
      await taken();
      // The middle of a frame: its edges belong to whichever neighbour rounding chooses.
      await seek(video, (index + 0.5) / rate);
      const image = new VideoFrame(video);
      const timestamp = image.timestamp / 1000;
      if (timestamp <= before) {
        image.close();
        throw new Error(`Frame ${index} is not newer than the one before: is the clip's rate ${rate}?`);
      }
      before = timestamp;
      yield {
        image,
        timestamp,
        epoch: 1,
        width: video.videoWidth,
        height: video.videoHeight,
        capturedAt: Date.now(),
        skipped: 0,
      };
    }
  } finally {
    video.remove();
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

async function seek(video: HTMLVideoElement, seconds: number): Promise<void> {
  const presented = new Promise<void>((resolve) => {
    video.requestVideoFrameCallback(() => resolve());
  });
  const seeked = once(video, 'seeked');
  video.currentTime = seconds;
  await seeked;
  await Promise.race([presented, new Promise((resolve) => setTimeout(resolve, PRESENTATION_TIMEOUT))]);
}

function once(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`The clip never said ${event}.`)), SEEK_TIMEOUT);
    video.addEventListener(
      event,
      () => {
        clearTimeout(timeout);
        resolve();
      },
      { once: true },
    );
    video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'The clip failed.')), {
      once: true,
    });
  });
}
