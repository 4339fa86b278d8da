import type { Point } from './bare-engine.ts';

/** Shoulders, elbows, wrists, hips, knees, ankles: the joints that are looked at, and that the network sees well. */
export const LIMB_JOINTS: readonly number[] = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/**
 * How far the worst landmark is from where it should be, in heights of the picture; infinite where one is missing.
 * @param aspect the picture's width divided by its height
 * @param joints indices of the landmarks that count; all unless told otherwise
 */
export function largestDistance(
  found: readonly Point[],
  expected: readonly Point[],
  aspect: number,
  joints: readonly number[] = [...expected.keys()],
): number {
  const distances = joints.map((joint) => {
    const point = found[joint];
    const place = expected[joint];
    if (!point || !place) return Number.POSITIVE_INFINITY;
    return Math.hypot((point[0] - place[0]) * aspect, point[1] - place[1]);
  });
  return distances.length > 0 ? Math.max(...distances) : Number.POSITIVE_INFINITY;
}
