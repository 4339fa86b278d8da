/**
 * Noise of an acceleration over that of the velocity, in 1/(half of the window that both are measured in): a property
 * of the cubic fit behind `BodyMotion` (1.54 to 1.73 for its weights at 24, 30 and 60 Hz).
 */
const ACCELERATION_NOISE = 1.7;

/**
 * How many variances of the power are taken from its square: what noise adds to it on average, and as much again,
 * because a square below nothing counts as nothing.
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
 * How fast kinetic energy changes, whichever way: |d(½v²)/dt| = |v·a|, per kilogram. A mass that moves to and fro `f`
 * times a second with the amplitude `A` has (2π)³A²f³/π = 8π²A²f³ on average. A body that glides along evenly does
 * nothing.
 *
 * Noise makes v·a of its own, which its absolute value would add up: its variance, v²·var(a) + a²·var(v), is taken
 * off in squares.
 * @param result where the answer goes
 * @param velocity x, y and z from `at` on, metres per second
 * @param acceleration x, y and z from `at` on, metres per second²
 * @param variance of the speed, metres² per second²
 * @param delay milliseconds: `BodyMotion.delay`, half of the window
 */
export function kineticPower(
  result: KineticPower,
  velocity: Float64Array,
  acceleration: Float64Array,
  at: number,
  variance: number,
  delay: number,
): void {
  let product = 0;
  let velocitySquare = 0;
  let accelerationSquare = 0;
  for (let axis = at; axis < at + 3; axis += 1) {
    const v = velocity[axis] ?? Number.NaN;
    const a = acceleration[axis] ?? Number.NaN;
    product += v * a;
    velocitySquare += v * v;
    accelerationSquare += a * a;
  }
  const gain = (1000 * ACCELERATION_NOISE) / delay;
  const productVariance = variance * (velocitySquare * gain * gain + accelerationSquare);
  const all = Math.abs(product);
  result.power = Math.sqrt(Math.max(0, product * product - NOISE_VARIANCES * productVariance));
  result.noise = all - result.power;
}
