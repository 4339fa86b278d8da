/**
 * How many variances of the speed are taken from its square before it counts as movement: one, as much as noise adds
 * to it on average.
 */
const NOISE_VARIANCES = 1;

/** What a mass does as it moves. */
export interface KineticPower {
  /** Watts per kilogram. */
  power: number;
  /** Watts per kilogram that could as well be noise, and are left out of `power`. */
  noise: number;
}

/**
 * How fast kinetic energy changes, whichever way: |d(½v²)/dt| = |v·a|, per kilogram. A mass that speeds up and slows
 * down `f` times a second on a way of amplitude `A` has (2π)³A²f³/π on average. A body that glides along evenly does
 * nothing.
 * @param result where the answer goes
 * @param vx velocity, metres per second
 * @param ax acceleration, metres per second²
 * @param variance of the speed, metres² per second²
 */
export function kineticPower(
  result: KineticPower,
  vx: number,
  vy: number,
  vz: number,
  ax: number,
  ay: number,
  az: number,
  variance: number,
): void {
  const square = vx * vx + vy * vy + vz * vz;
  const all = Math.abs(vx * ax + vy * ay + vz * az);
  const kept = square > 0 ? Math.max(0, 1 - (NOISE_VARIANCES * variance) / square) : 0;
  result.power = kept * all;
  result.noise = (1 - kept) * all;
}
