export {
  BODY_CONNECTIONS,
  BODY_LANDMARK_COUNT,
  BODY_LANDMARK_NAMES,
  BODY_LANDMARKS,
  type BodyLandmark,
} from './body-landmarks.ts';
export { BODY_PARTS, type BodyPart } from './body-parts.ts';
export {
  HAND_CONNECTIONS,
  HAND_LANDMARK_COUNT,
  HAND_LANDMARK_NAMES,
  HAND_LANDMARKS,
  type HandLandmark,
} from './hand-landmarks.ts';
export {
  type Angle,
  JOINTS,
  type Joint,
  type JointAngle,
  type JointAngleOptions,
  type JointAngles,
  jointAngles,
  type UnknownAngle,
} from './joint-angles.ts';
export { personSize } from './person-size.ts';
export type { FrameTimings, Hand, Landmark, Pose, PoseFrame } from './pose-frame.ts';
export { angleBetween, cross, dot, magnitude, midpoint, subtract, type Vector3 } from './vector.ts';
