import type { BodyMotion } from '@pose-coach/core/analysis';
import { BODY_SEGMENTS } from './body-segments.ts';
import { type KineticPower, kineticPower } from './kinetic-power.ts';
import { SegmentMotion } from './segment-motion.ts';

/**
 * The power with which a whole body moves, in watts per kilogram: how fast the kinetic energy of its segments about
 * its centre of mass and that of its centre of mass change (König's theorem; "internal" and "external" work of
 * G. A. Cavagna, M. Kaneko, "Mechanical work and efficiency in level walking and running", Journal of Physiology
 * 268, 1977, here without the work against gravity, because a picture does not tell which way is down).
 *
 * What comes of the travel through the picture is without depth; where the travel is not known only the movement
 * about the hips counts.
 */
export class BodyPower {
  /** Watts per kilogram of what is seen of the body; NaN when nothing is. */
  power = Number.NaN;
  /** Watts per kilogram that could be noise, and are not in `power`. */
  noise = Number.NaN;
  /** Share of the body's mass that is seen. */
  seen = 0;
  readonly #segments = new SegmentMotion();
  readonly #centre = new Float64Array(6);
  readonly #one: KineticPower = { power: 0, noise: 0 };

  update({ body, travel, bodyHeight }: BodyMotion): void {
    const segments = this.#segments;
    segments.update(body);
    const { velocity, acceleration, variance } = segments;
    const centre = this.#centre.fill(0);
    let seen = 0;
    let centreVariance = 0;
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      const mass = BODY_SEGMENTS[segment]?.mass ?? 0;
      seen += mass;
      centreVariance += mass * mass * (variance[segment] ?? 0);
      for (let axis = 0; axis < 3; axis += 1) {
        centre[axis] = (centre[axis] ?? 0) + mass * (velocity[segment * 3 + axis] ?? 0);
        centre[3 + axis] = (centre[3 + axis] ?? 0) + mass * (acceleration[segment * 3 + axis] ?? 0);
      }
    }
    this.seen = seen;
    this.power = seen > 0 ? 0 : Number.NaN;
    this.noise = this.power;
    if (seen === 0) return;
    for (let index = 0; index < 6; index += 1) centre[index] = (centre[index] ?? 0) / seen;
    const [vx = 0, vy = 0, vz = 0, ax = 0, ay = 0, az = 0] = centre;
    centreVariance /= seen * seen;
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      const at = segment * 3;
      kineticPower(
        this.#one,
        (velocity[at] ?? 0) - vx,
        (velocity[at + 1] ?? 0) - vy,
        (velocity[at + 2] ?? 0) - vz,
        (acceleration[at] ?? 0) - ax,
        (acceleration[at + 1] ?? 0) - ay,
        (acceleration[at + 2] ?? 0) - az,
        (variance[segment] ?? 0) + centreVariance,
      );
      this.#count((BODY_SEGMENTS[segment]?.mass ?? 0) / seen);
    }
    const [travelX, travelY] = travel.velocity;
    const [pushX, pushY] = travel.acceleration;
    const travelVariance = (travel.velocityUncertainty * bodyHeight) ** 2;
    if (Number.isNaN(travelX + travelY + pushX + pushY + travelVariance)) return;
    kineticPower(
      this.#one,
      vx + travelX * bodyHeight,
      vy + travelY * bodyHeight,
      vz,
      ax + pushX * bodyHeight,
      ay + pushY * bodyHeight,
      az,
      centreVariance + 2 * travelVariance,
    );
    this.#count(1);
  }

  #count(share: number): void {
    this.power += share * this.#one.power;
    this.noise += share * this.#one.noise;
  }
}
