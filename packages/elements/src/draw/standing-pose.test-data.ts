import type { Hand, Landmark, Pose, PoseFrame } from '@pose-coach/core';

/** A person who faces the camera with the arms down, by hand: their left is on the picture's right. */
const PLACES: ReadonlyArray<readonly [x: number, y: number]> = [
  [0.5, 0.12],
  [0.515, 0.1],
  [0.52, 0.1],
  [0.525, 0.1],
  [0.485, 0.1],
  [0.48, 0.1],
  [0.475, 0.1],
  [0.54, 0.11],
  [0.46, 0.11],
  [0.51, 0.14],
  [0.49, 0.14],
  [0.58, 0.24],
  [0.42, 0.24],
  [0.62, 0.38],
  [0.38, 0.38],
  [0.64, 0.5],
  [0.36, 0.5],
  [0.65, 0.53],
  [0.35, 0.53],
  [0.645, 0.54],
  [0.355, 0.54],
  [0.635, 0.53],
  [0.365, 0.53],
  [0.55, 0.52],
  [0.45, 0.52],
  [0.555, 0.7],
  [0.445, 0.7],
  [0.56, 0.88],
  [0.44, 0.88],
  [0.555, 0.9],
  [0.445, 0.9],
  [0.575, 0.92],
  [0.425, 0.92],
];

/** The standing person, fully visible; single landmarks can be changed by their index. */
export function standingPose(changes: Readonly<Record<number, Partial<Landmark>>> = {}, id = 0): Pose {
  const landmarks = PLACES.map(([x, y], index) => ({ x, y, z: 0, visibility: 1, ...changes[index] }));
  // One image height of this person is 1.7 m; origin between the hips.
  const worldLandmarks = landmarks.map((landmark) => ({
    ...landmark,
    x: (landmark.x - 0.5) * 2.1,
    y: (landmark.y - 0.52) * 2.1,
  }));
  return { id, score: 0.95, landmarks, worldLandmarks };
}

/** A left hand spread out around (0.64, 0.5). */
export function leftHand(timestamp: number, poseId = 0): Hand {
  const landmarks = Array.from({ length: 21 }, (_, index) => ({
    x: 0.62 + (index % 5) * 0.01,
    y: 0.5 + Math.floor(index / 5) * 0.01,
    z: 0,
    visibility: 1,
  }));
  return { poseId, side: 'left', score: 0.9, timestamp, landmarks, worldLandmarks: landmarks };
}

/** A frame of 1000×1000 pixels with these people in it. */
export function poseFrame(poses: readonly Pose[], changes: Partial<PoseFrame> = {}): PoseFrame {
  return {
    sequence: 1,
    epoch: 1,
    timestamp: 1000,
    width: 1000,
    height: 1000,
    poses,
    hands: [],
    dropped: 0,
    timings: { capturedAt: 0, stages: {} },
    ...changes,
  };
}
