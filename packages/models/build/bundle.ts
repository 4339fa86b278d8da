import { zipSync } from 'fflate';
import { INPUTS, type ModelInput, readInput } from './inputs.ts';
import { type ModelDescription, writeMetadata } from './tflite-metadata.ts';
import { addMetadata } from './tflite-model.ts';

/** A `.task` bundle: the models of one MediaPipe task under the names by which the task looks for them. */
export interface BundleRecipe {
  readonly name: string;
  readonly entries: ReadonlyArray<{
    readonly name: string;
    readonly input: ModelInput;
    readonly description: ModelDescription;
  }>;
}

const POSE_DETECTOR: ModelDescription = {
  name: 'Pose detection',
  description: 'Finds people and how they are turned.',
  // The detector of poses was trained on pixels from -1 to 1, all the other models here on pixels from 0 to 1.
  input: {
    name: 'image',
    description: 'The image to search.',
    normalization: { mean: 127.5, standardDeviation: 127.5 },
  },
  outputs: [
    { name: 'boxes', description: 'Boxes and key points, relative to their anchors.' },
    { name: 'scores', description: 'Scores of the boxes, before the sigmoid.' },
  ],
};

const UNIT_RANGE = { mean: 0, standardDeviation: 255 };

const POSE_LANDMARKS: ModelDescription = {
  name: 'Pose landmarks',
  description: 'Finds the landmarks of the body of one person.',
  input: { name: 'image', description: 'The image of one person.', normalization: UNIT_RANGE },
  outputs: [
    { name: 'landmarks', description: 'Landmarks in pixels of the input, with visibility and presence.' },
    { name: 'presence', description: 'Whether there is a person.' },
    { name: 'segmentation_mask', description: 'Which pixels belong to the person.' },
    { name: 'heat_map', description: 'Where each landmark may be.' },
    { name: 'world_landmarks', description: 'Landmarks in metres, from between the hips.' },
  ],
};

const PALM_DETECTOR: ModelDescription = {
  name: 'Palm detection',
  description: 'Finds palms and how they are turned.',
  input: { name: 'image', description: 'The image to search.', normalization: UNIT_RANGE },
  outputs: [
    { name: 'boxes', description: 'Boxes and key points, relative to their anchors.' },
    { name: 'scores', description: 'Scores of the boxes, before the sigmoid.' },
  ],
};

const HAND_LANDMARKS: ModelDescription = {
  name: 'Hand landmarks',
  description: 'Finds the landmarks of one hand.',
  input: { name: 'image', description: 'The image of one hand.', normalization: UNIT_RANGE },
  outputs: [
    { name: 'landmarks', description: 'Landmarks in pixels of the input.' },
    { name: 'presence', description: 'Whether there is a hand.' },
    { name: 'handedness', description: 'Whether it is a right hand.' },
    { name: 'world_landmarks', description: 'Landmarks in metres, from the middle of the hand.' },
  ],
};

/** The recipe of a pose bundle: one detector serves all sizes of landmark model. */
function poseRecipe(size: 'lite' | 'full' | 'heavy', landmarks: ModelInput): BundleRecipe {
  return {
    name: `pose_landmarker_${size}.task`,
    entries: [
      { name: 'pose_detector.tflite', input: INPUTS.poseDetector, description: POSE_DETECTOR },
      { name: 'pose_landmarks_detector.tflite', input: landmarks, description: POSE_LANDMARKS },
    ],
  };
}

/** What the package carries. */
export const RECIPES: readonly BundleRecipe[] = [
  poseRecipe('lite', INPUTS.poseLandmarksLite),
  poseRecipe('full', INPUTS.poseLandmarksFull),
  {
    name: 'hand_landmarker.task',
    entries: [
      { name: 'hand_detector.tflite', input: INPUTS.palmDetector, description: PALM_DETECTOR },
      { name: 'hand_landmarks_detector.tflite', input: INPUTS.handLandmarks, description: HAND_LANDMARKS },
    ],
  },
];

/** Thirty megabytes that few need: assembled when asked for, and not carried. */
export const HEAVY_RECIPE: BundleRecipe = poseRecipe('heavy', INPUTS.poseLandmarksHeavy);

/** What that recipe gives: the manifest holds only what is carried. */
export const HEAVY_BUNDLE = {
  bytes: 30_678_290,
  sha256: '8a12483171ba14d5256390a72f60ff1d8e9ac1d21481b55fe35612f0e16f6074',
} as const;

/**
 * The date in every bundle, so that the same inputs give the same bytes everywhere: ZIP holds local time without
 * saying of which place, and begins in 1980.
 */
function bundleDate(): Date {
  return new Date(1980, 0, 1, 12);
}

/**
 * Assembles a bundle in memory: a ZIP whose entries are stored, because MediaPipe reads them in place.
 *
 * @throws ModelsError `ASSET_NOT_FOUND` or `ASSET_INVALID` if an input is missing or not the one that was pinned
 */
export async function assembleBundle(
  recipe: BundleRecipe,
  read: (input: ModelInput) => Promise<Uint8Array> = readInput,
): Promise<Uint8Array> {
  const entries: Record<string, Uint8Array> = {};
  for (const { name, input, description } of recipe.entries) {
    entries[name] = addMetadata(await read(input), writeMetadata(description));
  }
  return zipSync(entries, { level: 0, mtime: bundleDate() });
}
