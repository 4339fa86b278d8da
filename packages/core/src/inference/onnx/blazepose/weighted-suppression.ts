import type { Candidate, Point } from './candidates.ts';
import { type Box, intersectionOverUnion } from './overlap.ts';

/**
 * Makes one candidate of all that mean the same: the best, with box and keypoints averaged over those that overlap
 * with it, weighted by their scores. The WEIGHTED algorithm of MediaPipe's `NonMaxSuppressionCalculator`
 * (Bazarevsky et al., "BlazeFace", 2019, section 4: it trembles less than plain suppression does).
 * @param overlap intersection over union above which two are the same
 * @returns best score first
 */
export function suppressWeighted(candidates: readonly Candidate[], overlap: number): Candidate[] {
  let left = [...candidates].sort((a, b) => b.score - a.score);
  const kept: Candidate[] = [];
  for (let [best] = left; best; [best] = left) {
    const { box, score } = best;
    const same: Candidate[] = [];
    const others: Candidate[] = [];
    for (const candidate of left) {
      // Itself counts as the same even where its box is empty and overlaps with nothing.
      const isSame = candidate === best || intersectionOverUnion(candidate.box, box) > overlap;
      (isSame ? same : others).push(candidate);
    }
    kept.push({ score, ...average(same) });
    left = others;
  }
  return kept;
}

function average(candidates: readonly Candidate[]): { box: Box; keypoints: Point[] } {
  const total = candidates.reduce((sum, { score }) => sum + score, 0);
  const mean = (value: (candidate: Candidate) => number) =>
    candidates.reduce((sum, candidate) => sum + value(candidate) * candidate.score, 0) / total;
  return {
    box: {
      left: mean(({ box }) => box.left),
      top: mean(({ box }) => box.top),
      right: mean(({ box }) => box.right),
      bottom: mean(({ box }) => box.bottom),
    },
    keypoints: (candidates[0]?.keypoints ?? []).map((_, index) => ({
      x: mean(({ keypoints }) => keypoints[index]?.x ?? Number.NaN),
      y: mean(({ keypoints }) => keypoints[index]?.y ?? Number.NaN),
    })),
  };
}
