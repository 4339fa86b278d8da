import {
  type Clip,
  clipOf,
  NO_FIXTURES,
  type Pictures,
  type RecordedReference,
} from './conformance-pictures.ts';

type BrowserPicture = ImageBitmap | OffscreenCanvas;

/** The conformance suite's pictures in a browser: `VideoFrame` and `ImageBitmap`. */
export const browserPictures: Pictures<BrowserPicture> = {
  clip: async (name, count) => (await loadClip(name, count)) ?? NO_FIXTURES,
  draw(width, height, paint) {
    const canvas = new OffscreenCanvas(width, height);
    paint(contextOf(canvas));
    return canvas;
  },
  fromPixels(pixels, width, height) {
    const canvas = new OffscreenCanvas(width, height);
    contextOf(canvas).putImageData(new ImageData(pixels, width, height), 0, 0);
    return canvas;
  },
  toFrame: (picture, index) => new VideoFrame(picture, { timestamp: index * 33_000 }),
  toOtherFrame: (picture) => createImageBitmap(picture),
  isEmpty: (frame) => ('format' in frame ? frame.format === null : frame.width === 0),
};

/** The first `count` frames of a clip, or undefined where there are no fixtures. */
export async function loadClip(name: string, count: number): Promise<Clip<ImageBitmap> | undefined> {
  if (!(await fetch('/fixtures/MANIFEST.md')).ok) return undefined;
  const response = await fetch(`/fixtures/landmarks/${name}.full.json.gz`);
  const unzipped = response.body?.pipeThrough(new DecompressionStream('gzip'));
  const recorded: RecordedReference = await new Response(unzipped).json();
  return clipOf(recorded, await decode(`/fixtures/videos/${name}.mp4`, recorded.fps, count));
}

async function decode(url: string, framesPerSecond: number, count: number): Promise<ImageBitmap[]> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = url;
  await happened(video, 'loadeddata');
  const frames: ImageBitmap[] = [];
  for (let index = 0; index < count; index += 1) {
    // The middle of a frame's time: at its beginning, rounding decides which of two is shown.
    video.currentTime = (index + 0.5) / framesPerSecond;
    await happened(video, 'seeked');
    frames.push(await createImageBitmap(video));
  }
  video.removeAttribute('src');
  video.load();
  return frames;
}

function happened(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new Error(`${video.src}: ${video.error?.message}`)), {
      once: true,
    });
  });
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2-D canvas here.');
  return context;
}
