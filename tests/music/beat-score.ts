/**
 * How well beats found match true ones: the F-measure of the beat-tracking field (Davies, Degara & Plumbley, Evaluation
 * methods for musical audio beat tracking algorithms, Technical Report C4DM-TR-09-06, 2009, section 4.1.1): each true
 * beat can be hit once. Its usual tolerance is 70 ms.
 *
 * @param found milliseconds, rising
 * @param truth milliseconds, rising
 * @returns in [0, 1]; 1 where there is nothing to find and nothing was found
 */
export function fMeasure(found: readonly number[], truth: readonly number[], tolerance: number): number {
  if (found.length + truth.length === 0) return 1;
  let hits = 0;
  let next = 0;
  for (const beat of truth) {
    while (next < found.length && (found[next] ?? 0) < beat - tolerance) next += 1;
    if (next >= found.length || (found[next] ?? 0) > beat + tolerance) continue;
    hits += 1;
    next += 1;
  }
  return (2 * hits) / (found.length + truth.length);
}

/** The median of how many milliseconds later than the nearest true beat each beat was found. */
export function medianLateness(found: readonly number[], truth: readonly number[]): number {
  const late = found.map((beat) =>
    truth.reduce(
      (least, each) => (Math.abs(beat - each) < Math.abs(least) ? beat - each : least),
      Number.POSITIVE_INFINITY,
    ),
  );
  return late.sort((a, b) => a - b)[Math.floor(late.length / 2)] ?? Number.NaN;
}
