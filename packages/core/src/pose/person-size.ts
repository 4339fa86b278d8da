import type { Landmark } from './pose-frame.ts';

/**
 * How big a person (or a hand) is in the picture, in pixels: the mean of width and height of the box around the
 * landmarks. It turns pixels into "person sizes", which mean the same near and far. Landmarks that the engine
 * does not know (visibility 0) or that are not numbers are left out; 0 when none remain.
 *
 * The measure is MediaPipe's object scale (landmarks_smoothing_calculator_utils.cc).
 * @param landmarks image landmarks, x and y in [0, 1] of the picture
 * @param width the picture's width in pixels
 * @param height the picture's height in pixels
 */
export function personSize(landmarks: readonly Landmark[], width: number, height: number): number {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const { x, y, visibility } of landmarks) {
    if (visibility === 0 || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return right < left ? 0 : ((right - left) * width + (bottom - top) * height) / 2;
}
