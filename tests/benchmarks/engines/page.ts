// The page of the benchmark of engines: both through the SDK, each in its own worker, on frames in memory.
import type { PoseEstimator, PoseEstimatorFactory } from '@pose-coach/core';
import { FRAMES, HEIGHT, WIDTH } from './frames.ts';
import { measurePace, type Pace } from './pace.ts';

export interface EngineOrder {
  readonly engine: 'mediapipe' | 'onnx';
  readonly model: 'lite' | 'full';
  /** Of MediaPipe. */
  readonly delegate?: 'CPU' | 'GPU';
  /** Of the ONNX engine. */
  readonly backend?: 'auto' | 'wasm';
  readonly threads?: number;
}

declare global {
  interface Window {
    /** Starts an engine. @returns what it calculates with, and why */
    startEngine(
      name: string,
      order: EngineOrder,
    ): Promise<{ readonly backend: string; readonly why: string }>;
    runEngine(name: string, milliseconds: number): Promise<Pace>;
    stopEngine(name: string): Promise<void>;
    /** Milliseconds from the page's navigation to the first landmarks. */
    firstLandmarks(order: EngineOrder): Promise<number>;
  }
}

const engines = new Map<string, PoseEstimator>();
let frames: Promise<Uint8Array<ArrayBuffer>> | undefined;

window.startEngine = async (name, order) => {
  const estimator = await create(order);
  engines.set(name, estimator);
  return { backend: estimator.info.backend, why: estimator.info.why };
};

window.runEngine = async (name, milliseconds) => {
  frames ??= fetchFrames('/frames.i420');
  const pixels = await frames;
  const estimator = engines.get(name);
  if (!estimator) throw new Error(`No engine ${name} has been started.`);
  return measurePace(estimator, (index, timestamp) => frameOf(pixels, index, timestamp), milliseconds);
};

window.stopEngine = async (name) => {
  await engines.get(name)?.dispose();
  engines.delete(name);
};

window.firstLandmarks = async (order) => {
  const [estimator, pixels] = await Promise.all([create(order), fetchFrames('/first.i420')]);
  const { poses } = await estimator.estimate(frameOf(pixels, 0, 0), 0);
  const elapsed = performance.now();
  await estimator.dispose();
  if (poses.length === 0) throw new Error('Nobody was found in the first frame.');
  return elapsed;
};

async function create(order: EngineOrder): Promise<PoseEstimator> {
  const factory = await factoryOf(order);
  return factory.create({ signal: new AbortController().signal, onProgress: () => undefined });
}

/** Loads the code of the one engine. */
async function factoryOf({
  engine,
  model,
  delegate,
  backend,
  threads,
}: EngineOrder): Promise<PoseEstimatorFactory> {
  const common = { model, assets: '/assets/', thread: 'worker' } as const;
  if (engine === 'mediapipe') {
    const { mediapipe } = await import('@pose-coach/core/mediapipe');
    return mediapipe({ ...common, delegate: delegate ?? 'CPU' });
  }
  const { onnx } = await import('@pose-coach/core/onnx');
  return onnx({ ...common, backend: backend ?? 'wasm', ...(threads === undefined ? {} : { threads }) });
}

async function fetchFrames(address: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

/** Half a byte each of the two colour planes for every byte of brightness. */
const FRAME_BYTES = (WIDTH * HEIGHT * 3) / 2;

function frameOf(pixels: Uint8Array<ArrayBuffer>, index: number, timestamp: number): VideoFrame {
  const at = (index % FRAMES) * FRAME_BYTES;
  return new VideoFrame(pixels.subarray(at, at + FRAME_BYTES), {
    format: 'I420',
    codedWidth: WIDTH,
    codedHeight: HEIGHT,
    timestamp: Math.round(1000 * timestamp),
  });
}
