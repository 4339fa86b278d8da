/** Spectral arc length of one movement of least jerk: 30τ² − 60τ³ + 30τ⁴. */
const ONE_BELL = -1.4;

/** Spectral arc length of two such movements one after the other, with a stop between them. */
const TWO_BELLS = -2.29;

/**
 * Spectral arc length on a scale from 0 to 100 that is halved by every stop in the midst of a movement:
 * 100 · 2^(−(−1.40 − SPARC) / 0.89), at most 100. A single movement of least jerk (SPARC −1.40) has 100; an even
 * swing to and fro (−1.55) has 89; a movement that stops half-way and goes on (−2.29) has 50.
 * @param sparc spectral arc length, 0 or less
 */
export function smoothnessOf(sparc: number): number {
  return Math.min(100, 100 * 2 ** ((sparc - ONE_BELL) / (ONE_BELL - TWO_BELLS)));
}
