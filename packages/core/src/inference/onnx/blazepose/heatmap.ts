import type { Point } from './candidates.ts';
import { sigmoid } from './sigmoid.ts';

/** Cells that are looked at to every side of a landmark: `kernel_size` 7 of `pose_landmarks_detector_graph.cc`. */
const REACH = 3;

/** Least certainty of the best cell for the heatmap to be believed (`min_confidence_to_refine`, its default). */
const LEAST_CERTAINTY = 0.5;

/**
 * Moves a landmark to the middle of what its heatmap says around it (`RefineLandmarksFromHeatmapCalculator`).
 * @param point as shares of the network's input; left as it is outside of it, and where the heatmap is not sure
 * @param heatmap logits, row by row, of a square of `size` × `size` cells
 */
export function refineByHeatmap(point: Point, heatmap: Float32Array, size: number): Point {
  // Towards zero, as the calculator's conversion to integers goes.
  const column = Math.trunc(point.x * size);
  const row = Math.trunc(point.y * size);
  if (!(column >= 0 && column < size && row >= 0 && row < size)) return point;
  let total = 0;
  let best = 0;
  let x = 0;
  let y = 0;
  for (let v = Math.max(0, row - REACH); v <= Math.min(size - 1, row + REACH); v += 1) {
    for (let u = Math.max(0, column - REACH); u <= Math.min(size - 1, column + REACH); u += 1) {
      const certainty = sigmoid(heatmap[v * size + u] ?? Number.NaN);
      total += certainty;
      best = Math.max(best, certainty);
      x += u * certainty;
      y += v * certainty;
    }
  }
  return best >= LEAST_CERTAINTY ? { x: x / total / size, y: y / total / size } : point;
}
