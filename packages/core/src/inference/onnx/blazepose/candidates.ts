import type { Anchors } from './anchors.ts';
import type { Box } from './overlap.ts';
import { sigmoid } from './sigmoid.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Somebody, or some palm, that a detector believes to see. Lengths are shares of its square input. */
export interface Candidate {
  /** In [0, 1]. */
  readonly score: number;
  readonly box: Box;
  readonly keypoints: readonly Point[];
}

/** Numbers of a box before its keypoints, which have two each: x and y of its middle, width, height. */
export const BOX_NUMBERS = 4;

/** Beyond it the detector's logits say no more (`score_clipping_thresh` of `TensorsToDetectionsCalculator`). */
const LARGEST_LOGIT = 100;

/**
 * Reads a detector's outputs as `TensorsToDetectionsCalculator` does: numbers are pixels of the input, relative to
 * the anchor's middle; width and height are as they stand, without the exponential of other detectors. Boxes of
 * negative size or with anything that is not a number are left out.
 * @param boxes row by row: x, y, width, height, then x, y of each keypoint
 * @param logits one for each row
 * @param size pixels of the detector's square input
 * @param least the least score that counts, in [0, 1]
 */
export function decodeCandidates(
  boxes: Float32Array,
  logits: Float32Array,
  anchors: Anchors,
  size: number,
  least: number,
): Candidate[] {
  const numbers = boxes.length / logits.length;
  const candidates: Candidate[] = [];
  logits.forEach((logit, row) => {
    const score = sigmoid(Math.min(LARGEST_LOGIT, Math.max(-LARGEST_LOGIT, logit)));
    if (!(score >= least)) return;
    const anchorX = anchors[row * 2] ?? Number.NaN;
    const anchorY = anchors[row * 2 + 1] ?? Number.NaN;
    const values = boxes.subarray(row * numbers, (row + 1) * numbers);
    const at = (index: number) => (values[index] ?? Number.NaN) / size;
    const x = at(0) + anchorX;
    const y = at(1) + anchorY;
    const [width, height] = [at(2), at(3)];
    const keypoints: Point[] = [];
    for (let index = BOX_NUMBERS; index < numbers; index += 2) {
      keypoints.push({ x: at(index) + anchorX, y: at(index + 1) + anchorY });
    }
    if (!(width >= 0 && height >= 0) || !values.every(Number.isFinite)) return;
    candidates.push({
      score,
      box: { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 },
      keypoints,
    });
  });
  return candidates;
}
