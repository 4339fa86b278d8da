/** Samples that a second derivative with both ends needs. */
const FEWEST_SAMPLES = 4;

/**
 * Jerk of one movement without units: −(duration³ / peak speed²) · ∫ |d²speed/dt²|² dt. A movement of least jerk has
 * −204.8; the rougher, the further below. It does not depend on amplitude or duration.
 *
 * Sources: N. Hogan, D. Sternad, "Sensitivity of smoothness measures to movement duration, amplitude, and arrests",
 * Journal of Motor Behavior 41(6), 2009, for the scaling; S. Balasubramanian, A. Melendez-Calderon, E. Burdet,
 * "A robust and sensitive metric for quantifying movement smoothness", IEEE Transactions on Biomedical Engineering
 * 59(8), 2012, for this form with the speed's peak. The derivative is by central differences, one-sided
 * of second order at the ends.
 * @param speed of one movement, equally spaced in time, in any unit; at which rate does not matter: it cancels
 * @param count how many of the samples to take; default: all
 * @returns 0 or less; NaN for fewer than 4 samples or no movement
 */
export function dimensionlessJerk(speed: ArrayLike<number>, count = speed.length): number {
  if (count < FEWEST_SAMPLES) return Number.NaN;
  const at = (index: number) => speed[index] ?? Number.NaN;
  let peak = 0;
  for (let index = 0; index < count; index += 1) peak = Math.max(peak, Math.abs(at(index)));
  if (!(peak > 0)) return Number.NaN;
  const last = count - 1;
  // Second differences: the derivative times the squared step.
  const first = 2 * at(0) - 5 * at(1) + 4 * at(2) - at(3);
  const final = 2 * at(last) - 5 * at(last - 1) + 4 * at(last - 2) - at(last - 3);
  let sum = (first * first + final * final) / 2;
  for (let index = 1; index < last; index += 1) {
    const bend = at(index - 1) - 2 * at(index) + at(index + 1);
    sum += bend * bend;
  }
  // The integral is Σ (difference · rate²)² / rate, the duration last / rate: the rate cancels.
  return (-(last ** 3) * sum) / (peak * peak);
}

/**
 * −ln |dimensionless jerk|: the same on a scale that suits its range (the paper of 2012). A movement of least
 * jerk has −5.32; the rougher, the lower.
 * @returns NaN where `dimensionlessJerk` has none, and for speed that is constant or changes evenly: it has no jerk
 */
export function logDimensionlessJerk(speed: ArrayLike<number>, count = speed.length): number {
  const jerk = Math.abs(dimensionlessJerk(speed, count));
  return jerk > 0 ? -Math.log(jerk) : Number.NaN;
}
