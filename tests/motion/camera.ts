import {
  BODY_LANDMARK_NAMES,
  type Landmark,
  type Pose,
  type Vector3,
} from '../../packages/core/src/pose/index.ts';
import type { BodyPlaces } from './posture.ts';

/** A camera that looks at the room's middle from the front. */
export interface Camera {
  /** Metres from the room's middle. Default: 3.5. */
  readonly distance?: number;
  /** Metres above the ground. Default: 1. */
  readonly height?: number;
  /** Degrees that it looks to its right and down. Default: 0. */
  readonly pan?: number;
  readonly tilt?: number;
  /** Focal length in picture heights: 1.2 sees 45° from top to bottom. Default: 1.2. */
  readonly focalLength?: number;
  /** Pixels of the picture. Default: 1280 × 720. */
  readonly pictureWidth?: number;
  readonly pictureHeight?: number;
  /** Shows the picture as a mirror does; left and right are named as they look. Default: false. */
  readonly mirrored?: boolean;
}

/** Visibility that is given to what is outside the picture or hidden: engines still guess such a joint's place. */
export const HIDDEN_VISIBILITY = 0.05;

/**
 * What an engine without any error would see of a body: image landmarks in perspective and hip-centred world
 * landmarks in metres along the camera's axes. Landmarks outside the picture have a low visibility.
 * @param error added to each landmark in metres along the camera's axes, such as noise; default none
 */
export function photographed(
  id: number,
  places: BodyPlaces,
  camera: Camera = {},
  error: (landmark: number, axis: 0 | 1 | 2) => number = () => 0,
): Pose {
  const { distance = 3.5, height = 1, pan = 0, tilt = 0, focalLength = 1.2 } = camera;
  const { pictureWidth = 1280, pictureHeight = 720, mirrored = false } = camera;
  const [sinPan, cosPan] = [Math.sin((pan * Math.PI) / 180), Math.cos((pan * Math.PI) / 180)];
  const [sinTilt, cosTilt] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)];
  /** Metres to the camera's right, down and away from it. */
  const seen = ({ x, y, z }: Vector3): Vector3 => {
    const ahead = distance - z;
    const away = ahead * cosPan + x * sinPan;
    const down = height - y;
    return {
      x: x * cosPan - ahead * sinPan,
      y: down * cosTilt - away * sinTilt,
      z: away * cosTilt + down * sinTilt,
    };
  };
  const points = BODY_LANDMARK_NAMES.map((name, index) => {
    const { x, y, z } = seen(places[mirrored ? otherSide(name) : name]);
    return { x: x + error(index, 0), y: y + error(index, 1), z: z + error(index, 2) };
  });
  const [left, right] = [points[23], points[24]] as [Vector3, Vector3];
  const hips = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, z: (left.z + right.z) / 2 };
  const aspect = pictureHeight / pictureWidth;
  const flip = mirrored ? -1 : 1;
  const landmarks: Landmark[] = [];
  const worldLandmarks: Landmark[] = [];
  for (const { x, y, z } of points) {
    const imageX = 0.5 + (flip * focalLength * aspect * x) / z;
    const imageY = 0.5 + (focalLength * y) / z;
    const inPicture = z > 0 && imageX >= 0 && imageX <= 1 && imageY >= 0 && imageY <= 1;
    const visibility = inPicture ? 1 : HIDDEN_VISIBILITY;
    landmarks.push({ x: imageX, y: imageY, z: ((z - hips.z) * focalLength * aspect) / hips.z, visibility });
    worldLandmarks.push({ x: flip * (x - hips.x), y: y - hips.y, z: z - hips.z, visibility });
  }
  return { id, score: 1, landmarks, worldLandmarks };
}

/** The same joint of the other side: what a mirror shows as `leftWrist` is the right one. */
function otherSide<Name extends (typeof BODY_LANDMARK_NAMES)[number]>(name: Name): Name {
  const other = name.replace(/left|right|Left|Right/, (side) => OTHER[side] ?? side);
  return other as Name;
}

const OTHER: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  Left: 'Right',
  Right: 'Left',
};
