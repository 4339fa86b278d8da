import { BODY_LANDMARK_COUNT, HAND_LANDMARK_COUNT, type Landmark, type PoseFrame } from '../pose/index.ts';
import { HAND_SIDES } from './hand-sides.ts';

/** Numbers per landmark in `toFloat32Array`: x, y, z, visibility, world x, world y, world z. */
export const FLOATS_PER_LANDMARK = 7;

/** Numbers per person in `toFloat32Array`: 231, and with hands 525. */
export function floatsPerPerson(options: { readonly hands?: boolean } = {}): number {
  const landmarks =
    BODY_LANDMARK_COUNT + (options.hands === true ? HAND_SIDES.length * HAND_LANDMARK_COUNT : 0);
  return landmarks * FLOATS_PER_LANDMARK;
}

export interface Float32ArrayOptions {
  /** How many people the array has room for; absent ones are zeros. Default: those in the frame. */
  readonly people?: number;
  /** Whether each person's hands follow their body. Default: false. */
  readonly hands?: boolean;
}

/**
 * A frame as numbers for your own machine learning: a dense, row-major array of shape
 * `[people][landmarks][7]`, people in the order of `frame.poses`.
 *
 * Landmarks: 33 of the body, and with `hands` 21 of the left hand and 21 of the right. The seven numbers: image
 * x, y (in [0, 1] of the picture), z (image widths), visibility; world x, y, z (metres). What is not known is
 * 0, visibility included. Number `k` of landmark `l` of person `p` is at
 * `p * floatsPerPerson(options) + l * 7 + k`.
 */
export function toFloat32Array(
  frame: PoseFrame,
  options: Float32ArrayOptions = {},
): Float32Array<ArrayBuffer> {
  const { people = frame.poses.length, hands = false } = options;
  const size = floatsPerPerson({ hands });
  const array = new Float32Array(people * size);
  frame.poses.slice(0, people).forEach((pose, person) => {
    const start = person * size;
    fill(array, start, BODY_LANDMARK_COUNT, pose.landmarks, pose.worldLandmarks);
    if (!hands) return;
    HAND_SIDES.forEach((side, index) => {
      const hand = frame.hands.find((candidate) => candidate.poseId === pose.id && candidate.side === side);
      if (hand === undefined) return;
      const offset = start + (BODY_LANDMARK_COUNT + index * HAND_LANDMARK_COUNT) * FLOATS_PER_LANDMARK;
      fill(array, offset, HAND_LANDMARK_COUNT, hand.landmarks, hand.worldLandmarks);
    });
  });
  return array;
}

function fill(
  array: Float32Array,
  start: number,
  count: number,
  image: readonly Landmark[],
  world: readonly Landmark[],
): void {
  for (let index = 0; index < count; index += 1) {
    const at = start + index * FLOATS_PER_LANDMARK;
    const seen = image[index];
    const placed = world[index];
    if (seen !== undefined) array.set([seen.x, seen.y, seen.z, seen.visibility], at);
    if (placed !== undefined) array.set([placed.x, placed.y, placed.z], at + 4);
  }
}
