import {
  BODY_LANDMARK_NAMES,
  type BodyLandmark,
  type Landmark,
  type Pose,
  type PoseFrame,
  type Vector3,
} from '../../pose/index.ts';

/** Bends of a synthetic person's joints in degrees, left and right alike; all default to standing straight. */
export interface Bends {
  /** 180 is stretched. */
  readonly elbow?: number;
  /** 0 lets the arms hang, 90 holds them out to the front, 180 up. */
  readonly shoulder?: number;
  /** 180 is upright; less bends the thighs forward. */
  readonly hip?: number;
  /** 180 is stretched. */
  readonly knee?: number;
  readonly ankle?: number;
  readonly wrist?: number;
  readonly neck?: number;
  /** Landmarks that cannot be seen: they stay where they are, with visibility 0. */
  readonly hidden?: readonly BodyLandmark[];
}

/** Lengths of the limbs in metres: a grown-up's, rounded. */
const UPPER_ARM = 0.28;
const FOREARM = 0.25;
const TRUNK = 0.5;
const THIGH = 0.42;
const SHIN = 0.4;
const HALF_WIDTH = 0.18;
const HEAD = 0.22;

/**
 * A person built from limbs of given lengths bent by given angles, for tests: what must be found out about it is
 * known because it was put in. 33 world landmarks in metres, hips at the origin, facing the camera; arms and legs
 * move in the plane of walking.
 */
export function syntheticBody(bends: Bends = {}): Landmark[] {
  const { elbow = 180, shoulder = 0, hip = 180, knee = 180, ankle = 100, wrist = 180, neck = 180 } = bends;
  const places: Partial<Record<BodyLandmark, Vector3>> = {};
  for (const side of ['left', 'right'] as const) {
    // Facing the camera, the person's left is on the picture's right.
    const x = side === 'left' ? HALF_WIDTH : -HALF_WIDTH;
    const palm = forward(shoulder + 180 - elbow + 180 - wrist);
    const foot = forward(180 - hip - (180 - knee) + (180 - ankle));
    const hipPlace = { x, y: 0, z: 0 };
    const kneePlace = step(hipPlace, forward(180 - hip), THIGH);
    const anklePlace = step(kneePlace, forward(180 - hip - (180 - knee)), SHIN);
    const shoulderPlace = { x, y: -TRUNK, z: 0 };
    const elbowPlace = step(shoulderPlace, forward(shoulder), UPPER_ARM);
    const wristPlace = step(elbowPlace, forward(shoulder + 180 - elbow), FOREARM);
    places[`${side}Hip`] = hipPlace;
    places[`${side}Knee`] = kneePlace;
    places[`${side}Ankle`] = anklePlace;
    places[`${side}FootIndex`] = step(anklePlace, foot, 0.16);
    places[`${side}Heel`] = step(anklePlace, foot, -0.06);
    places[`${side}Shoulder`] = shoulderPlace;
    places[`${side}Elbow`] = elbowPlace;
    places[`${side}Wrist`] = wristPlace;
    places[`${side}Index`] = step(wristPlace, palm, 0.09);
    places[`${side}Pinky`] = step(wristPlace, palm, 0.08);
    places[`${side}Thumb`] = step(wristPlace, palm, 0.05);
    places[`${side}Ear`] = step({ x: x * 0.4, y: -TRUNK, z: 0 }, forward(neck), HEAD);
  }
  const face = step({ x: 0, y: -TRUNK, z: -0.1 }, forward(neck), HEAD);
  const hidden = new Set(bends.hidden ?? []);
  return BODY_LANDMARK_NAMES.map((name) => ({
    ...(places[name] ?? face),
    visibility: hidden.has(name) ? 0 : 1,
  }));
}

/** A direction in the plane of walking: 0° points down, 90° to where the person looks, 180° up. */
function forward(degrees: number): Vector3 {
  const radians = (degrees * Math.PI) / 180;
  return { x: 0, y: Math.cos(radians), z: -Math.sin(radians) };
}

function step(from: Vector3, direction: Vector3, length: number): Vector3 {
  return {
    x: from.x + direction.x * length,
    y: from.y + direction.y * length,
    z: from.z + direction.z * length,
  };
}

/**
 * A pose whose picture is taken from straight ahead without perspective.
 * @param centre where the hips' middle is, in [0, 1] of the picture
 * @param scale how many widths and heights of the (square) picture a metre is
 */
export function syntheticPose(
  id: number,
  worldLandmarks: readonly Landmark[],
  centre: { readonly x: number; readonly y: number } = { x: 0.5, y: 0.5 },
  scale = 0.4,
): Pose {
  const landmarks = worldLandmarks.map((point) => ({
    ...point,
    x: centre.x + point.x * scale,
    y: centre.y + point.y * scale,
    z: point.z * scale,
  }));
  return { id, score: 1, landmarks, worldLandmarks };
}

/** A frame of a square picture with these people in it. */
export function syntheticFrame(
  timestamp: number,
  poses: readonly Pose[],
  rest: Partial<PoseFrame> = {},
): PoseFrame {
  return {
    sequence: Math.round(timestamp / 10),
    epoch: 1,
    timestamp,
    width: 1000,
    height: 1000,
    poses,
    hands: [],
    dropped: 0,
    timings: { capturedAt: timestamp, stages: {} },
    ...rest,
  };
}

export interface SyntheticFramesOptions {
  /** Seconds of media time at which the first frame is. Default: 0. */
  readonly from?: number;
  /** Frames per second. Default: 30. */
  readonly rate?: number;
  /** Default: 1. Another number than before is a discontinuity. */
  readonly epoch?: number;
}

/**
 * One synthetic person over time.
 *
 * ```ts
 * syntheticFrames(4, (seconds) => ({ shoulder: seconds < 2 ? 0 : 180 }));   // arms go up after two seconds
 * ```
 * @param seconds how long it lasts
 * @param bends how the person stands at a moment, in seconds of media time; nothing: nobody is in view
 */
export function syntheticFrames(
  seconds: number,
  bends: (seconds: number) => Bends | undefined,
  { from = 0, rate = 30, epoch = 1 }: SyntheticFramesOptions = {},
): PoseFrame[] {
  const first = Math.round(from * rate);
  return Array.from({ length: Math.round(seconds * rate) }, (_, index) => {
    const sequence = first + index;
    const moment = sequence / rate;
    const bent = bends(moment);
    const poses = bent ? [syntheticPose(0, syntheticBody(bent))] : [];
    return syntheticFrame(moment * 1000, poses, { sequence, epoch });
  });
}
