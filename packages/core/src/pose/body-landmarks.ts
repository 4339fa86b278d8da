/**
 * Where each of the 33 body landmarks stands in `Pose.landmarks` and `Pose.worldLandmarks`. Order and meaning are
 * BlazePose's (Bazarevsky et al. 2020, "BlazePose: On-device Real-time Body Pose tracking"); left and right are
 * the person's own. `…Pinky`, `…Index` and `…Thumb` are knuckles of the hand.
 */
export const BODY_LANDMARKS = {
  nose: 0,
  leftEyeInner: 1,
  leftEye: 2,
  leftEyeOuter: 3,
  rightEyeInner: 4,
  rightEye: 5,
  rightEyeOuter: 6,
  leftEar: 7,
  rightEar: 8,
  mouthLeft: 9,
  mouthRight: 10,
  leftShoulder: 11,
  rightShoulder: 12,
  leftElbow: 13,
  rightElbow: 14,
  leftWrist: 15,
  rightWrist: 16,
  leftPinky: 17,
  rightPinky: 18,
  leftIndex: 19,
  rightIndex: 20,
  leftThumb: 21,
  rightThumb: 22,
  leftHip: 23,
  rightHip: 24,
  leftKnee: 25,
  rightKnee: 26,
  leftAnkle: 27,
  rightAnkle: 28,
  leftHeel: 29,
  rightHeel: 30,
  leftFootIndex: 31,
  rightFootIndex: 32,
} as const;

/** The name of a body landmark. */
export type BodyLandmark = keyof typeof BODY_LANDMARKS;

/** The 33 names in the landmarks' order: `BODY_LANDMARK_NAMES[13]` is `'leftElbow'`. */
export const BODY_LANDMARK_NAMES = /* @__PURE__ */ Object.keys(BODY_LANDMARKS) as readonly BodyLandmark[];

/** How many landmarks a body has. */
export const BODY_LANDMARK_COUNT = 33;

/** Pairs of landmark indices to join with a line when a skeleton is drawn. */
export const BODY_CONNECTIONS: readonly (readonly [from: number, to: number])[] = [
  // face
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 7],
  [0, 4],
  [4, 5],
  [5, 6],
  [6, 8],
  [9, 10],
  // trunk
  [11, 12],
  [11, 23],
  [12, 24],
  [23, 24],
  // left arm and hand
  [11, 13],
  [13, 15],
  [15, 17],
  [15, 19],
  [15, 21],
  [17, 19],
  // right arm and hand
  [12, 14],
  [14, 16],
  [16, 18],
  [16, 20],
  [16, 22],
  [18, 20],
  // left leg and foot
  [23, 25],
  [25, 27],
  [27, 29],
  [27, 31],
  [29, 31],
  // right leg and foot
  [24, 26],
  [26, 28],
  [28, 30],
  [28, 32],
  [30, 32],
];
