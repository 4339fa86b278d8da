// The page of the test of the ONNX engine on an isolated page: runs the built engine on frames of a clip.
import { type OnnxOptions, onnx } from '@pose-coach/core/onnx';

/** x and y in [0, 1] of the picture. */
export type Landmarks = readonly (readonly [x: number, y: number])[];

/** What of ONNX Runtime is alive, and how often networks have run. */
interface RuntimeCounts {
  readonly sessions: number;
  readonly tensors: number;
  readonly runs: number;
}

declare global {
  interface Window {
    /** Takes so many frames from the beginning of the clip. */
    load(count: number): Promise<void>;
    startOnnx(options: OnnxOptions): Promise<Running['info']>;
    /** Looks at so many frames, again from the first when there are no more; the landmarks of the first round. */
    look(count: number): Promise<Landmarks[]>;
    stop(): Promise<void>;
    /** What happened to the engine since it started. */
    happened(): readonly string[];
    /** Asks the runtime, where its script counts. */
    countRuntime(): Promise<RuntimeCounts>;
    readonly performance: Performance & { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
  }
}

type Running = Awaited<ReturnType<ReturnType<typeof onnx>['create']>>;

const FRAMES_PER_SECOND = 30;

const frames: ImageBitmap[] = [];
let running: Running | undefined;
let events: string[] = [];
let shown = 0;

window.load = async (count) => {
  const video = document.createElement('video');
  video.muted = true;
  video.src = '/clip.mp4';
  await new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
  for (let index = 0; index < count; index += 1) {
    video.currentTime = (index + 0.5) / FRAMES_PER_SECOND;
    await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    // On a busy machine the picture of the new place comes a moment after its event.
    while (video.readyState < video.HAVE_CURRENT_DATA) await new Promise(requestAnimationFrame);
    frames.push(await createImageBitmap(video));
  }
};

window.startOnnx = async (options) => {
  const factory = onnx({ assets: '/assets/', backend: 'wasm', ...options });
  const estimator = await factory.create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  events = [];
  estimator.events(({ type }) => events.push(type));
  running = estimator;
  return estimator.info;
};

window.look = async (count) => {
  const found: Landmarks[] = [];
  for (let index = 0; index < count; index += 1) {
    const frame = frames[index % frames.length];
    if (!running || !frame) throw new Error('Load frames and start the engine first.');
    const timestamp = (shown * 1000) / FRAMES_PER_SECOND;
    const image = new VideoFrame(frame, { timestamp: timestamp * 1000 });
    shown += 1;
    const { poses } = await running.estimate(image, timestamp);
    const [pose] = poses;
    if (!pose) throw new Error(`Nobody was found in frame ${index}.`);
    if (index < frames.length) found.push(pose.landmarks.map(({ x, y }) => [x, y] as const));
  }
  return found;
};

window.stop = async () => running?.dispose();
window.happened = () => events;

const runtime = new BroadcastChannel('runtime');
window.countRuntime = () =>
  new Promise((resolve) => {
    runtime.onmessage = ({ data }: MessageEvent<RuntimeCounts>) => resolve(data);
    runtime.postMessage('count');
  });
