import type { BodyMotion } from '@pose-coach/core/analysis';
import { BODY_SEGMENTS } from './body-segments.ts';
import type { ChannelMeans } from './channel-means.ts';
import { type KineticPower, kineticPower, withoutNoise } from './kinetic-power.ts';
import { SegmentMotion } from './segment-motion.ts';

/** What is measured one by one: the segments, each about the centre of mass, and the centre of mass itself. */
const SOURCES = BODY_SEGMENTS.length + 1;
const CENTRE = BODY_SEGMENTS.length;

/** Numbers of a sample of `BodyPower`: the power of each source, then the noise of each. */
export const BODY_POWER_CHANNELS = 2 * SOURCES;

/**
 * With how much power a whole body moves, in watts per kilogram: how fast the kinetic energy of its segments about its
 * centre of mass and that of its centre of mass change (König's theorem; "internal" and "external" work of
 * G. A. Cavagna, M. Kaneko, "Mechanical work and efficiency in level walking and running", Journal of Physiology
 * 268, 1977, here without the work against gravity, because a picture does not tell which way is down).
 *
 * What comes of the travel through the picture is without depth; where the travel is not known only the movement
 * about the hips counts.
 */
export class BodyPower {
  /** For `bodyPowerOf`, by way of a mean. Changes with the next update. */
  readonly sample = new Float64Array(BODY_POWER_CHANNELS);
  /** Share of the body's mass that is seen. */
  seen = 0;
  readonly #segments = new SegmentMotion();
  readonly #centreVelocity = new Float64Array(3);
  readonly #centreAcceleration = new Float64Array(3);
  readonly #one: KineticPower = { power: 0, noise: 0 };

  update({ body, travel, bodyHeight, delay }: BodyMotion): void {
    this.sample.fill(Number.NaN);
    const segments = this.#segments;
    segments.update(body, false);
    const centreVariance = this.#updateCentre();
    if (this.seen === 0) return;
    const { velocity, acceleration, variance } = segments;
    const [centreVelocity, centreAcceleration] = [this.#centreVelocity, this.#centreAcceleration];
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      for (let axis = 0; axis < 3; axis += 1) {
        const at = segment * 3 + axis;
        velocity[at] = (velocity[at] ?? 0) - (centreVelocity[axis] ?? 0);
        acceleration[at] = (acceleration[at] ?? 0) - (centreAcceleration[axis] ?? 0);
      }
      const about = (variance[segment] ?? 0) + centreVariance;
      kineticPower(this.#one, velocity, acceleration, segment * 3, about, delay);
      this.#keep(segment);
    }
    for (let axis = 0; axis < 2; axis += 1) {
      centreVelocity[axis] = (centreVelocity[axis] ?? 0) + (travel.velocity[axis] ?? 0) * bodyHeight;
      centreAcceleration[axis] =
        (centreAcceleration[axis] ?? 0) + (travel.acceleration[axis] ?? 0) * bodyHeight;
    }
    const travelVariance = (travel.velocityUncertainty * bodyHeight) ** 2;
    kineticPower(this.#one, centreVelocity, centreAcceleration, 0, centreVariance + travelVariance, delay);
    this.#keep(CENTRE);
  }

  /** Where the mass that is seen goes, against the hips. @returns the variance of its speed */
  #updateCentre(): number {
    const segments = this.#segments;
    const velocity = this.#centreVelocity.fill(0);
    const acceleration = this.#centreAcceleration.fill(0);
    let variance = 0;
    let seen = 0;
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      if (!segments.isKnown(segment)) continue;
      const mass = BODY_SEGMENTS[segment]?.mass ?? 0;
      seen += mass;
      variance += mass * mass * (segments.variance[segment] ?? 0);
      for (let axis = 0; axis < 3; axis += 1) {
        const at = segment * 3 + axis;
        velocity[axis] = (velocity[axis] ?? 0) + mass * (segments.velocity[at] ?? 0);
        acceleration[axis] = (acceleration[axis] ?? 0) + mass * (segments.acceleration[at] ?? 0);
      }
    }
    this.seen = seen;
    for (let axis = 0; axis < 3; axis += 1) {
      velocity[axis] = (velocity[axis] ?? 0) / seen;
      acceleration[axis] = (acceleration[axis] ?? 0) / seen;
    }
    return variance / (seen * seen);
  }

  #keep(source: number): void {
    this.sample[source] = this.#one.power;
    this.sample[SOURCES + source] = this.#one.noise;
  }
}

/** The mean power of a body over some time. */
export interface MeanBodyPower {
  /** Watts per kilogram of what was seen. */
  readonly power: number;
  /** Watts per kilogram that it would be if nothing of it were noise. */
  readonly highest: number;
  /** Share of the body's mass that was seen for long enough. */
  readonly seen: number;
  /** Seconds for which it was seen, on average over that mass. */
  readonly seconds: number;
}

/**
 * @param means of samples of `BodyPower`
 * @param leastSeconds for which a segment must be known to count
 */
export function bodyPowerOf(means: ChannelMeans, leastSeconds: number): MeanBodyPower {
  let [power, highest, seen, seconds] = [0, 0, 0, 0];
  for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
    const known = means.known(segment);
    if (!(known > 0 && known >= leastSeconds)) continue;
    const mass = BODY_SEGMENTS[segment]?.mass ?? 0;
    seen += mass;
    seconds += mass * known;
    highest += mass * means.mean(segment);
    power += mass * withoutNoise(means.mean(segment), means.mean(SOURCES + segment));
  }
  const travels = means.known(CENTRE) > 0 && means.known(CENTRE) >= leastSeconds;
  const centre = travels ? means.mean(CENTRE) : 0;
  return {
    power: power / seen + (travels ? withoutNoise(centre, means.mean(SOURCES + CENTRE)) : 0),
    highest: highest / seen + centre,
    seen,
    seconds: seen > 0 ? seconds / seen : 0,
  };
}
