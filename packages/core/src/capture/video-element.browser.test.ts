import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CapturedFrame } from './captured-frame.ts';
import { collect } from './testing/collect.ts';
import { colorOf, recordClip } from './testing/painted-canvas.ts';
import { videoElement } from './video-element.ts';
import { videoFile } from './video-file.ts';

/** A second of red, then a second of blue. */
let clip: Blob;
const videos: HTMLVideoElement[] = [];

beforeAll(async () => {
  clip = await recordClip(['red', 'blue'], 1);
});

afterEach(() => {
  for (const video of videos.splice(0)) {
    URL.revokeObjectURL(video.src);
    video.removeAttribute('src');
    video.load();
  }
});

async function newVideo(file: Blob = clip): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  videos.push(video);
  video.muted = true;
  video.src = URL.createObjectURL(file);
  await new Promise((resolve) => {
    video.onloadeddata = resolve;
    video.onerror = resolve;
  });
  return video;
}

/** A WAV file: a tenth of a second of nothing, 8000 samples of 8 bits per second. */
function silence(): Blob {
  const samples = new Uint8Array(800).fill(128);
  const number = (value: number, bytes: 2 | 4) =>
    new Uint8Array(new Uint32Array([value]).buffer).slice(0, bytes);
  const format = [number(1, 2), number(1, 2), number(8000, 4), number(8000, 4), number(1, 2), number(8, 2)];
  return new Blob(
    ['RIFF', number(36 + 800, 4), 'WAVEfmt ', number(16, 4), ...format, 'data', number(800, 4), samples],
    { type: 'audio/wav' },
  );
}

/**
 * The same clip with a quarter turn in its header, as phones write it. ISO 14496-12, 8.3.2: the track header's
 * matrix begins 44 bytes after its name, 56 in version 1 with its longer times; a quarter turn is 0 1 0 / -1 0 0 / 0 0 1, in 16.16 and 2.30 fixed point.
 */
async function turned(mp4: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await mp4.arrayBuffer());
  const name = [...'tkhd'].map((letter) => letter.charCodeAt(0));
  const start = bytes.findIndex((_, index) => name.every((code, offset) => bytes[index + offset] === code));
  const matrix = new DataView(bytes.buffer, start + (bytes[start + 4] === 1 ? 56 : 44), 36);
  for (const [index, value] of [0, 1, 0, -1, 0, 0, 0, 0, 1].entries()) {
    matrix.setInt32(index * 4, value * (index === 8 ? 2 ** 30 : 2 ** 16));
  }
  return new Blob([bytes], { type: 'video/mp4' });
}

type Seen = Pick<CapturedFrame, 'timestamp' | 'epoch'> & { color: string };

/** Watches a video and keeps the colour of each frame. */
function watch(video: HTMLVideoElement) {
  const seen: Seen[] = [];
  let completed = false;
  const subscription = videoElement(video).subscribe({
    next: ({ image, timestamp, epoch }) => {
      seen.push({ timestamp, epoch, color: colorOf(image) });
      image.close();
    },
    complete: () => {
      completed = true;
    },
  });
  return { seen, subscription, completed: () => completed };
}

