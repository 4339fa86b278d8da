/**
 * Where each of the 21 hand landmarks stands in `Hand.landmarks` and `Hand.worldLandmarks`. Order and meaning are
 * MediaPipe Hands' (Zhang et al. 2020, "MediaPipe Hands: On-device Real-time Hand Tracking"), with anatomy's
 * names of the joints from the palm to the tip: carpometacarpal, metacarpophalangeal (the knuckle), proximal and
 * distal interphalangeal.
 */
export const HAND_LANDMARKS = {
  wrist: 0,
  thumbCmc: 1,
  thumbMcp: 2,
  thumbIp: 3,
  thumbTip: 4,
  indexMcp: 5,
  indexPip: 6,
  indexDip: 7,
  indexTip: 8,
  middleMcp: 9,
  middlePip: 10,
  middleDip: 11,
  middleTip: 12,
  ringMcp: 13,
  ringPip: 14,
  ringDip: 15,
  ringTip: 16,
  pinkyMcp: 17,
  pinkyPip: 18,
  pinkyDip: 19,
  pinkyTip: 20,
} as const;

/** The name of a hand landmark. */
export type HandLandmark = keyof typeof HAND_LANDMARKS;

/** The 21 names in the landmarks' order. */
export const HAND_LANDMARK_NAMES = /* @__PURE__ */ Object.keys(HAND_LANDMARKS) as readonly HandLandmark[];

/** How many landmarks a hand has. */
export const HAND_LANDMARK_COUNT = 21;

/** Pairs of landmark indices to join with a line when a hand is drawn. */
export const HAND_CONNECTIONS: readonly (readonly [from: number, to: number])[] = [
  // thumb
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
  // index finger
  [0, 5],
  [5, 6],
  [6, 7],
  [7, 8],
  // middle finger
  [9, 10],
  [10, 11],
  [11, 12],
  // ring finger
  [13, 14],
  [14, 15],
  [15, 16],
  // little finger
  [0, 17],
  [17, 18],
  [18, 19],
  [19, 20],
  // across the palm
  [5, 9],
  [9, 13],
  [13, 17],
];
