import type { Pose } from '@pose-coach/core';
import { fitFlight, fitRise } from './flight-fit.ts';
import { FootTrack } from './foot-track.ts';

/** Standard gravity (CGPM 1901), metres per second². */
export const GRAVITY = 9.80665;

/** One jump: both feet off the ground, the body falling freely between. */
export interface Flight {
  /** Milliseconds of media time. */
  readonly takeOff: number;
  readonly landing: number;
  /** Centimetres that the body rises after take-off. */
  readonly height: number;
  /** Half width of about 95 %, in centimetres. */
  readonly uncertainty: number;
  /** In [0, 1]. */
  readonly confidence: number;
}

/** Milliseconds after the highest point at which a jump is judged: until then the landing of 70 cm is seen. */
const JUDGED_AFTER = 500;
/** Metres that the feet must rise before a closer look is worth it: half of the lowest jump that is counted. */
const WORTH_A_LOOK = 0.02;
/** Metres: what is lower is no jump to anybody. */
const LOWEST_RISE = 0.035;
/** Metres, when only the ankles are seen: on tiptoe they are 6 to 8 cm higher with the toes on the ground. */
const LOWEST_ANKLE_RISE = 0.08;
/**
 * The rise over its standard error, below which it may be noise: the best of all that was tried on somebody who stands
 * with 1 % of noise reaches 8; a jump of 5 cm with 0.5 % at 30 Hz has 10 to 14.
 */
const SIGNIFICANT = 9;
/** The share of the feet's way that a parabola between two grounds must explain. */
const EXPLAINED = 0.8;
/** Each foot rises by at least this share of what both do: else one of them stood. */
const EACH_FOOT = 0.5;
/** The hips rise with the feet: at least this share, and at most so many times it. */
const HIPS_RISE: readonly [number, number] = [0.4, 2.5];
/**
 * The hips' downward acceleration in flight over gravity. They are not quite the centre of mass, world landmarks
 * are 10 to 20 % wrong in size, and smoothing flattens short jumps; bending knees as in a bounce stay below.
 */
const FREE_FALL: readonly [number, number] = [0.5, 1.8];
/** Height that follows from the time in the air over the feet's rise: legs are pulled up, toes point down. */
const TIME_OVER_RISE: readonly [number, number] = [0.4, 2.2];
/**
 * Metres, standard deviation: nobody leaves the ground with legs that keep their length. Low hops on a rope have 0.015
 * and more; a camera that is pushed lifts a body as it stands, with noise of 0.5 % to 0.009.
 */
const LEGS_STRETCH = 0.012;
/** Seconds before and after a flight in which legs bend and stretch for it. */
const AROUND = 0.3;
/** Milliseconds between frames, within a flight, beyond which nobody knows what happened. */
const LONGEST_GAP = 130;
/** Standard uncertainty of a scale from world landmarks, as a share. */
const SCALE_UNCERTAINTY = 0.15;
/** Standard uncertainty of take-off and landing as a share of the time between frames, found with synthetic jumps. */
const MOMENT_UNCERTAINTY = 0.15;

/**
 * Finds jumps in the picture: both feet and the hips rise and fall together, and the hips as a thrown body does, with
 * legs that bend and stretch before and after.
 * The height is that of a body that is in the air for so long (g·t²/8, Bosco, Luhtanen and Komi 1983), weighed with
 * the feet's rise by their uncertainties; who lands with knees more bent than at take-off is in the air for longer.
 */
export class FlightDetector {
  readonly #track = new FootTrack();
  readonly #seconds = new Float64Array(192);
  readonly #mean = new Float64Array(192);
  /** Media time up to which it has looked for highest points. */
  #judged = Number.NEGATIVE_INFINITY;

  /** How long after its highest point a jump is told, in ms. */
  static readonly delay = JUDGED_AFTER;

  /** @returns a jump whose end was just seen, once */
  step(timestamp: number, pose: Pose, width: number, height: number): Flight | undefined {
    const track = this.#track;
    const before = track.length > 0 ? (track.times[track.length - 1] ?? 0) : Number.NEGATIVE_INFINITY;
    if (!track.push(timestamp, pose, width, height)) return undefined;
    if (timestamp - before > JUDGED_AFTER) this.#judged = Math.max(this.#judged, timestamp);
    return this.#look(timestamp - JUDGED_AFTER);
  }

