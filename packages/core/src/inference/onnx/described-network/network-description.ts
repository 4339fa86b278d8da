import type { BodyLandmark } from '../../../pose/index.ts';
import type { NetworkSpec } from '../network.ts';

/**
 * A network for one person, told as data: what it is shown, and where in its output the keypoints are. It sees the
 * whole picture every time; nobody is followed.
 *
 * ```ts
 * const movenet: NetworkDescription = {
 *   name: 'movenet',
 *   file: 'movenet.onnx',
 *   input: { name: 'image', width: 192, height: 192, range: [0, 255], fit: 'letterbox' },
 *   keypoints: { output: 'keypoints', stride: 3, x: 1, y: 0, score: 2, units: 'shares', scores: 'probabilities' },
 *   landmarks: ['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar', 'leftShoulder'], // … in the network's order
 * };
 * ```
 */
export interface NetworkDescription {
  /** As `info.model` has it. */
  readonly name: string;
  /** Name of the model file, an ONNX model, among the assets. */
  readonly file: string;
  readonly input: DescribedInput;
  readonly keypoints: DescribedKeypoints;
  /**
   * Which body landmark each of the network's keypoints is, in the network's order; `null` for one that is none.
   * Landmarks that are not named get the visibility 0.
   */
  readonly landmarks: readonly (BodyLandmark | null)[];
}

/** The network's only input: float32 of the shape [1, 3, height, width], planes of red, green and blue. */
export interface DescribedInput {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /**
   * What the bytes 0 and 255 become. A network with a mean and a deviation for each colour has them put into its
   * first layer, which loses nothing.
   */
  readonly range: readonly [low: number, high: number];
  /** Whether the picture keeps its shape, with black beside it, or fills the input. */
  readonly fit: 'letterbox' | 'stretch';
}

/** Where the keypoints are in one of the network's outputs, float32 values that are read row by row. */
export interface DescribedKeypoints {
  readonly output: string;
  /** Values from one keypoint to the next. */
  readonly stride: number;
  /** Which of these values is what. Without `z` all depths are 0. */
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  readonly score: number;
  /** Pixels of the input, or shares of its width and height in [0, 1]; depths in pixels or widths likewise. */
  readonly units: 'pixels' | 'shares';
  /** Whether scores lie in [0, 1] already. */
  readonly scores: 'probabilities' | 'logits';
}

/** What a backend loads for it. */
export function describedSpec({ file, input, keypoints }: NetworkDescription): NetworkSpec {
  const { name, width, height, range } = input;
  return { file, input: { name, width, height, range, border: 'black' }, outputs: [keypoints.output] };
}
