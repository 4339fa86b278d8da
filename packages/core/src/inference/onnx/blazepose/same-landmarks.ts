import type { Point } from './candidates.ts';

/** Landmarks count as one where they are nearer than this share of the body's, or the hand's, own measure. */
const NEAR = 0.2;

/** Share of the landmarks that must be near for two to be one: 10 of a hand's 21. */
const ENOUGH = 10 / 21;

/**
 * Whether two sets of landmarks are of the same person or hand: the first condition of MediaPipe's
 * `HandLandmarksDeduplicationCalculator`. Its second, boxes that overlap by a fifth, is left out: landmarks of which
 * half coincide are one body's.
 * @param measures lengths that hardly change with the pose, as pairs of landmarks; the longest counts
 */
export function sameLandmarks(
  a: readonly Point[],
  b: readonly Point[],
  measures: readonly (readonly [number, number])[],
): boolean {
  const measure = (points: readonly Point[]) =>
    Math.max(...measures.map(([from, to]) => distance(points[from], points[to])));
  const near = NEAR * Math.max(measure(a), measure(b));
  const matching = a.filter((point, index) => distance(point, b[index]) < near).length;
  return matching >= ENOUGH * a.length;
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Number.NaN;
}
