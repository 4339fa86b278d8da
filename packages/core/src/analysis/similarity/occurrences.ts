import { concordance, type PointSequence } from './point-sequence.ts';

/** Two occurrences may overlap by this share of the shorter one: where one ends and the next begins is not sharp. */
const OVERLAP = 0.2;

/** Where a sequence was found. */
export interface Occurrence {
  /** First sample, and after the last. */
  readonly from: number;
  readonly until: number;
  /** Concordance with what was searched for, 1 at most. */
  readonly likeness: number;
  /** Mean squared distance of the points in step with what was searched for. */
  readonly squaredDistance: number;
}

/**
 * Finds a stretch of a sequence elsewhere in it, at tempos between half and double: subsequence dynamic time warping
 * (Müller 2015, section 7.2) with the steps (1,1), (1,2) and (2,1), in which every sample searched for counts once.
 * @param from first sample of what is searched for
 * @param until after its last sample
 * @param threshold least likeness
 * @returns in order of time, what was searched for included
 */
export function occurrences(
  sequence: PointSequence,
  from: number,
  until: number,
  threshold: number,
): Occurrence[] {
  const rows = until - from;
  const columns = sequence.length;
  const query = sequence.moments(from, until);
  const unknown = 2 * query.variance;
  const cost = (row: number, column: number) => {
    const distance = sequence.squaredDistance(from + row, column);
    return Number.isNaN(distance) ? unknown : distance;
  };
  const table = () => ({
    cost: new Float64Array(columns),
    sum: new Float64Array(columns).fill(Infinity),
    start: new Int32Array(columns),
  });
  let current = table();
  let previous = table();
  let beforePrevious = table();
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const here = cost(row, column);
      current.cost[column] = here;
      if (row === 0) {
        current.sum[column] = here;
        current.start[column] = column;
        continue;
      }
      let sum = previous.sum[column - 1] ?? Infinity;
      let start = previous.start[column - 1] ?? 0;
      const skipping = previous.sum[column - 2] ?? Infinity;
      if (skipping < sum) {
        sum = skipping;
        start = previous.start[column - 2] ?? 0;
      }
      const waiting = (beforePrevious.sum[column - 1] ?? Infinity) + (previous.cost[column] ?? 0);
      if (row > 1 && waiting < sum) {
        sum = waiting;
        start = beforePrevious.start[column - 1] ?? 0;
      }
      current.sum[column] = sum + here;
      current.start[column] = start;
    }
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  const found: Occurrence[] = [];
  for (let column = 0; column < columns; column += 1) {
    const sum = previous.sum[column] ?? Infinity;
    const isLowest =
      sum <= (previous.sum[column - 1] ?? Infinity) && sum < (previous.sum[column + 1] ?? Infinity);
    // Cheap first: no spread of the found stretch could make more of it.
    if (!isLowest || !(sum / rows < 4 * (1 - threshold) * query.variance)) continue;
    const start = previous.start[column] ?? 0;
    const squaredDistance = sum / rows;
    const likeness = concordance(squaredDistance, query, sequence.moments(start, column + 1));
    if (likeness >= threshold) found.push({ from: start, until: column + 1, likeness, squaredDistance });
  }
  return withoutOverlap(found);
}

/** Keeps the most alike of those that overlap. */
function withoutOverlap(found: Occurrence[]): Occurrence[] {
  const kept: Occurrence[] = [];
  for (const one of found.sort((a, b) => b.likeness - a.likeness)) {
    const collides = kept.some((other) => {
      const common = Math.min(one.until, other.until) - Math.max(one.from, other.from);
      return common > OVERLAP * Math.min(one.until - one.from, other.until - other.from);
    });
    if (!collides) kept.push(one);
  }
  return kept.sort((a, b) => a.from - b.from);
}
