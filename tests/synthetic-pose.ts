import { BODY_LANDMARKS as BODY, type BodyLandmark, type Landmark } from '../packages/core/src/pose/index.ts';

export {
  type Bends,
  syntheticBody,
  syntheticFrame,
  syntheticPose,
} from '../packages/core/src/extensions/testing/synthetic-person.ts';

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
