import { INPUTS, type ModelInput, readInput } from '../inputs.ts';
import { convertToOnnx, type NetworkDescription } from './convert.ts';

/** An ONNX file, and the TFLite model that it is made of. */
export interface OnnxRecipe {
  readonly name: string;
  readonly input: ModelInput;
  readonly network: Pick<NetworkDescription, 'outputs' | 'rescale'>;
}

/**
 * Pixels [1, 3, 256, 256], 0 to 1. Of the five outputs the mask of the person, [1, 256, 256, 1], is left out, and with
 * it the branch of the network that paints it.
 *
 * - `landmarks` [1, 195]: for each of 39 x, y, z in pixels of the input, and visibility and presence before the sigmoid
 * - `presence` [1, 1]: whether there is a person, after the sigmoid
 * - `heatmap` [1, 39, 64, 64]: where each landmark may be, before the sigmoid
 * - `world_landmarks` [1, 117]: for each of 39 x, y, z in metres
 */
const POSE_LANDMARKS = {
  outputs: ['landmarks', 'presence', undefined, 'heatmap', 'world_landmarks'],
} as const;

/** What the package carries. Every network has one input, `image`: planes of red, green and blue, batch of one. */
export const ONNX_RECIPES: readonly OnnxRecipe[] = [
  {
    // Pixels [1, 3, 224, 224], -1 to 1. For each of 2254 anchors a box and four points, `boxes` [1, 2254, 12], and
    // `scores` [1, 2254, 1] before the sigmoid.
    name: 'pose_detector.onnx',
    input: INPUTS.poseDetector,
    network: { outputs: ['boxes', 'scores'] },
  },
  { name: 'pose_landmarks_lite.onnx', input: INPUTS.poseLandmarksLite, network: POSE_LANDMARKS },
  { name: 'pose_landmarks_full.onnx', input: INPUTS.poseLandmarksFull, network: POSE_LANDMARKS },
  {
    // Pixels [1, 3, 192, 192], -1 to 1 like those of the other detector: the network itself wants 0 to 1
    // (mediapipe/modules/palm_detection/palm_detection_cpu.pbtxt). For each of 2016 anchors a box and seven points,
    // `boxes` [1, 2016, 18], and `scores` [1, 2016, 1] before the sigmoid.
    name: 'hand_detector.onnx',
    input: INPUTS.palmDetector,
    network: { outputs: ['boxes', 'scores'], rescale: { factor: 0.5, offset: 0.5 } },
  },
  {
    // Pixels [1, 3, 224, 224], 0 to 1. For each of 21 landmarks x, y, z in pixels of the input, `landmarks` [1, 63],
    // and in metres, `world_landmarks` [1, 63]. `presence` [1, 1], whether there is a hand, and `handedness` [1, 1],
    // whether it is a right one, are both after the sigmoid.
    name: 'hand_landmarks.onnx',
    input: INPUTS.handLandmarks,
    network: { outputs: ['landmarks', 'presence', 'handedness', 'world_landmarks'] },
  },
];

/** Twenty-eight megabytes that few need: converted when asked for, and not carried. */
export const HEAVY_ONNX_RECIPE: OnnxRecipe = {
  name: 'pose_landmarks_heavy.onnx',
  input: INPUTS.poseLandmarksHeavy,
  network: POSE_LANDMARKS,
};

/** What that recipe gives: the manifest holds only what is carried. */
export const HEAVY_ONNX = {
  bytes: 27_589_888,
  sha256: 'fc55f4b9e9311cc3a82a718ebcac485c3fb04d43483c68ed9fde751277e696aa',
} as const;

/**
 * Reads the TFLite model of a recipe and converts it.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` or `ASSET_INVALID` if the model is missing, not the one that was pinned, or
 * cannot be converted
 */
export async function convertNetwork({ name, input, network }: OnnxRecipe): Promise<Uint8Array> {
  const { package: from, version, file } = input.source;
  return convertToOnnx(await readInput(input), {
    ...network,
    name: name.replace('.onnx', ''),
    description: `Converted by Pose Coach from ${file} of ${from} ${version}, (c) The MediaPipe Authors, Apache-2.0.`,
    input: 'image',
  });
}
