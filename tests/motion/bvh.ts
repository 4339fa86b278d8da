import {
  BODY_LANDMARK_NAMES,
  type BodyLandmark,
  type PoseFrame,
  type Vector3,
} from '../../packages/core/src/pose/index.ts';
import { type Camera, photographed } from './camera.ts';
import type { BodyPlaces } from './posture.ts';

/**
 * Metres per unit of the Carnegie Mellon motion capture data: its FAQ gives (1 / 0.45) · 2.54 / 100
 * (mocap.cs.cmu.edu, "What units are they in?").
 */
export const CMU_METRES = 0.0254 / 0.45;

export interface BvhFramesOptions {
  /** Default: `CMU_METRES`. */
  readonly metresPerUnit?: number;
  /** Frames per second: the nearest of the file's, with their own moments. Default: 30. */
  readonly rate?: number;
  /** Frames to leave out at the beginning; files made from CMU's begin with one rest pose. Default: 1. */
  readonly skipped?: number;
  /** Degrees by which the room is turned under the camera. Default: 0 (it looks against z). */
  readonly turn?: number;
  readonly camera?: Camera;
}

/** Which joint's origin (or whose end site, `…/end`) is which landmark. There is no face: its landmarks stay unknown. */
const JOINT_OF: Partial<Record<BodyLandmark, string>> = {
  leftShoulder: 'LeftArm',
  rightShoulder: 'RightArm',
  leftElbow: 'LeftForeArm',
  rightElbow: 'RightForeArm',
  leftWrist: 'LeftHand',
  rightWrist: 'RightHand',
  leftIndex: 'LeftHandIndex1',
  rightIndex: 'RightHandIndex1',
  leftHip: 'LeftUpLeg',
  rightHip: 'RightUpLeg',
  leftKnee: 'LeftLeg',
  rightKnee: 'RightLeg',
  leftAnkle: 'LeftFoot',
  rightAnkle: 'RightFoot',
  leftFootIndex: 'LeftToeBase/end',
  rightFootIndex: 'RightToeBase/end',
};

/**
 * Motion capture in Biovision's format as frames, seen by a camera; the middle of its way is the room's middle.
 * @param text the file
 */
export function bvhFrames(text: string, options: BvhFramesOptions = {}): PoseFrame[] {
  const { metresPerUnit = CMU_METRES, rate = 30, skipped = 1, turn = 0, camera = {} } = options;
  const { root, frames, frameTime } = parseBvh(text);
  const used = frames.slice(skipped);
  const step = Math.max(1, Math.round(1 / rate / frameTime));
  const moments = used.flatMap((values, index) => (index % step === 0 ? [{ values, index }] : []));
  const bodies = moments.map(({ values }) => jointPlaces(root, values, metresPerUnit, turn));
  const middle = wayMiddle(bodies);
  const names = Object.entries(JOINT_OF) as [BodyLandmark, string][];
  const known = new Set<BodyLandmark>(names.map(([name]) => name));
  return bodies.map((joints, sequence) => {
    const at = (joint: string): Vector3 => {
      const place = joints.get(joint);
      if (!place) throw new Error(`The BVH file has no joint "${joint}": this reader knows CMU's skeleton.`);
      return { x: place.x - middle.x, y: place.y, z: place.z - middle.z };
    };
    const places = Object.fromEntries(
      BODY_LANDMARK_NAMES.map((name) => [name, at(JOINT_OF[name] ?? 'Hips')]),
    );
    const pose = photographed(0, places as BodyPlaces, camera);
    const unknown = BODY_LANDMARK_NAMES.map((name) => !known.has(name));
    const timestamp = (moments[sequence]?.index ?? 0) * frameTime * 1000;
    return {
      sequence,
      epoch: 1,
      timestamp,
      width: camera.pictureWidth ?? 1280,
      height: camera.pictureHeight ?? 720,
      poses: [
        {
          ...pose,
          landmarks: pose.landmarks.map((point, index) =>
            unknown[index] ? { ...point, visibility: 0 } : point,
          ),
          worldLandmarks: pose.worldLandmarks.map((point, index) =>
            unknown[index] ? { ...point, visibility: 0 } : point,
          ),
        },
      ],
      hands: [],
      dropped: 0,
      timings: { capturedAt: timestamp, stages: {} },
    };
  });
}

interface BvhJoint {
  readonly name: string;
  offset: Vector3;
  /** Names of the channels and where their values stand in a frame. */
  readonly channels: { readonly name: string; readonly index: number }[];
  readonly children: BvhJoint[];
}

interface Bvh {
  readonly root: BvhJoint;
  readonly frames: readonly (readonly number[])[];
  /** Seconds. */
  readonly frameTime: number;
}