describe('videoElement', () => {
  it('gives the frames of a video with their own times, in one epoch, and completes at its end', async () => {
    const video = await newVideo();
    const { seen, completed } = watch(video);
    await video.play();
    await vi.waitFor(() => expect(completed()).toBe(true), 10_000);
    expect(seen.length).toBeGreaterThan(30);
    expect(new Set(seen.map(({ epoch }) => epoch)).size).toBe(1);
    for (const [index, { timestamp, color }] of seen.entries()) {
      if (index > 0) expect(timestamp).toBeGreaterThan(seen[index - 1]?.timestamp ?? 0);
      // The clip changes its colour at one second, give or take what recording took to start.
      if (timestamp < 700) expect(color).toBe('red');
      if (timestamp > 1100) expect(color).toBe('blue');
    }
    expect(seen.at(-1)?.timestamp).toBeGreaterThan(video.duration * 1000 - 150);
  });

  it('gives nothing while the video is paused, and goes on in the same epoch', async () => {
    const video = await newVideo();
    const { seen, subscription } = watch(video);
    await video.play();
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(5), 5000);
    video.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const paused = seen.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(seen.length).toBe(paused);
    await video.play();
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(paused + 3), 5000);
    expect(new Set(seen.map(({ epoch }) => epoch)).size).toBe(1);
    subscription.unsubscribe();
  });

  it.each([1.5, 0.4])('begins a new epoch when it is seeked to %f s', async (target) => {
    const video = await newVideo();
    const { seen, subscription } = watch(video);
    await video.play();
    // Seeking forward by less than half a second shows in no gap of time.
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(5), 5000);
    const before = seen.at(-1);
    video.currentTime = target;
    await vi.waitFor(() => {
      const after = seen.find(
        ({ timestamp, epoch }) => timestamp >= target * 1000 - 40 && epoch !== before?.epoch,
      );
      expect(after?.color).toBe(target > 1 ? 'blue' : 'red');
    }, 5000);
    subscription.unsubscribe();
  });

  it('closes every frame it makes or hands it over, and makes none when nobody wants them', async () => {
    const made: VideoFrame[] = [];
    const PageFrame = VideoFrame;
    vi.stubGlobal(
      'VideoFrame',
      class extends PageFrame {
        constructor(video: HTMLVideoElement, init: VideoFrameInit) {
          super(video, init);
          made.push(this);
        }
      },
    );
    const video = await newVideo();
    video.loop = true;
    await video.play();
    await collect(videoElement(video), ({ length }) => length === 10);
    const count = made.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    vi.unstubAllGlobals();
    expect(count).toBeGreaterThanOrEqual(10);
    expect(made).toHaveLength(count);
    expect(made.map(({ format }) => format)).toEqual(Array(count).fill(null));
  });

  it('gives the frame that a paused video is seeked to', async () => {
    const video = await newVideo();
    const { seen, subscription } = watch(video);
    video.currentTime = 1.5;
    await vi.waitFor(() => expect(seen.at(-1)?.color).toBe('blue'), 5000);
    expect(seen.at(-1)?.timestamp).toBeGreaterThan(1400);
    subscription.unsubscribe();
  });

  it('begins a new epoch at each round of a loop, and does not complete', async () => {
    const video = await newVideo();
    video.loop = true;
    const { seen, subscription, completed } = watch(video);
    video.currentTime = 1.2;
    await video.play();
    const wrapped = () =>
      seen.findIndex(({ timestamp }, index) => timestamp < (seen[index - 1]?.timestamp ?? 0));
    await vi.waitFor(() => expect(wrapped()).toBeGreaterThan(0), 10_000);
    const index = wrapped();
    expect(seen[index]?.epoch).not.toBe(seen[index - 1]?.epoch);
    expect(completed()).toBe(false);
    subscription.unsubscribe();
  });

  it('says that a file which is no video cannot be played', async () => {
    const video = await newVideo(new Blob(['words']));
    await expect(collect(videoElement(video))).rejects.toMatchObject({ code: 'DECODE_FAILED' });
  });

  it('says so when the last of several sources cannot be played', async () => {
    const video = document.createElement('video');
    const failed = expect(collect(videoElement(video))).rejects.toMatchObject({ code: 'DECODE_FAILED' });
    for (const name of ['first', 'last']) {
      const source = document.createElement('source');
      source.src = `data:video/mp4,${name}`;
      video.append(source);
    }
    video.load();
    await failed;
  });

  it('says that a recording of sound has no picture', async () => {
    const video = await newVideo(silence());
    await expect(collect(videoElement(video))).rejects.toThrow(/no picture/);
  });

  it('says that the page may not read a video of another site', async (context) => {
    const { ok } = await fetch('/fixtures/MANIFEST.md');
    if (!ok) context.skip('skipped: no fixtures to serve from another origin');
    const video = document.createElement('video');
    videos.push(video);
    video.muted = true;
    // The same server under its other name is another site.
    video.src = `http://127.0.0.1:${location.port}/fixtures/videos/dance_phrase_talmolab.mp4`;
    await video.play();
    await expect(collect(videoElement(video))).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });

  it.each(['VideoFrame', 'ImageBitmap'])(
    'gives a film of a turned phone the right way up, as %s',
    async (kind) => {
      if (kind === 'ImageBitmap') vi.stubGlobal('VideoFrame', undefined);
      const video = await newVideo(await turned(await recordClip(['red'], 0.5, 'video/mp4;codecs=vp9')));
      await video.play();
      const kinds = new Set<string>();
      const frames = await collect(
        videoElement(video),
        ({ length }) => length === 2,
        ({ image }) => kinds.add(image.constructor.name),
      );
      vi.unstubAllGlobals();
      expect([...kinds]).toEqual([kind]);
      expect(frames[0]).toMatchObject({ width: 120, height: 160 });
    },
  );

  it('takes bitmaps where there is no VideoFrame, and looks at repaints where there are no frame callbacks', async () => {
    const prototype = HTMLVideoElement.prototype;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'requestVideoFrameCallback');
    Reflect.deleteProperty(prototype, 'requestVideoFrameCallback');
    vi.stubGlobal('VideoFrame', undefined);
    try {
      const video = await newVideo();
      const kinds = new Set<string>();
      await video.play();
      const frames = await collect(
        videoElement(video),
        ({ length }) => length === 10,
        ({ image }) => kinds.add(image.constructor.name),
      );
      expect([...kinds]).toEqual(['ImageBitmap']);
      expect(frames[0]).toMatchObject({ width: 160, height: 120 });
      expect(new Set(frames.map(({ epoch }) => epoch)).size).toBe(1);
    } finally {
      vi.unstubAllGlobals();
      if (descriptor) Object.defineProperty(prototype, 'requestVideoFrameCallback', descriptor);
    }
  });
});

describe('videoFile', () => {
  it('plays a file to its end, shows its element meanwhile, and lets it go', async () => {
    const shown: (HTMLVideoElement | undefined)[] = [];
    const frames = await collect(videoFile(clip, { onVideo: (video) => shown.push(video) }));
    expect(frames.length).toBeGreaterThan(30);
    expect(shown).toHaveLength(2);
    expect(shown[0]?.getAttribute('src')).toBeNull();
    expect(shown[1]).toBeUndefined();
  });

  it('loops when it is told to', async () => {
    const frames = await collect(
      videoFile(clip, { loop: true }),
      (all) => new Set(all.map(({ epoch }) => epoch)).size === 2,
    );
    expect(frames.at(-1)?.timestamp).toBeLessThan(frames.at(-2)?.timestamp ?? 0);
  });

  it('says that an address with nothing at it cannot be played', async () => {
    await expect(collect(videoFile('/fixtures/no-such-clip.mp4'))).rejects.toMatchObject({
      code: 'DECODE_FAILED',
    });
  });
});
