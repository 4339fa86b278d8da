/**
 * Noise of an acceleration over that of the velocity, times `BodyMotion.delay` in seconds: a property of the cubic fit
 * behind `BodyMotion`. For its weights the ratio is 1.54 to 1.73 over the half width, at 24, 30 and 60 Hz, and the half
 * width 1.2 times the delay.
 */
const ACCELERATION_NOISE = 1.4;

/** Mean of the absolute values of normally distributed numbers over their standard deviation. */
const MEAN_OVER_DEVIATION = /* @__PURE__ */ Math.sqrt(2 / Math.PI);

/** What a mass does at one moment. */
export interface KineticPower {
  /** Watts per kilogram, noise included: take the mean over some time, and from that the noise. */
  power: number;
  /** Watts per kilogram that noise alone would have in its place. */
  noise: number;
}

/**
 * How fast kinetic energy changes, whichever way: |d(½v²)/dt| = |v·a|, per kilogram. A mass that moves to and fro `f`
 * times a second with the amplitude `A` has 8π²A²f³ on average. A body that glides along evenly does nothing.
 *
 * Noise makes v·a of its own, of the variance v²·var(a) + a²·var(v). The greater of the two is taken: of a movement to
 * and fro one is nothing when the other is greatest, and of noise alone both are there twice, as v and a hold it too.
 * @param result where the answer goes; NaN where something is not known
 * @param velocity x, y and z from `at` on, metres per second
 * @param acceleration x, y and z from `at` on, metres per second²
 * @param variance of the speed, metres² per second²
 * @param delay milliseconds: `BodyMotion.delay`
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
  const square = variance * Math.max(velocitySquare * gain * gain, accelerationSquare);
  result.noise = MEAN_OVER_DEVIATION * Math.sqrt(square);
  result.power = Number.isNaN(square) ? Number.NaN : Math.abs(product);
}

/**
 * Takes the noise from a mean of powers: in squares, because the mean of absolute values of movement and noise grows
 * with the root of the sum of their squares.
 * @param power mean of `KineticPower.power` over some time
 * @param noise mean of `KineticPower.noise` over the same time
 * @returns watts per kilogram, 0 or more
 */
export function withoutNoise(power: number, noise: number): number {
  return Math.sqrt(Math.max(0, power * power - noise * noise));
}
