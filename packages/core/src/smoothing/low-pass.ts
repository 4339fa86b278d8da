import type { Landmark } from '../pose/index.ts';

/**
 * How much of the new value an exponential low-pass takes, in (0, 1): `r / (r + 1)` with `r = 2π · cutoff · elapsed`,
 * the discrete first-order low-pass of the One Euro paper (Casiez, Roussel, Vogel 2012, section 3).
 * @param cutoff Hz
 * @param elapsed seconds since the previous value
 */
export function smoothingFactor(cutoff: number, elapsed: number): number {
  const ratio = 2 * Math.PI * cutoff * elapsed;
  return ratio / (ratio + 1);
}

/**
 * A landmark with smoothed numbers, and what else the raw one carries. Where a raw number was not one, the
 * landmark is shown as not visible, so that nobody takes its place for one that was seen; where there was no
 * number ever, it stands at the origin.
 */
export function smoothedLandmark(
  raw: Landmark,
  x: number,
  y: number,
  z: number,
  visibility: number,
): Landmark {
  const seen = Number.isFinite(raw.x + raw.y + raw.z + raw.visibility);
  const place = { x: x || 0, y: y || 0, z: z || 0, visibility: seen ? visibility : 0 };
  return raw.presence === undefined ? place : { ...place, presence: raw.presence };
}
