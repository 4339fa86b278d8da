/**
 * Work of the right minus that of the left, in percent of both together: from −100 (the left does everything) over 0
 * to 100. The left then does (100 − a) / (100 + a) of the right's work: a half of it at 33.
 */
export function asymmetryOf(left: number, right: number): number {
  return (100 * (right - left)) / (right + left);
}
