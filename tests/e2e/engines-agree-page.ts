// The page of the comparison of engines: shows the same pictures to MediaPipe itself and to the ONNX engine.
import { FilesetResolver, HandLandmarker, PoseLandmarker } from '@mediapipe/tasks-vision';
import { onnx } from '@pose-coach/core/onnx';
import { unpackDetections } from '../../packages/core/src/inference/engine/packed-landmarks.ts';
import { startLandmarker } from '../../packages/core/src/inference/onnx/landmarker.ts';

/** x, y, z. */
export type Coordinates = readonly [x: number, y: number, z: number];

/** A person, or a hand, as an engine sees one. */
export interface Sighting {
  /** x and y in [0, 1] of the picture, z in its widths. */
  readonly landmarks: readonly Coordinates[];
  /** Metres. */
  readonly world: readonly Coordinates[];
}

/** What both engines see in one picture. */
export interface Comparison {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly mediapipe: readonly Sighting[];
  readonly onnx: readonly Sighting[];
}

export interface Order {
  readonly task: 'body' | 'hands';
  /** Of the body's network; hands have one. */
  readonly model: 'lite' | 'full';
  /** Whether pictures follow each other as a film's do; otherwise each is the first one that the engines ever see. */
  readonly film: boolean;
}

declare global {
  interface Window {
    startEngines(order: Order): Promise<void>;
    comparePictures(addresses: readonly string[]): Promise<Comparison[]>;
  }
}

type Look = (picture: ImageBitmap, timestamp: number) => Sighting[] | Promise<Sighting[]>;

/** Milliseconds between two pictures of a film. */
const FRAME = 1000 / 30;
/** The most hands to look for: one person's. */
const HANDS = 2;
/** MediaPipe's default for every threshold, and ours. */
const THRESHOLDS = { detection: 0.5, presence: 0.5, tracking: 0.5 };

let engines: { readonly mediapipe: Look; readonly onnx: Look } | undefined;

window.startEngines = async (order) => {
  engines = { mediapipe: await startMediapipe(order), onnx: await startOnnx(order) };
};

window.comparePictures = async (addresses) => {
  if (!engines) throw new Error('The engines have not been started.');
  const comparisons: Comparison[] = [];
  for (const [index, address] of addresses.entries()) {
    const picture = await createImageBitmap(await (await fetch(address)).blob());
    const { width, height } = picture;
    const mediapipe = await engines.mediapipe(picture, index * FRAME);
    // Takes the picture.
    const onnx = await engines.onnx(picture, index * FRAME);
    comparisons.push({ width, height, mediapipe, onnx });
  }
  return comparisons;
};

async function startMediapipe({ task, model, film }: Order): Promise<Look> {
  const files = await FilesetResolver.forVisionTasks('/mediapipe');
  const options = (file: string) =>
    ({
      baseOptions: { modelAssetPath: `/assets/models/${file}`, delegate: 'CPU' },
      runningMode: film ? 'VIDEO' : 'IMAGE',
    }) as const;
  const landmarker =
    task === 'body'
      ? await PoseLandmarker.createFromOptions(files, options(`pose_landmarker_${model}.task`))
      : await HandLandmarker.createFromOptions(files, {
          ...options('hand_landmarker.task'),
          numHands: HANDS,
        });
  return (picture, timestamp) => {
    const { landmarks, worldLandmarks } = film
      ? landmarker.detectForVideo(picture, timestamp)
      : landmarker.detect(picture);
    return landmarks.map((image, index) => toSighting(image, worldLandmarks[index] ?? []));
  };
}

/** Bodies by the engine as people have it; of hands all, also those of nobody whom it sees. */
function startOnnx(order: Order): Promise<Look> {
  return order.task === 'body' ? bodies(order) : hands(order);
}

async function bodies({ model, film }: Order): Promise<Look> {
  const estimator = await onnx({ model, backend: 'wasm', assets: '/assets/' }).create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return async (picture, timestamp) => {
    if (!film) estimator.reset();
    const { poses } = await estimator.estimate(picture, timestamp);
    return poses.map(({ landmarks, worldLandmarks }) => toSighting(landmarks, worldLandmarks));
  };
}

async function hands({ model, film }: Order): Promise<Look> {
  const fetchBlob = async (address: string) => (await fetch(address)).blob();
  const glueUrl = '/assets/wasm/ort-wasm-simd-threaded.mjs';
  const files = {
    wasm: await fetchBlob('/assets/wasm/ort-wasm-simd-threaded.wasm'),
    'hand_detector.onnx': await fetchBlob('/assets/models/hand_detector.onnx'),
    'hand_landmarks.onnx': await fetchBlob('/assets/models/hand_landmarks.onnx'),
  };
  const landmarker = await startLandmarker(
    {
      task: 'hands',
      model,
      limit: HANDS,
      inputSize: null,
      backend: 'wasm',
      threads: 1,
      glueUrl,
      ...THRESHOLDS,
    },
    files,
    (error) => console.error(error),
  );
  return async (picture, timestamp) => {
    if (!film) landmarker.reset();
    const packed = await landmarker.detect(await landmarker.read(picture), timestamp);
    picture.close();
    return unpackDetections(packed, 21).map(({ landmarks, worldLandmarks }) =>
      toSighting(landmarks, worldLandmarks),
    );
  };
}

function toSighting(landmarks: readonly Point[], world: readonly Point[]): Sighting {
  const coordinates = ({ x, y, z }: Point): Coordinates => [x, y, z];
  return { landmarks: landmarks.map(coordinates), world: world.map(coordinates) };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}
