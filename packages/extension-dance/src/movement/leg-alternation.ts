import { BODY_LANDMARKS as BODY } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';

/** Moments per second at which the legs are looked at: a step at 165 a minute has seven. */
const RATE = 20;
/** Three seconds: two cycles of 80 steps a minute, and enough of one at 60. */
const WINDOW = 60;
/** Below it nothing is said: 1.8 s are three steps at 100 a minute. */
const FEWEST = 36;
/** Moments after which it can be told whether the legs move at all. */
const FEW = 12;
/** Seconds between two moments that are joined by a straight line; a longer gap begins anew. */
const LONGEST_GAP = 0.3;
/** Differences left minus right: ankles x, y, z, knees x, y, z. */
const LEGS = 6;
/** After these: ankles along and across the way the hips face, hips across over the feet, hands' speed². */
const ALONG = 6;
const ACROSS = 7;
const SWAY = 8;
const HANDS = 9;
const TILT = 10;
const CHANNELS = 11;
/** Steps per minute that are tried: 70 to 150 is walking, and a little more on both sides. */
const FASTEST = 165;
const SLOWEST = 60;
const SHORTEST_LAG = /* @__PURE__ */ Math.floor((RATE * 120) / FASTEST);
const LONGEST_LAG = (RATE * 120) / SLOWEST;
/** 340 steps a minute: legs that run or shuffle take turns at a third of their cadence, too. */
const QUICKEST_LAG = 7;
/** How well they must take turns at the quicker cadence, as a share of how well at the slower. */
const AS_WELL = 0.8;

/** How the legs moved in the last three seconds. Lengths in body heights, standard deviations over the window. */
export interface LegMovement {
  /** Steps per minute of the period that fits best. */
  readonly cadence: number;
  /** Whether that is quicker than walking. */
  readonly isQuick: boolean;
  /**
   * How well left and right take turns at it, up to 1: half of the correlation of the legs' difference with itself a
   * whole period later less that half a period later. A regular gait is at 0.9, a dance below 0.6 nearly always.
   */
  readonly alternation: number;
  /** How far the feet pass each other to the front, or are lifted in turn. */
  readonly stride: number;
  /** How far feet and hips go sideways, which in walking is little. */
  readonly sideways: number;
  /** Root mean square speed of the hands against the trunk, body heights per second. */
  readonly hands: number;
  /** Mean of the cosine of the trunk's tilt. */
  readonly upright: number;
}

/** Looks for legs that take turns: the last three seconds of one person, a few numbers per moment. */
export class LegAlternation {
  /** Rows of `CHANNELS`, the oldest first. */
  readonly #rows = new Float64Array(2 * WINDOW * CHANNELS);
  readonly #means = new Float64Array(CHANNELS);
  readonly #deviations = new Float64Array(CHANNELS);
  readonly #row = new Float64Array(CHANNELS);
  readonly #before = new Float64Array(CHANNELS);
  readonly #products = new Float64Array(LONGEST_LAG + 1);
  readonly #alternations = new Float64Array(LONGEST_LAG + 1);
  #first = 0;
  #count = 0;
  /** Seconds. */
  #time = Number.NaN;
  #next = Number.NaN;

  /** Milliseconds before the newest moment that what it finds speaks of: the middle of the window. */
  static readonly delay = (WINDOW / RATE / 2) * 1000;

