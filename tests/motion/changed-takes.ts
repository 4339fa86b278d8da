import {
  BODY_LANDMARK_NAMES,
  BODY_LANDMARKS,
  type BodyLandmark,
  type Landmark,
  type Pose,
  type PoseFrame,
} from '../../packages/core/src/pose/index.ts';
import { HIDDEN_VISIBILITY } from './camera.ts';
import { randomNumbers } from './random-numbers.ts';

/** Metres from sole to crown that noise is measured in: a grown-up's. */
const BODY_HEIGHT = 1.7;

/** What a camera that cuts the picture at the knees does not see. */
const BELOW_THE_KNEES: ReadonlySet<number> = new Set(
  (['Ankle', 'Heel', 'FootIndex'] as const).flatMap((joint) => [
    BODY_LANDMARKS[`left${joint}`],
    BODY_LANDMARKS[`right${joint}`],
  ]),
);

/** The same take at another rate, between frames by interpolation: of the joints' places in proportion to time. */
export function resampled(frames: readonly PoseFrame[], rate: number): PoseFrame[] {
  const [first] = frames;
  const last = frames.at(-1);
  if (!first || !last) return [];
  const count = Math.floor(((last.timestamp - first.timestamp) * rate) / 1000 + 1e-6) + 1;
  let after = 0;
  return Array.from({ length: count }, (_, sequence) => {
    const timestamp = first.timestamp + (sequence * 1000) / rate;
    while (after < frames.length - 1 && (frames[after] as PoseFrame).timestamp < timestamp - 1e-6) after += 1;
    const later = frames[after] as PoseFrame;
    const earlier = frames[Math.max(0, after - 1)] as PoseFrame;
    const span = later.timestamp - earlier.timestamp;
    const share = span > 0 ? (timestamp - earlier.timestamp) / span : 1;
    return { ...later, sequence, timestamp, poses: between(earlier, later, share) };
  });
}

function between(earlier: PoseFrame, later: PoseFrame, share: number): readonly Pose[] {
  if (share > 1 - 1e-6) return later.poses;
  return later.poses.flatMap((pose) => {
    const before = earlier.poses.find(({ id }) => id === pose.id);
    if (!before) return [];
    const mix = (from: readonly Landmark[], to: readonly Landmark[]) =>
      to.map((point, index) => {
        const other = from[index] as Landmark;
        const mixed = (one: number, two: number) => one + share * (two - one);
        return {
          x: mixed(other.x, point.x),
          y: mixed(other.y, point.y),
          z: mixed(other.z, point.z),
          visibility: Math.min(other.visibility, point.visibility),
        };
      });
    return [
      {
        ...pose,
        landmarks: mix(before.landmarks, pose.landmarks),
        worldLandmarks: mix(before.worldLandmarks, pose.worldLandmarks),
      },
    ];
  });
}

/** The take as a mirror shows it: left and right change places and names. */
export function mirrored(frames: readonly PoseFrame[]): PoseFrame[] {
  const turned = (landmarks: readonly Landmark[], middle: number) =>
    BODY_LANDMARK_NAMES.map((name) => {
      const other = name.replace(/left|right|Left|Right/, (side) => OTHER_SIDE[side] ?? side);
      const point = landmarks[BODY_LANDMARKS[other as BodyLandmark]] as Landmark;
      return { ...point, x: 2 * middle - point.x };
    });
  return changedPoses(frames, (pose) => ({
    ...pose,
    landmarks: turned(pose.landmarks, 0.5),
    worldLandmarks: turned(pose.worldLandmarks, 0),
  }));
}

const OTHER_SIDE: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  Left: 'Right',
  Right: 'Left',
};

/** The take in a picture that shows everything smaller (below 1) or larger, and moved by shares of the picture. */
export function placed(
  frames: readonly PoseFrame[],
  { scale = 1, right = 0, down = 0 }: { scale?: number; right?: number; down?: number },
): PoseFrame[] {
  return changedPoses(frames, (pose) => ({
    ...pose,
    landmarks: pose.landmarks.map((point) => ({
      ...point,
      x: 0.5 + scale * (point.x - 0.5) + right,
      y: 0.5 + scale * (point.y - 0.5) + down,
      z: scale * point.z,
    })),
  }));
}

/**
 * The take with an error at every joint in every frame, the same in the picture and in metres.
 * @param share standard deviation of each coordinate in body heights
 */
export function noisy(frames: readonly PoseFrame[], share: number, seed = 1): PoseFrame[] {
  const chance = randomNumbers(seed);
  const deviation = share * BODY_HEIGHT;
  return changedPoses(frames, (pose, { width, height }) => {
    const pixels = pixelsPerMetre(pose, width, height);
    const errors = pose.landmarks.map(() => ({
      x: deviation * chance.normal(),
      y: deviation * chance.normal(),
      z: deviation * chance.normal(),
    }));
    const shaken = (landmarks: readonly Landmark[], x: number, y: number) =>
      landmarks.map((point, index) => {
        const error = errors[index] as (typeof errors)[number];
        return { ...point, x: point.x + error.x * x, y: point.y + error.y * y, z: point.z + error.z * x };
      });
    return {
      ...pose,
      landmarks: shaken(pose.landmarks, pixels / width, pixels / height),
      worldLandmarks: shaken(pose.worldLandmarks, 1, 1),
    };
  });
}

/** How large a metre is in the picture: spread of the visible joints in pixels over their spread in metres. */
function pixelsPerMetre(pose: Pose, width: number, height: number): number {
  const seen = pose.landmarks.flatMap(({ x, y, visibility }, index) => {
    const world = pose.worldLandmarks[index];
    return visibility > 0 && world ? [{ x: x * width, y: y * height, world }] : [];
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(seen.map((point) => point.x)), mean(seen.map((point) => point.y))];
  const [worldX, worldY] = [mean(seen.map(({ world }) => world.x)), mean(seen.map(({ world }) => world.y))];
  const picture = mean(seen.map((point) => (point.x - x) ** 2 + (point.y - y) ** 2));
  const metres = mean(seen.map(({ world }) => (world.x - worldX) ** 2 + (world.y - worldY) ** 2));
  return Math.sqrt(picture / metres);
}

/** The take as a camera sees it whose picture ends at the knees. */
export function croppedAtTheKnees(frames: readonly PoseFrame[]): PoseFrame[] {
  const cropped = (landmarks: readonly Landmark[]) =>
    landmarks.map((point, index) =>
      BELOW_THE_KNEES.has(index) && point.visibility > 0
        ? { ...point, visibility: Math.min(point.visibility, HIDDEN_VISIBILITY) }
        : point,
    );
  return changedPoses(frames, (pose) => ({
    ...pose,
    landmarks: cropped(pose.landmarks),
    worldLandmarks: cropped(pose.worldLandmarks),
  }));
}

/** The take without some of its frames, by chance. */
export function withoutSome(frames: readonly PoseFrame[], share: number, seed = 1): PoseFrame[] {
  const chance = randomNumbers(seed);
  return frames.filter(() => chance.uniform() >= share);
}

function changedPoses(
  frames: readonly PoseFrame[],
  change: (pose: Pose, frame: PoseFrame) => Pose,
): PoseFrame[] {
  return frames.map((frame) => ({ ...frame, poses: frame.poses.map((pose) => change(pose, frame)) }));
}
