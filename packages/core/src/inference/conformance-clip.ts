import type { Landmark } from '../pose/index.ts';

/** Pictures of a real clip with what MediaPipe's full model found in them, frame by frame, for tests in a browser. */
export interface Clip {
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  /** From the clip's beginning, because the reference's smoothing began there too. */
  readonly frames: readonly ImageBitmap[];
  readonly reference: readonly ReferenceFrame[];
}

export interface ReferenceFrame {
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Pick<Landmark, 'x' | 'y' | 'z'>[];
}

/** The recorded form: x, y, z and visibility of 33 landmarks, and x, y, z in metres. */
interface Recorded {
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly frames: readonly {
    readonly lm: readonly (readonly [number, number, number, number])[];
    readonly wl: readonly (readonly [number, number, number])[];
  }[];
}

/** The first `count` frames of a clip, or undefined where there are no fixtures. */
export async function loadClip(name: string, count: number): Promise<Clip | undefined> {
  if (!(await fetch('/fixtures/MANIFEST.md')).ok) return undefined;
  const response = await fetch(`/fixtures/landmarks/${name}.full.json.gz`);
  const unzipped = response.body?.pipeThrough(new DecompressionStream('gzip'));
  const recorded: Recorded = await new Response(unzipped).json();
  return {
    framesPerSecond: recorded.fps,
    width: recorded.width,
    height: recorded.height,
    frames: await decode(`/fixtures/videos/${name}.mp4`, recorded.fps, count),
    reference: recorded.frames.slice(0, count).map(({ lm, wl }) => ({
      landmarks: lm.map(([x, y, z, visibility]) => ({ x, y, z, visibility })),
      worldLandmarks: wl.map(([x, y, z]) => ({ x, y, z })),
    })),
  };
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
