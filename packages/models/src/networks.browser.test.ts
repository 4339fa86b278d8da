import handLandmarks from '@mediapipe/hands/hand_landmark_full.tflite?url';
import packedPalmDetectors from '@mediapipe/hands/hands_solution_packed_assets.data?url';
import poseLandmarksFull from '@mediapipe/pose/pose_landmark_full.tflite?url';
import poseLandmarksLite from '@mediapipe/pose/pose_landmark_lite.tflite?url';
import poseDetector from '@mediapipe/pose/pose_solution_packed_assets.data?url';
import runtime from 'onnxruntime-web/wasm?url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runTflite } from './tflite-oracle.ts';

/** A network as TFLite and as ONNX Runtime get it. */
interface Comparison {
  readonly name: string;
  readonly tflite: string;
  /** Where the model lies in its file; the whole file where this is left out. */
  readonly bytes?: readonly [start: number, end: number];
  /** Width and height of the input. */
  readonly size: number;
  /** What black and white become, for TFLite (MediaPipe's `*_cpu.pbtxt` of the network) and for ONNX Runtime. */
  readonly tfliteRange: readonly [number, number];
  readonly onnxRange: readonly [number, number];
  /** What is found in a part of a photo: left, top, width and height in pixels. */
  readonly photo: string;
  readonly part: readonly [number, number, number, number];
  /** In TFLite's order; what is not converted is undefined. */
  readonly outputs: ReadonlyArray<keyof typeof TOLERANCE | undefined>;
}

/** How far from TFLite a number may be. */
const TOLERANCE = {
  /** Pixels of the input. */
  boxes: 0.01,
  landmarks: 0.01,
  /** Before the sigmoid. */
  scores: 0.01,
  heatmap: 0.01,
  /** Metres. */
  world_landmarks: 0.0001,
  /** After the sigmoid. */
  presence: 0.0001,
  handedness: 0.0001,
} as const;

const PERSON = { photo: 'human_ai-body.jpg', part: [0, 0, 1200, 1200] } as const;
const UNIT: readonly [number, number] = [0, 1];
const SIGNED: readonly [number, number] = [-1, 1];

const POSE_LANDMARKS = {
  size: 256,
  tfliteRange: UNIT,
  onnxRange: UNIT,
  ...PERSON,
  outputs: ['landmarks', 'presence', undefined, 'heatmap', 'world_landmarks'],
} as const;

const COMPARISONS: readonly Comparison[] = [
  {
    name: 'pose_detector.onnx',
    tflite: poseDetector,
    size: 224,
    tfliteRange: SIGNED,
    onnxRange: SIGNED,
    ...PERSON,
    outputs: ['boxes', 'scores'],
  },
  { name: 'pose_landmarks_lite.onnx', tflite: poseLandmarksLite, ...POSE_LANDMARKS },
  { name: 'pose_landmarks_full.onnx', tflite: poseLandmarksFull, ...POSE_LANDMARKS },
  {
    name: 'hand_detector.onnx',
    tflite: packedPalmDetectors,
    bytes: [11, 2_341_291],
    size: 192,
    tfliteRange: UNIT,
    onnxRange: SIGNED,
    photo: 'four_3.jpg',
    part: [80, 200, 192, 192],
    outputs: ['boxes', 'scores'],
  },
  {
    name: 'hand_landmarks.onnx',
    tflite: handLandmarks,
    size: 224,
    tfliteRange: UNIT,
    onnxRange: UNIT,
    photo: 'four_3.jpg',
    part: [120, 248, 84, 84],
    outputs: ['landmarks', 'presence', 'handedness', 'world_landmarks'],
  },
];

let hasFixtures = false;
beforeAll(async () => {
  hasFixtures = (await fetch('/fixtures/MANIFEST.md')).ok;
});

describe.each([...COMPARISONS])('the network $name', (network) => {
  it('gives of noise what TFLite gives', async () => {
    const { differences } = await compare(network, noise(network.size));
    expect(differences.filter(({ largest, tolerance }) => !(largest <= tolerance))).toEqual([]);
    expect(differences.map(({ name }) => name)).toEqual(network.outputs.filter(Boolean));
  });

  it('gives of a photo what TFLite gives, and finds what is there', async (context) => {
    if (!hasFixtures) return context.skip('skipped: no fixtures');
    const { differences, outputs } = await compare(network, await photo(network));
    expect(differences.filter(({ largest, tolerance }) => !(largest <= tolerance))).toEqual([]);
    // Presence is a chance; scores are its logarithmic odds, zero being one half.
    const found = outputs.presence?.[0] ?? sigmoid(Math.max(...(outputs.scores ?? [])));
    expect(found).toBeGreaterThan(0.9);
  });
});

/** Runs a network in TFLite and in ONNX Runtime and gives, for each output, by how much they differ at most. */
async function compare(network: Comparison, pixels: Float32Array) {
  const model = (await bytesOf(network.tflite)).slice(...(network.bytes ?? []));
  const scaled = (range: readonly [number, number]) =>
    pixels.map((value) => range[0] + value * (range[1] - range[0]));
  const [expected = []] = await runTflite(model, [scaled(network.tfliteRange)]);
  const outputs = await runOnnx(network, planes(scaled(network.onnxRange), 3));
  const differences = expected.flatMap(({ shape, data }, index) => {
    const name = network.outputs[index];
    if (name === undefined) return [];
    const reference = shape.length === 4 ? planes(data, shape[3] ?? 1) : data;
    const found = outputs[name] ?? new Float32Array();
    expect(found.length, name).toBe(reference.length);
    const largest = found.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (reference[at] ?? Number.NaN))),
      0,
    );
    return [{ name, largest, tolerance: TOLERANCE[name] }];
  });
  return { differences, outputs };
}

async function runOnnx({ name, size }: Comparison, image: Float32Array) {
  // By its address, because a dependency that is found in the middle of a run makes the test page load again.
  const ort: typeof import('onnxruntime-web/wasm') = await import(/* @vite-ignore */ runtime);
  ort.env.wasm.wasmPaths = '/assets/wasm/';
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(await bytesOf(`/assets/models/${name}`));
  const found = await session.run({ image: new ort.Tensor('float32', image, [1, 3, size, size]) });
  const outputs: Readonly<Record<string, Float32Array>> = Object.fromEntries(
    Object.entries(found).map(([output, { data }]) => [output, Float32Array.from(data as Float32Array)]),
  );
  await session.release();
  return outputs;
}

async function bytesOf(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.arrayBuffer();
}

/** Pixels, channels last, from 0 to 1, the same each time. */
function noise(size: number): Float32Array {
  // The linear congruential generator of Numerical Recipes.
  let state = 1;
  return Float32Array.from({ length: size * size * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}

/** A part of a photo as such pixels. */
async function photo({ photo: name, part, size }: Comparison): Promise<Float32Array> {
  const picture = await createImageBitmap(new Blob([await bytesOf(`/fixtures/images/${name}`)]));
  const context = new OffscreenCanvas(size, size).getContext('2d');
  if (!context) throw new Error('There is no 2-D canvas here.');
  context.drawImage(picture, ...part, 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  return Float32Array.from(
    data.filter((_, index) => index % 4 !== 3),
    (value) => value / 255,
  );
}

/** From channels last to one plane for each channel. */
function planes(values: Float32Array, channels: number): Float32Array {
  const pixels = values.length / channels;
  return values.map((_, index) => values[(index % pixels) * channels + Math.floor(index / pixels)] ?? 0);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
