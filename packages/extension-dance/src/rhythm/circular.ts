/** Angles drawn together: where they point, and how much they agree. */
export interface CircularMean {
  /** Radians in [−π, π]. */
  readonly direction: number;
  /** Mean resultant length, in [0, 1]: 0 when the angles point everywhere, 1 when all are the same. */
  readonly agreement: number;
}

/**
 * Mean direction and mean resultant length of weighted angles (Mardia and Jupp, "Directional Statistics", 2000,
 * section 2.2). Nothing to draw together: no agreement.
 * @param angles radians
 * @param weights one per angle, 0 or more
 */
export function circularMean(angles: readonly number[], weights: readonly number[]): CircularMean {
  let cosine = 0;
  let sine = 0;
  let total = 0;
  angles.forEach((angle, index) => {
    const weight = weights[index] ?? 0;
    cosine += weight * Math.cos(angle);
    sine += weight * Math.sin(angle);
    total += weight;
  });
  if (total <= 0) return { direction: 0, agreement: 0 };
  return { direction: Math.atan2(sine, cosine), agreement: Math.hypot(cosine, sine) / total };
}

/** The angle's equal in (−π, π]. */
export function wrapped(angle: number): number {
  const turns = Math.round(angle / (2 * Math.PI));
  return angle - turns * 2 * Math.PI;
}

/**
 * What agreement is left when that of pure chance is taken away. For `count` random angles count · R² is distributed
 * as a unit exponential (Mardia and Jupp 2000, section 4.8), with a mean of 1; the greatest of several such has a mean
 * of 1 + 1/2 + 1/3 …
 * @param agreement mean resultant length: the greatest of `choices` that were measured
 */
export function agreementBeyondChance(agreement: number, count: number, choices = 1): number {
  let chance = 0;
  for (let choice = 1; choice <= choices; choice += 1) chance += 1 / choice;
  if (count <= chance) return 0;
  return Math.sqrt(Math.max(0, (count * agreement ** 2 - chance) / (count - chance)));
}
