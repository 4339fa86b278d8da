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
  readonly #centreVelocity = new Float64Array(3);
  readonly #centreAcceleration = new Float64Array(3);
  readonly #one: KineticPower = { power: 0, noise: 0 };

  update({ body, travel, bodyHeight, delay }: BodyMotion): void {
    const segments = this.#segments;
    segments.update(body);
    const { velocity, acceleration, variance } = segments;
    const centreVelocity = this.#centreVelocity.fill(0);
    const centreAcceleration = this.#centreAcceleration.fill(0);
    let seen = 0;
    let centreVariance = 0;
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      const mass = BODY_SEGMENTS[segment]?.mass ?? 0;
      seen += mass;
      centreVariance += mass * mass * (variance[segment] ?? 0);
      for (let axis = 0; axis < 3; axis += 1) {
        const at = segment * 3 + axis;
        centreVelocity[axis] = (centreVelocity[axis] ?? 0) + mass * (velocity[at] ?? 0);
        centreAcceleration[axis] = (centreAcceleration[axis] ?? 0) + mass * (acceleration[at] ?? 0);
      }
    }
    this.seen = seen;
    this.power = seen > 0 ? 0 : Number.NaN;
    this.noise = this.power;
    if (seen === 0) return;
    for (let axis = 0; axis < 3; axis += 1) {
      centreVelocity[axis] = (centreVelocity[axis] ?? 0) / seen;
      centreAcceleration[axis] = (centreAcceleration[axis] ?? 0) / seen;
    }
    centreVariance /= seen * seen;
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      for (let axis = 0; axis < 3; axis += 1) {
        const at = segment * 3 + axis;
        velocity[at] = (velocity[at] ?? 0) - (centreVelocity[axis] ?? 0);
        acceleration[at] = (acceleration[at] ?? 0) - (centreAcceleration[axis] ?? 0);
      }
      const about = (variance[segment] ?? 0) + centreVariance;
      kineticPower(this.#one, velocity, acceleration, segment * 3, about, delay);
      this.#count((BODY_SEGMENTS[segment]?.mass ?? 0) / seen);
    }
    const travelVariance = (travel.velocityUncertainty * bodyHeight) ** 2;
    for (let axis = 0; axis < 2; axis += 1) {
      centreVelocity[axis] = (centreVelocity[axis] ?? 0) + (travel.velocity[axis] ?? 0) * bodyHeight;
      centreAcceleration[axis] =
        (centreAcceleration[axis] ?? 0) + (travel.acceleration[axis] ?? 0) * bodyHeight;
    }
    kineticPower(this.#one, centreVelocity, centreAcceleration, 0, centreVariance + travelVariance, delay);
    if (!Number.isNaN(this.#one.power)) this.#count(1);
  }

  #count(share: number): void {
    this.power += share * this.#one.power;
    this.noise += share * this.#one.noise;
  }
}