  push(motion: BodyMotion): void {
    const time = motion.timestamp / 1000;
    if (!(time - this.#time <= LONGEST_GAP)) this.reset();
    if (!readRow(motion, this.#row)) return;
    if (Number.isNaN(this.#time)) {
      this.#next = time;
    } else {
      const step = time - this.#time;
      while (this.#next <= time) {
        this.#append((this.#next - this.#time) / step);
        this.#next += 1 / RATE;
      }
    }
    this.#time = time;
    this.#before.set(this.#row);
  }

  /** Forgets all but the last moments. */
  forgetBut(moments: number): void {
    const forgotten = Math.max(0, this.#count - moments);
    this.#first += forgotten;
    this.#count -= forgotten;
  }

  reset(): void {
    this.#first = 0;
    this.#count = 0;
    this.#time = Number.NaN;
    this.#next = Number.NaN;
  }

  /** How far the feet passed each other or were lifted, as far as seen; NaN in the first half second. */
  stride(): number {
    if (this.#count < FEW) return Number.NaN;
    this.#measure();
    return Math.hypot(this.#deviations[ALONG] ?? Number.NaN, this.#deviations[1] ?? Number.NaN);
  }

  /** @returns nothing until it has seen enough */
  find(): LegMovement | undefined {
    if (this.#count < FEWEST) return undefined;
    this.#measure();
    const longest = Math.min(LONGEST_LAG, this.#count - Math.round(FEWEST / 3));
    for (let lag = QUICKEST_LAG >> 1; lag <= longest; lag += 1) this.#products[lag] = this.#correlation(lag);
    let best = SHORTEST_LAG;
    for (let lag = QUICKEST_LAG; lag <= longest; lag += 1) {
      const half = ((this.#products[lag >> 1] ?? 0) + (this.#products[(lag + 1) >> 1] ?? 0)) / 2;
      this.#alternations[lag] = ((this.#products[lag] ?? 0) - half) / 2;
      if (lag > best && this.#alternationAt(lag) > this.#alternationAt(best)) best = lag;
    }
    const quick = this.#quickerThan(best);
    const period = quick ?? best;
    const deviation = (channel: number) => this.#deviations[channel] ?? Number.NaN;
    return {
      cadence: (120 * RATE) / period,
      isQuick: quick !== undefined,
      alternation: this.#alternationAt(period),
      stride: Math.hypot(deviation(ALONG), deviation(1)),
      sideways: deviation(ACROSS) + deviation(SWAY),
      hands: Math.sqrt(this.#means[HANDS] ?? Number.NaN),
      upright: this.#means[TILT] ?? Number.NaN,
    };
  }

  #alternationAt(lag: number): number {
    return this.#alternations[lag] ?? 0;
  }

  /** The best period that is shorter than those of walking, if the legs take turns at it about as well. */
  #quickerThan(best: number): number | undefined {
    let quick: number | undefined;
    for (let lag = QUICKEST_LAG + 1; lag < SHORTEST_LAG; lag += 1) {
      const value = this.#alternationAt(lag);
      if (value < this.#alternationAt(lag - 1) || value <= this.#alternationAt(lag + 1)) continue;
      if (value > AS_WELL * this.#alternationAt(best)) quick = lag;
    }
    return quick;
  }

  /** The newest row, on the way from the moment before to this one. */
  #append(share: number): void {
    if (this.#first + this.#count === 2 * WINDOW) {
      this.#rows.copyWithin(0, this.#first * CHANNELS);
      this.#first = 0;
    }
    const at = (this.#first + this.#count) * CHANNELS;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const before = this.#before[channel] ?? 0;
      this.#rows[at + channel] = before + share * ((this.#row[channel] ?? 0) - before);
    }
    if (this.#count < WINDOW) this.#count += 1;
    else this.#first += 1;
  }

  #measure(): void {
    const [rows, first, count] = [this.#rows, this.#first, this.#count];
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      let sum = 0;
      let squares = 0;
      for (let row = first; row < first + count; row += 1) {
        const value = rows[row * CHANNELS + channel] ?? 0;
        sum += value;
        squares += value * value;
      }
      const mean = sum / count;
      this.#means[channel] = mean;
      this.#deviations[channel] = Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
  }

  /** Of the legs' differences with themselves `lag` moments later. */
  #correlation(lag: number): number {
    const [rows, means] = [this.#rows, this.#means];
    let product = 0;
    let one = 0;
    let other = 0;
    for (let row = this.#first; row < this.#first + this.#count - lag; row += 1) {
      for (let channel = 0; channel < LEGS; channel += 1) {
        const mean = means[channel] ?? 0;
        const a = (rows[row * CHANNELS + channel] ?? 0) - mean;
        const b = (rows[(row + lag) * CHANNELS + channel] ?? 0) - mean;
        product += a * b;
        one += a * a;
        other += b * b;
      }
    }
    return one * other > 0 ? product / Math.sqrt(one * other) : 0;
  }
}

/** @returns whether the legs are seen */
function readRow({ body, trunk, bodyHeight }: BodyMotion, row: Float64Array): boolean {
  const { position } = body;
  const at = (landmark: number, axis: number) => (position[landmark * 3 + axis] ?? Number.NaN) / bodyHeight;
  const apart = (left: number, right: number, axis: number) => at(left, axis) - at(right, axis);
  for (let axis = 0; axis < 3; axis += 1) {
    row[axis] = apart(BODY.leftAnkle, BODY.rightAnkle, axis);
    row[3 + axis] = apart(BODY.leftKnee, BODY.rightKnee, axis);
  }
  const hipsX = apart(BODY.leftHip, BODY.rightHip, 0);
  const hipsZ = apart(BODY.leftHip, BODY.rightHip, 2);
  const width = Math.hypot(hipsX, hipsZ);
  const [acrossX, acrossZ] = [hipsX / width, hipsZ / width];
  const [feetX, feetZ] = [row[0] ?? 0, row[2] ?? 0];
  // Whose left is in the direction (x, z) looks in the direction (z, −x): z away from the camera.
  row[ALONG] = feetX * acrossZ - feetZ * acrossX;
  row[ACROSS] = feetX * acrossX + feetZ * acrossZ;
  const middleX = (at(BODY.leftAnkle, 0) + at(BODY.rightAnkle, 0)) / 2;
  const middleZ = (at(BODY.leftAnkle, 2) + at(BODY.rightAnkle, 2)) / 2;
  row[SWAY] = middleX * acrossX + middleZ * acrossZ;
  row[HANDS] = handsOf(trunk.speed, bodyHeight);
  const upX = at(BODY.leftShoulder, 0) + at(BODY.rightShoulder, 0);
  const upY = at(BODY.leftShoulder, 1) + at(BODY.rightShoulder, 1);
  const upZ = at(BODY.leftShoulder, 2) + at(BODY.rightShoulder, 2);
  row[TILT] = -upY / Math.hypot(upX, upY, upZ);
  for (let channel = 0; channel < CHANNELS; channel += 1) if (!Number.isFinite(row[channel])) return false;
  return true;
}

/** Mean square speed of the hands that are seen; nought when none is. */
function handsOf(speed: Float64Array, bodyHeight: number): number {
  const left = speed[BODY.leftWrist] ?? Number.NaN;
  const right = speed[BODY.rightWrist] ?? Number.NaN;
  const one = Number.isFinite(left) ? left : right;
  const other = Number.isFinite(right) ? right : left;
  return Number.isFinite(one) ? (one * one + other * other) / 2 / (bodyHeight * bodyHeight) : 0;
}
