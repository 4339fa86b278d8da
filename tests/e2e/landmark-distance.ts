import type { Point } from './bare-engine.ts';

/**
 * How far the worst landmark is from where it should be, in heights of the picture; infinite where one is missing.
 * @param aspect the picture's width divided by its height
 */
export function largestDistance(found: readonly Point[], expected: readonly Point[], aspect: number): number {
  const distances = expected.map(([x, y], index) => {
    const point = found[index];
    return point ? Math.hypot((point[0] - x) * aspect, point[1] - y) : Number.POSITIVE_INFINITY;
  });
  return Math.max(...distances, found.length === expected.length ? 0 : Number.POSITIVE_INFINITY);
}
