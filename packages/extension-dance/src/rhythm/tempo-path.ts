import type { TempoCandidate } from '@pose-coach/core/analysis';

/**
 * What a change of tempo between two windows costs, in strengths over chance, of which a clear rhythm has three and
 * more in each window.
 */
const CHANGE_COST = 2;

/** Octaves from which a change costs as much as any other: 8 %, twice the tolerance of tempo evaluation. */
const WHOLE_CHANGE = Math.log2(1.08);

interface Step {
  readonly candidate: TempoCandidate;
  readonly total: number;
  readonly before: Step | undefined;
}

/**
 * The likeliest way through the candidates of windows that follow each other: strong ones, with few changes (Viterbi).
 * @param windows the candidates of each window, strengths in units of what chance reaches; none where there is no rhythm, and what follows starts anew
 * @returns one candidate per window, or nothing where it has none
 */
export function likeliestPath(
  windows: readonly (readonly TempoCandidate[])[],
): (TempoCandidate | undefined)[] {
  const path: (TempoCandidate | undefined)[] = windows.map(() => undefined);
  let steps: Step[] = [];
  windows.forEach((candidates, index) => {
    if (candidates.length === 0) settle(steps, path, index);
    const before = candidates.length === 0 ? [] : steps;
    steps = candidates.map((candidate) => reach(candidate, before));
  });
  settle(steps, path, windows.length);
  return path;
}

function reach(candidate: TempoCandidate, steps: readonly Step[]): Step {
  let best: Step | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const step of steps) {
    const octaves = Math.abs(Math.log2(candidate.bpm / step.candidate.bpm));
    const total = step.total - CHANGE_COST * Math.min(1, octaves / WHOLE_CHANGE);
    if (total > most) [best, most] = [step, total];
  }
  return { candidate, total: candidate.strength + (best ? most : 0), before: best };
}

/** Writes the best way to the windows before `end` down, from its end. */
function settle(steps: readonly Step[], path: (TempoCandidate | undefined)[], end: number): void {
  let step: Step | undefined;
  for (const one of steps) if (!step || one.total > step.total) step = one;
  for (let index = end - 1; step; index -= 1) {
    path[index] = step.candidate;
    step = step.before;
  }
}