  /** Nothing follows: @returns a jump whose landing was just seen and not told yet */
  finish(): Flight | undefined {
    return this.#look(Number.POSITIVE_INFINITY);
  }

  reset(): void {
    this.#track.reset();
    this.#judged = Number.NEGATIVE_INFINITY;
  }

  /** Looks at highest points up to a moment, until one is that of a jump. */
  #look(until: number): Flight | undefined {
    const track = this.#track;
    for (let index = firstAfter(track.times, track.length, this.#judged); index < track.length; index += 1) {
      const time = track.times[index] ?? 0;
      if (time > until) break;
      this.#judged = time;
      if (!this.#isHighest(index)) continue;
      const flight = this.#judge(index);
      if (flight) {
        this.#judged = Math.max(this.#judged, flight.landing);
        return flight;
      }
    }
    return undefined;
  }

  /** Whether the feet are higher than in the 80 ms around, and were clearly lower on both sides, each of them. */
  #isHighest(index: number): boolean {
    const { times, left, right, length, metresPerPixel } = this.#track;
    const time = times[index] ?? 0;
    const [leftTop, rightTop] = [left[index] ?? 0, right[index] ?? 0];
    const top = leftTop + rightTop;
    let lowBefore = top;
    let lowAfter = top;
    let leftLow = leftTop;
    let rightLow = rightTop;
    for (let which = 0; which < length; which += 1) {
      const apart = (times[which] ?? 0) - time;
      if (Math.abs(apart) > JUDGED_AFTER) continue;
      const [leftFoot, rightFoot] = [left[which] ?? 0, right[which] ?? 0];
      const both = leftFoot + rightFoot;
      if (Math.abs(apart) <= 80 && which !== index && (both > top || (both === top && apart < 0)))
        return false;
      if (apart < 0) lowBefore = Math.min(lowBefore, both);
      else lowAfter = Math.min(lowAfter, both);
      leftLow = Math.min(leftLow, leftFoot);
      rightLow = Math.min(rightLow, rightFoot);
    }
    const worth = (2 * WORTH_A_LOOK) / metresPerPixel;
    if (top - lowBefore <= worth || top - lowAfter <= worth) return false;
    // Of feet that step in turn one stands: no need to fit a jump to that. Half of what is asked later, for noise.
    const each = (EACH_FOOT / 4) * (top - Math.min(lowBefore, lowAfter));
    return leftTop - leftLow > each && rightTop - rightLow > each;
  }

