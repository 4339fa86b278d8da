import {
  BODY_LANDMARKS as BODY,
  BODY_LANDMARK_COUNT,
  type BodyLandmark,
  type Landmark,
  type Pose,
  type PoseFrame,
  type Vector3,
} from '../packages/core/src/pose/index.ts';

/** Bends of a synthetic person's joints in degrees, left and right alike; all default to standing straight. */
export interface Bends {
  readonly elbow?: number;
  readonly shoulder?: number;
  readonly hip?: number;
  readonly knee?: number;
  readonly ankle?: number;
  readonly wrist?: number;
  readonly neck?: number;
}

/**
 * A person built from limbs of given lengths bent by given angles, for tests: what a joint angle must come out as
 * is known because it was put in. Metres, standing at the origin, facing the camera, arms and legs moving in the
 * plane of walking.
 */
export function syntheticBody(bends: Bends = {}): Landmark[] {
  const { elbow = 180, shoulder = 0, hip = 180, knee = 180, ankle = 100, wrist = 180, neck = 180 } = bends;
  const places: Partial<Record<BodyLandmark, Vector3>> = {};
  for (const side of ['left', 'right'] as const) {
    // Facing the camera, the person's left is on the picture's right.
    const x = side === 'left' ? 0.18 : -0.18;
    const arm = forward(shoulder);
    const forearm = forward(shoulder + 180 - elbow);
    const palm = forward(shoulder + 180 - elbow + 180 - wrist);
    const thigh = forward(180 - hip);
    const shin = forward(180 - hip - (180 - knee));
    const foot = forward(180 - hip - (180 - knee) + (180 - ankle));
    places[`${side}Hip`] = { x, y: 0, z: 0 };
    places[`${side}Knee`] = step({ x, y: 0, z: 0 }, thigh, 0.42);
    places[`${side}Ankle`] = step(places[`${side}Knee`] as Vector3, shin, 0.4);
    places[`${side}FootIndex`] = step(places[`${side}Ankle`] as Vector3, foot, 0.16);
    places[`${side}Heel`] = step(places[`${side}Ankle`] as Vector3, foot, -0.06);
    places[`${side}Shoulder`] = { x, y: -0.5, z: 0 };
    places[`${side}Elbow`] = step({ x, y: -0.5, z: 0 }, arm, 0.28);
    places[`${side}Wrist`] = step(places[`${side}Elbow`] as Vector3, forearm, 0.25);
    places[`${side}Index`] = step(places[`${side}Wrist`] as Vector3, palm, 0.09);
    places[`${side}Pinky`] = step(places[`${side}Wrist`] as Vector3, palm, 0.08);
    places[`${side}Thumb`] = step(places[`${side}Wrist`] as Vector3, palm, 0.05);
    const head = forward(neck);
    places[`${side}Ear`] = step({ x: x * 0.4, y: -0.5, z: 0 }, head, 0.22);
  }
  const face = step({ x: 0, y: -0.5, z: -0.1 }, forward(neck), 0.22);
  return Array.from({ length: BODY_LANDMARK_COUNT }, (_, index) => {
    const name = (Object.keys(BODY) as BodyLandmark[])[index] as BodyLandmark;
    return { ...(places[name] ?? face), visibility: 1 };
  });
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

/** The same body after turning by `degrees` around the vertical. */
export function turned(landmarks: readonly Landmark[], degrees: number): Landmark[] {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return landmarks.map((point) => ({
    ...point,
    x: cos * point.x + sin * point.z,
    z: cos * point.z - sin * point.x,
  }));
}

/** The body as a mirror shows it: left and right change places and names. */
export function mirrored(landmarks: readonly Landmark[]): Landmark[] {
  const names = Object.keys(BODY) as BodyLandmark[];
  return names.map((name) => {
    const other = name.replace(/left|right|Left|Right/, (side) => OTHER_SIDE[side] ?? side) as BodyLandmark;
    const point = landmarks[BODY[other]] as Landmark;
    return { ...point, x: -point.x };
  });
}

const OTHER_SIDE: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  Left: 'Right',
  Right: 'Left',
};

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
