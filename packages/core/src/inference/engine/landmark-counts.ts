/** Landmarks of a body and of a hand, as MediaPipe's networks give them. */
export const BODY_LANDMARK_COUNT = 33;
export const HAND_LANDMARK_COUNT = 21;
