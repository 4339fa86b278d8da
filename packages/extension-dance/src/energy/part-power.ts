import { BODY_LANDMARKS as BODY, type BodyPart } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';
import { BODY_SEGMENTS } from './body-segments.ts';
import type { ChannelMeans } from './channel-means.ts';
import { type KineticPower, kineticPower, withoutNoise } from './kinetic-power.ts';
import { SegmentMotion } from './segment-motion.ts';

/** The order in which parts are listed: that of `BODY_PARTS`. */
export const PART_NAMES: readonly BodyPart[] = [
  'head',
  'torso',
  'leftArm',
  'rightArm',
  'leftLeg',
  'rightLeg',
];

/** The corners of the trunk, between which its mass is taken to be spread evenly. */
const TRUNK = [BODY.leftShoulder, BODY.rightShoulder, BODY.leftHip, BODY.rightHip];

/** What is measured one by one: the segments but the trunk, in the trunk's place its corners, and the travel. */
const CORNERS = BODY_SEGMENTS.length;
const TRAVEL = CORNERS + TRUNK.length;
const SOURCES = TRAVEL + 1;

/** Numbers of a sample of `PartPower`: the power of each source, then the noise of each. */
export const PART_POWER_CHANNELS = 2 * SOURCES;

/**
 * With how much power each of the six parts moves, in watts per kilogram of that part, so that an arm and a leg can
 * be compared:
 *
 * - head and arms against the trunk: an arm that is held still does nothing, however the body turns;
 * - legs against the trunk or against the ground's directions, whichever is less: a leg that stands still while the
 *   trunk bends over it does nothing, nor does one that is carried around;
 * - the torso by its bending and turning about the hips, and by where it carries the body.
 */
export class PartPower {
  /** For `partPowerOf`, by way of a mean. Changes with the next update. */
  readonly sample = new Float64Array(PART_POWER_CHANNELS);
  readonly #trunk = new SegmentMotion();
  readonly #body = new SegmentMotion();
  /** Of the travel: there is no depth in it. */
  readonly #velocity = new Float64Array(3);
  readonly #acceleration = new Float64Array(3);
  readonly #one: KineticPower = { power: 0, noise: 0 };
  readonly #other: KineticPower = { power: 0, noise: 0 };

  update(motion: BodyMotion): void {
    const { delay } = motion;
    this.#trunk.update(motion.trunk, true);
    this.#body.update(motion.body, false);
    BODY_SEGMENTS.forEach(({ part }, segment) => {
      if (part === 'torso') return;
      measure(this.#one, this.#trunk, segment, delay);
      if (part === 'leftLeg' || part === 'rightLeg') {
        measure(this.#other, this.#body, segment, delay);
        // Against the trunk it is not known while a shoulder is hidden.
        this.#keep(segment, this.#one.power <= this.#other.power ? this.#one : this.#other);
      } else {
        this.#keep(segment, this.#one);
      }
    });
    this.#measureTorso(motion);
  }

  #measureTorso({ body, travel, bodyHeight, delay }: BodyMotion): void {
    TRUNK.forEach((landmark, corner) => {
      const variance = (body.speedUncertainty[landmark] ?? Number.NaN) ** 2;
      kineticPower(this.#one, body.velocity, body.acceleration, landmark * 3, variance, delay);
      this.#keep(CORNERS + corner, this.#one);
    });
    for (let axis = 0; axis < 2; axis += 1) {
      this.#velocity[axis] = (travel.velocity[axis] ?? Number.NaN) * bodyHeight;
      this.#acceleration[axis] = (travel.acceleration[axis] ?? Number.NaN) * bodyHeight;
    }
    const variance = (travel.velocityUncertainty * bodyHeight) ** 2;
    kineticPower(this.#one, this.#velocity, this.#acceleration, 0, variance, delay);
    this.#keep(TRAVEL, this.#one);
  }

  #keep(source: number, { power, noise }: KineticPower): void {
    this.sample[source] = power;
    this.sample[SOURCES + source] = noise;
  }
}

/** The mean power of a part over some time. */
export interface MeanPartPower {
  /** Watts per kilogram of the part. */
  readonly power: number;
  /** Watts per kilogram that it would be if nothing of it were noise. */
  readonly highest: number;
  /** Seconds for which all of the part is known. */
  readonly seconds: number;
}

/**
 * @param means of samples of `PartPower`
 * @param part its place in `PART_NAMES`
 */
export function partPowerOf(means: ChannelMeans, part: number): MeanPartPower {
  let [power, highest, seconds] = [0, 0, Number.POSITIVE_INFINITY];
  for (const { source, share, isOptional } of SOURCES_OF[part] ?? []) {
    const known = means.known(source);
    if (isOptional && known === 0) continue;
    if (!isOptional) seconds = Math.min(seconds, known);
    highest += share * means.mean(source);
    power += share * withoutNoise(means.mean(source), means.mean(SOURCES + source));
  }
  return { power, highest, seconds };
}

interface Source {
  readonly source: number;
  /** With which its power per kilogram counts in that of its part. */
  readonly share: number;
  /** Whether the part is known without it. */
  readonly isOptional: boolean;
}

/** By part: what it is made of. */
const SOURCES_OF: readonly (readonly Source[])[] = /* @__PURE__ */ PART_NAMES.map(sourcesOf);

function sourcesOf(part: BodyPart): readonly Source[] {
  if (part === 'torso') {
    const corner = (index: number) => ({
      source: CORNERS + index,
      share: 1 / TRUNK.length,
      isOptional: false,
    });
    return [...TRUNK.map((_, index) => corner(index)), { source: TRAVEL, share: 1, isOptional: true }];
  }
  const segments = BODY_SEGMENTS.flatMap((segment, source) =>
    segment.part === part ? [{ source, mass: segment.mass }] : [],
  );
  const total = segments.reduce((sum, { mass }) => sum + mass, 0);
  return segments.map(({ source, mass }) => ({ source, share: mass / total, isOptional: false }));
}

function measure(result: KineticPower, segments: SegmentMotion, segment: number, delay: number): void {
  const { velocity, acceleration, variance } = segments;
  kineticPower(result, velocity, acceleration, segment * 3, variance[segment] ?? Number.NaN, delay);
}
