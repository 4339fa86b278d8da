import { BODY_LANDMARKS as BODY, type BodyPart } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';
import { BODY_SEGMENTS } from './body-segments.ts';
import { type KineticPower, kineticPower } from './kinetic-power.ts';
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

interface PartSegment {
  readonly segment: number;
  /** Share of the part's mass. */
  readonly share: number;
}

/** By part: the segments that it is made of. */
const SEGMENTS_OF: readonly (readonly PartSegment[])[] = /* @__PURE__ */ PART_NAMES.map(segmentsOf);

const HEAD = 0;
const TORSO = 1;
const LIMBS = [2, 3, 4, 5];
const FIRST_LEG = 4;

/**
 * The power with which each of the six parts moves, in watts per kilogram of that part, so that an arm and a leg can
 * be compared:
 *
 * - head and arms against the trunk: an arm that is held still does nothing, however the body turns;
 * - legs against the trunk or against the ground's directions, whichever is less: a leg that stands still while the
 *   trunk bends over it does nothing, nor does one that is carried around;
 * - the torso by its bending and turning about the hips, and by where it carries the body.
 */
export class PartPower {
  /** Watts per kilogram, in the order of `PART_NAMES`; NaN where a joint of the part is hidden. */
  readonly power = new Float64Array(PART_NAMES.length);
  /** Watts per kilogram that could be noise, and are not in `power`. */
  readonly noise = new Float64Array(PART_NAMES.length);
  readonly #trunk = new SegmentMotion();
  readonly #body = new SegmentMotion();
  /** Of the travel: there is no depth in it. */
  readonly #velocity = new Float64Array(3);
  readonly #acceleration = new Float64Array(3);
  readonly #one: KineticPower = { power: 0, noise: 0 };

  update(motion: BodyMotion): void {
    const { delay } = motion;
    this.#trunk.update(motion.trunk);
    this.#body.update(motion.body);
    this.power.fill(0);
    this.noise.fill(0);
    for (const { segment, share } of SEGMENTS_OF[HEAD] ?? []) {
      this.#measure(this.#trunk, segment, delay);
      this.#count(HEAD, share);
    }
    this.#countTorso(motion);
    for (const part of LIMBS) {
      for (const { segment, share } of SEGMENTS_OF[part] ?? []) {
        if (part >= FIRST_LEG) this.#measureLess(segment, delay);
        else this.#measure(this.#trunk, segment, delay);
        this.#count(part, share);
      }
    }
  }

  #countTorso({ body, travel, bodyHeight, delay }: BodyMotion): void {
    for (const corner of TRUNK) {
      const variance = (body.speedUncertainty[corner] ?? Number.NaN) ** 2;
      kineticPower(this.#one, body.velocity, body.acceleration, corner * 3, variance, delay);
      this.#count(TORSO, 1 / TRUNK.length);
    }
    for (let axis = 0; axis < 2; axis += 1) {
      this.#velocity[axis] = (travel.velocity[axis] ?? Number.NaN) * bodyHeight;
      this.#acceleration[axis] = (travel.acceleration[axis] ?? Number.NaN) * bodyHeight;
    }
    const variance = (travel.velocityUncertainty * bodyHeight) ** 2;
    kineticPower(this.#one, this.#velocity, this.#acceleration, 0, variance, delay);
    if (!Number.isNaN(this.#one.power)) this.#count(TORSO, 1);
  }

  #measure({ velocity, acceleration, variance }: SegmentMotion, segment: number, delay: number): void {
    kineticPower(this.#one, velocity, acceleration, segment * 3, variance[segment] ?? Number.NaN, delay);
  }

  #measureLess(segment: number, delay: number): void {
    this.#measure(this.#body, segment, delay);
    const { power, noise } = this.#one;
    this.#measure(this.#trunk, segment, delay);
    // Not known against the trunk, when a shoulder is hidden: then against the ground's directions alone.
    if (this.#one.power <= power) return;
    this.#one.power = power;
    this.#one.noise = noise;
  }

  #count(part: number, share: number): void {
    this.power[part] = (this.power[part] ?? 0) + share * this.#one.power;
    this.noise[part] = (this.noise[part] ?? 0) + share * this.#one.noise;
  }
}

function segmentsOf(part: BodyPart): readonly PartSegment[] {
  const segments = BODY_SEGMENTS.flatMap((segment, index) =>
    segment.part === part ? [{ segment: index, mass: segment.mass }] : [],
  );
  const total = segments.reduce((sum, { mass }) => sum + mass, 0);
  return segments.map(({ segment, mass }) => ({ segment, share: mass / total }));
}