/** Reads the hierarchy and the motion (Meredith and Maddock 2001, "Motion Capture File Formats Explained"). */
export function parseBvh(text: string): Bvh {
  const [hierarchy = '', motion = ''] = text.split(/^MOTION\s*$/m);
  const words = hierarchy.split(/\s+/).filter(Boolean);
  const open: BvhJoint[] = [];
  let root: BvhJoint | undefined;
  let channelCount = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const parent = open.at(-1);
    if (word === 'ROOT' || word === 'JOINT' || word === 'End') {
      const name = word === 'End' ? `${parent?.name}/end` : `${words[at + 1]}`;
      const joint: BvhJoint = { name, offset: { x: 0, y: 0, z: 0 }, channels: [], children: [] };
      parent?.children.push(joint);
      root ??= joint;
      open.push(joint);
      at += 1;
    } else if (word === 'OFFSET' && parent) {
      const [x, y, z] = words.slice(at + 1, at + 4).map(Number) as [number, number, number];
      parent.offset = { x, y, z };
      at += 3;
    } else if (word === 'CHANNELS' && parent) {
      const count = Number(words[at + 1]);
      for (const name of words.slice(at + 2, at + 2 + count)) {
        parent.channels.push({ name, index: channelCount });
        channelCount += 1;
      }
      at += 1 + count;
    } else if (word === '}') {
      open.pop();
    }
  }
  const frameTime = Number(/Frame Time:\s*(\S+)/.exec(motion)?.[1]);
  const frames = motion
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((values) => values.length === channelCount && values.every(Number.isFinite));
  if (!root || !(frameTime > 0) || frames.length === 0) {
    throw new Error('This is not a BVH file: it has no hierarchy, no frame time or no frames.');
  }
  return { root, frames, frameTime };
}

/** Rows of a rotation. */
type Rotation = readonly [Vector3, Vector3, Vector3];

/** Where every joint is, in metres, after turning the room. */
function jointPlaces(
  root: BvhJoint,
  values: readonly number[],
  scale: number,
  turn: number,
): Map<string, Vector3> {
  const places = new Map<string, Vector3>();
  const follow = (joint: BvhJoint, origin: Vector3, rotation: Rotation) => {
    const shift = { ...joint.offset };
    let own = rotation;
    for (const { name, index } of joint.channels) {
      const value = values[index] ?? 0;
      const axis = name.charAt(0).toLowerCase() as 'x' | 'y' | 'z';
      if (name.endsWith('position')) shift[axis] += value;
      else own = product(own, about(axis, value));
    }
    const turned = applied(rotation, shift);
    const place = { x: origin.x + turned.x, y: origin.y + turned.y, z: origin.z + turned.z };
    places.set(joint.name, { x: place.x * scale, y: place.y * scale, z: place.z * scale });
    for (const child of joint.children) follow(child, place, own);
  };
  follow(root, { x: 0, y: 0, z: 0 }, about('y', turn));
  return places;
}

function about(axis: 'x' | 'y' | 'z', degrees: number): Rotation {
  const radians = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  if (axis === 'x')
    return [
      { x: 1, y: 0, z: 0 },
      { x: 0, y: cos, z: -sin },
      { x: 0, y: sin, z: cos },
    ];
  if (axis === 'y')
    return [
      { x: cos, y: 0, z: sin },
      { x: 0, y: 1, z: 0 },
      { x: -sin, y: 0, z: cos },
    ];
  return [
    { x: cos, y: -sin, z: 0 },
    { x: sin, y: cos, z: 0 },
    { x: 0, y: 0, z: 1 },
  ];
}

function applied([rowX, rowY, rowZ]: Rotation, vector: Vector3): Vector3 {
  const along = (row: Vector3) => row.x * vector.x + row.y * vector.y + row.z * vector.z;
  return { x: along(rowX), y: along(rowY), z: along(rowZ) };
}

function product(rows: Rotation, by: Rotation): Rotation {
  const [byX, byY, byZ] = by;
  const row = ({ x, y, z }: Vector3): Vector3 => ({
    x: x * byX.x + y * byY.x + z * byZ.x,
    y: x * byX.y + y * byY.y + z * byZ.y,
    z: x * byX.z + y * byY.z + z * byZ.z,
  });
  return [row(rows[0]), row(rows[1]), row(rows[2])];
}

/** The middle between the first and the last place of the hips. */
function wayMiddle(bodies: readonly Map<string, Vector3>[]): Vector3 {
  const first = bodies[0]?.get('Hips') ?? { x: 0, y: 0, z: 0 };
  const last = bodies.at(-1)?.get('Hips') ?? first;
  return { x: (first.x + last.x) / 2, y: 0, z: (first.z + last.z) / 2 };
}