  #judge(index: number): Flight | undefined {
    const { times, hips, left, right, length, metresPerPixel: metres, toes } = this.#track;
    for (let which = 0; which < length; which += 1) {
      this.#seconds[which] = ((times[which] ?? 0) - (times[index] ?? 0)) / 1000;
      this.#mean[which] = ((left[which] ?? 0) + (right[which] ?? 0)) / 2;
    }
    const seconds = this.#seconds;
    const fit = fitFlight(seconds, this.#mean, length, 0);
    const lowest = toes ? LOWEST_RISE : LOWEST_ANKLE_RISE;
    if (!fit || fit.rise * metres < lowest) return undefined;
    if (fit.explained < EXPLAINED || fit.significance < SIGNIFICANT) return undefined;
    const { apex, duration } = fit;
    for (const foot of [left, right]) {
      const rise = fitRise(seconds, foot, length, apex, duration)?.rise ?? 0;
      if (rise < EACH_FOOT * fit.rise) return undefined;
    }
    const fall = accelerationOf(seconds, hips, length, apex, duration);
    if (!fall || longestGap(seconds, length, apex, duration) * 1000 > LONGEST_GAP) return undefined;
    const fromTime = (GRAVITY * duration * duration) / 8;
    const fromRise = fit.rise * metres;
    const hipsRise = (fitRise(seconds, hips, length, apex, duration)?.rise ?? 0) / fit.rise;
    // Of a short flight at a low rate the acceleration is known to half of itself only.
    const doubt = (2 * fall.uncertainty * fit.residual * metres) / GRAVITY;
    const freedom = (fall.value * metres) / GRAVITY;
    const freely = freedom + doubt >= FREE_FALL[0] && freedom - doubt <= FREE_FALL[1];
    if (!within(hipsRise, HIPS_RISE) || !freely) return undefined;
    if (!within(fromTime / fromRise, TIME_OVER_RISE)) return undefined;
    if (this.#legStretch(apex, duration) * metres < LEGS_STRETCH) return undefined;
    const spacing = duration / fit.moments;
    // Ankles rise with the heels before the foot leaves the ground.
    const contact = toes ? 0 : 0.02;
    // How late or early the ground is seen to be left or reached at take-off speed, g·duration/2.
    const blur = (2 * fit.residual * metres) / (GRAVITY * duration);
    const ofTime = (2 * Math.hypot(MOMENT_UNCERTAINTY * spacing * Math.SQRT2, contact, blur)) / duration;
    const ofRise = Math.hypot(SCALE_UNCERTAINTY, 0.02 / fromRise);
    const [weightTime, weightRise] = [1 / ofTime ** 2, 1 / ofRise ** 2];
    const height = Math.exp(
      (weightTime * Math.log(fromTime) + weightRise * Math.log(fromRise)) / (weightTime + weightRise),
    );
    const origin = times[index] ?? 0;
    return {
      takeOff: origin + (apex - duration / 2) * 1000,
      landing: origin + (apex + duration / 2) * 1000,
      height: height * 100,
      uncertainty: (200 * height) / Math.sqrt(weightTime + weightRise),
      confidence: Math.min(1, Math.max(0, (fit.explained - 0.5) / 0.5)),
    };
  }

  /** Standard deviation of the hips' height over the feet around a flight, in pixels. */
  #legStretch(apex: number, duration: number): number {
    const { hips, length } = this.#track;
    let [count, sum, squares] = [0, 0, 0];
    for (let which = 0; which < length; which += 1) {
      if (Math.abs((this.#seconds[which] ?? 0) - apex) > duration / 2 + AROUND) continue;
      const leg = (hips[which] ?? 0) - (this.#mean[which] ?? 0);
      count += 1;
      sum += leg;
      squares += leg * leg;
    }
    return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
}

/** The downward acceleration during a flight, from the parabola that fits best; its uncertainty for a noise of 1. */
function accelerationOf(
  times: Float64Array,
  heights: Float64Array,
  length: number,
  apex: number,
  duration: number,
): { value: number; uncertainty: number } | undefined {
  // y = a + b·t + c·t² by the normal equations, t from the apex.
  let [s0, s1, s2, s3, s4, y0, y1, y2] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < length; index += 1) {
    const t = (times[index] ?? 0) - apex;
    if (Math.abs(t) > duration / 2) continue;
    const y = heights[index] ?? 0;
    s0 += 1;
    s1 += t;
    s2 += t * t;
    s3 += t ** 3;
    s4 += t ** 4;
    y0 += y;
    y1 += t * y;
    y2 += t * t * y;
  }
  const determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  if (s0 < 3 || !(determinant > 0)) return undefined;
  const curve =
    (s0 * (s2 * y2 - s3 * y1) - s1 * (s1 * y2 - s2 * y1) + y0 * (s1 * s3 - s2 * s2)) / determinant;
  return { value: -2 * curve, uncertainty: 2 * Math.sqrt((s0 * s2 - s1 * s1) / determinant) };
}

function longestGap(times: Float64Array, length: number, apex: number, duration: number): number {
  let longest = 0;
  for (let index = 1; index < length; index += 1) {
    const [before, after] = [times[index - 1] ?? 0, times[index] ?? 0];
    if (after > apex - duration / 2 && before < apex + duration / 2)
      longest = Math.max(longest, after - before);
  }
  return longest;
}

function firstAfter(times: Float64Array, length: number, time: number): number {
  let index = length;
  while (index > 0 && (times[index - 1] ?? 0) > time) index -= 1;
  return index;
}

function within(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}
