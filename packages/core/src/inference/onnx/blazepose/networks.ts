import type { NetworkInput, NetworkSpec } from '../network.ts';

/**
 * Pixels from −1 to 1, as the pose detector was trained on them (metadata of the model: mean and deviation 127.5). The
 * palm detector was trained on 0 to 1; its converted network begins by making these of those.
 */
function detectorInput(size: number): NetworkInput {
  return { name: 'image', width: size, height: size, range: [-1, 1], border: 'black' };
}

/**
 * Pixels as the landmark networks were trained on them. Beyond the picture its outermost pixels go on: with black
 * there (the detectors' border) people who are partly out of the picture come out wrong by tens of pixels.
 */
function landmarksInput(size: number): NetworkInput {
  return { name: 'image', width: size, height: size, range: [0, 1], border: 'replicate' };
}

/** Finds people: 2254 boxes of 12 numbers each (x, y, width, height and four keypoints), and a score for each. */
export const POSE_DETECTOR: NetworkSpec = {
  file: 'pose_detector.onnx',
  input: detectorInput(224),
  outputs: ['boxes', 'scores'],
};

function poseLandmarks(model: string): NetworkSpec {
  return {
    file: `pose_landmarks_${model}.onnx`,
    input: landmarksInput(256),
    outputs: ['landmarks', 'presence', 'heatmap', 'world_landmarks'],
  };
}

/** Find the landmarks of one person whose region is known; larger ones are slower and more exact. */
export const POSE_LANDMARKS = {
  lite: poseLandmarks('lite'),
  full: poseLandmarks('full'),
  heavy: poseLandmarks('heavy'),
} as const satisfies Readonly<Record<string, NetworkSpec>>;

/** Finds palms: 2016 boxes of 18 numbers each (x, y, width, height and seven keypoints), and a score for each. */
export const HAND_DETECTOR: NetworkSpec = {
  file: 'hand_detector.onnx',
  input: detectorInput(192),
  outputs: ['boxes', 'scores'],
};

/** Finds the landmarks of one hand whose region is known. */
export const HAND_LANDMARKS: NetworkSpec = {
  file: 'hand_landmarks.onnx',
  input: landmarksInput(224),
  outputs: ['landmarks', 'presence', 'handedness', 'world_landmarks'],
};
