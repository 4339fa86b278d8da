import { BODY_LANDMARKS as BODY } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';
import { distanceFromFeet } from './balance.ts';

/** The joints whose speeds say how much the whole body moves: each limb by its three. */
const JOINTS = [
  BODY.leftShoulder,
  BODY.rightShoulder,
  BODY.leftElbow,
  BODY.rightElbow,
  BODY.leftWrist,
  BODY.rightWrist,
  BODY.leftHip,
  BODY.rightHip,
  BODY.leftKnee,
  BODY.rightKnee,
  BODY.leftAnkle,
  BODY.rightAnkle,
] as const;

/** Of these twelve, as many must be seen: trunk and legs without the arms. */
const FEWEST_JOINTS = 8;

/** Hips over ankles of a stretched leg, in body heights (Winter 2009, figure 4.1: thigh 0.245, shin 0.246). */
const LEG = 0.491;

/**
 * Share of that which somebody must have been seen to stand tall for it to be the measure instead: who is low from
 * the beginning has not shown how long the legs are. Engines stretch bodies along z, which makes limbs too long.
 */
const TALL_ENOUGH = 0.62;
/** Seconds after which somebody's tallest is half-way forgotten, and over which it is averaged. */
const TALL_HALF_LIFE = 60;
const TALL_AVERAGE = 0.3;

/** How one person holds and moves themselves at one moment. */
export interface BodyState {
  /** Whether hips, both legs and enough of the rest are seen; nothing below means anything otherwise. */
  readonly known: boolean;
  /** Why not, in plain words; empty when known. */
  readonly reason: string;
  /**
   * Mean over the joints of speed² less what noise adds to it, in (body heights per second)²; travel through the
   * picture is part of it. Below nought by chance when nothing moves: average first, then take the root.
   */
  readonly energy: number;
  /**
   * Height of the hips over the lower ankle, as a share of what it is in standing as far as that was seen, else of the
   * leg's length: 1 standing, about 0.55 in a deep squat.
   */
  readonly hipHeight: number;
  /** Degrees, mean of both: 180 is stretched. */
  readonly knees: number;
  /** Degrees of the trunk from upright. */
  readonly tilt: number;
  /** Body heights along the ground from the centre of mass to over the feet; NaN when that is not known. */
  readonly offFeet: number;
}

/** Reads a motion into an object that is used again with every call. */
export class BodyStates {
  readonly #state = {
    known: false,
    reason: '',
    energy: Number.NaN,
    hipHeight: Number.NaN,
    knees: Number.NaN,
    tilt: Number.NaN,
    offFeet: Number.NaN,
  };

  #time = Number.NaN;
  #average = Number.NaN;
  #tallest = 0;

  get state(): BodyState {
    return this.#state;
  }

  read(motion: BodyMotion): BodyState {
    const state = this.#state;
    state.reason = missing(motion);
    state.known = state.reason === '';
    if (!state.known) return state;
    const { position } = motion.body;
    const y = (landmark: number) => position[landmark * 3 + 1] ?? Number.NaN;
    const hips = (y(BODY.leftHip) + y(BODY.rightHip)) / 2;
    state.energy = energyOf(motion);
    const metres = Math.max(y(BODY.leftAnkle), y(BODY.rightAnkle)) - hips;
    state.hipHeight = metres / this.#standing(motion.timestamp / 1000, metres, LEG * motion.bodyHeight);
    state.knees =
      (angle(position, BODY.leftHip, BODY.leftKnee, BODY.leftAnkle) +
        angle(position, BODY.rightHip, BODY.rightKnee, BODY.rightAnkle)) /
      2;
    state.tilt = tiltOf(position);
    state.offFeet = distanceFromFeet(position) / motion.bodyHeight;
    return state;
  }

  reset(): void {
    this.#time = Number.NaN;
    this.#average = Number.NaN;
    this.#tallest = 0;
  }

  /** @returns metres from ankle to hip in standing */
  #standing(time: number, metres: number, leg: number): number {
    const passed = time - this.#time;
    this.#time = time;
    const share = passed > 0 ? 1 - Math.exp(-passed / TALL_AVERAGE) : 1;
    const before = Number.isNaN(this.#average) ? metres : this.#average;
    this.#average = before + share * (metres - before);
    const kept = passed > 0 ? this.#tallest * 0.5 ** (passed / TALL_HALF_LIFE) : this.#tallest;
    this.#tallest = Math.max(kept, this.#average);
    return this.#tallest > TALL_ENOUGH * leg ? Math.min(this.#tallest, leg) : leg;
  }
}

function missing({ body, bodyHeight }: BodyMotion): string {
  const seen = (landmark: number) => Number.isFinite(body.speed[landmark] ?? Number.NaN);
  if (!(bodyHeight > 0)) return 'Too little of the body was in view to know its size.';
  if (!seen(BODY.leftHip) || !seen(BODY.rightHip)) return 'The hips are not in view.';
  if (!seen(BODY.leftAnkle) || !seen(BODY.rightAnkle)) return 'The feet are not in view.';
  if (!seen(BODY.leftKnee) || !seen(BODY.rightKnee)) return 'The knees are not in view.';
  let count = 0;
  for (const joint of JOINTS) if (seen(joint)) count += 1;
  return count < FEWEST_JOINTS ? 'Too little of the upper body is in view.' : '';
}

function energyOf({ body, travel, bodyHeight }: BodyMotion): number {
  const [travelX, travelY] = travel.velocity;
  const travels = Number.isFinite(travelX + travelY);
  const own = travels ? 2 * travel.velocityUncertainty ** 2 : 0;
  let sum = 0;
  let count = 0;
  for (const joint of JOINTS) {
    const x = (body.velocity[joint * 3] ?? Number.NaN) / bodyHeight + (travels ? travelX : 0);
    const y = (body.velocity[joint * 3 + 1] ?? Number.NaN) / bodyHeight + (travels ? travelY : 0);
    const z = (body.velocity[joint * 3 + 2] ?? Number.NaN) / bodyHeight;
    const noise = (body.speedUncertainty[joint] ?? Number.NaN) / bodyHeight;
    const square = x * x + y * y + z * z - noise * noise - (Number.isFinite(own) ? own : 0);
    if (Number.isNaN(square)) continue;
    sum += square;
    count += 1;
  }
  return sum / count;
}

/** Degrees at the middle one of three landmarks. */
function angle(position: Float64Array, from: number, at: number, to: number): number {
  let [product, one, other] = [0, 0, 0];
  for (let axis = 0; axis < 3; axis += 1) {
    const middle = position[at * 3 + axis] ?? Number.NaN;
    const a = (position[from * 3 + axis] ?? Number.NaN) - middle;
    const b = (position[to * 3 + axis] ?? Number.NaN) - middle;
    product += a * b;
    one += a * a;
    other += b * b;
  }
  return (Math.acos(Math.max(-1, Math.min(1, product / Math.sqrt(one * other)))) * 180) / Math.PI;
}

function tiltOf(position: Float64Array): number {
  const along = (axis: number) =>
    (position[BODY.leftShoulder * 3 + axis] ?? Number.NaN) +
    (position[BODY.rightShoulder * 3 + axis] ?? Number.NaN) -
    (position[BODY.leftHip * 3 + axis] ?? Number.NaN) -
    (position[BODY.rightHip * 3 + axis] ?? Number.NaN);
  const [x, y, z] = [along(0), along(1), along(2)];
  return (Math.atan2(Math.hypot(x, z), -y) * 180) / Math.PI;
}
