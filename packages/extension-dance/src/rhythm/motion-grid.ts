import { BODY_LANDMARKS } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';

/** Rows per second of the grid: motion is band-limited to some 5 Hz, so that 30 Hz loses nothing and costs little. */
export const GRID_RATE = 30;

/** Milliseconds between two rows. */
export const GRID_STEP = 1000 / GRID_RATE;

/** The joints that rhythm is looked for in; fingers and toes say nothing that wrists and ankles do not. */
const RHYTHM_JOINTS: readonly number[] = [
  BODY_LANDMARKS.nose,
  BODY_LANDMARKS.leftShoulder,
  BODY_LANDMARKS.rightShoulder,
  BODY_LANDMARKS.leftElbow,
  BODY_LANDMARKS.rightElbow,
  BODY_LANDMARKS.leftWrist,
  BODY_LANDMARKS.rightWrist,
  BODY_LANDMARKS.leftKnee,
  BODY_LANDMARKS.rightKnee,
  BODY_LANDMARKS.leftAnkle,
  BODY_LANDMARKS.rightAnkle,
];

/** Joints whose speed is known, besides the middle of the hips that travels. */
export const GRID_JOINTS = RHYTHM_JOINTS.length;

/** Signed velocities per row: x, y, z of every joint relative to the hips, then x, y of the hips' own travel. */
export const GRID_CHANNELS = GRID_JOINTS * 3 + 2;

const TRAVEL_X = GRID_JOINTS * 3;
const TRAVEL_Y = TRAVEL_X + 1;
const LEFT_ANKLE = RHYTHM_JOINTS.indexOf(BODY_LANDMARKS.leftAnkle) * 3;
const RIGHT_ANKLE = RHYTHM_JOINTS.indexOf(BODY_LANDMARKS.rightAnkle) * 3;

/** Rows that are kept: a little more than the eight seconds that anybody looks back. */
const KEPT_ROWS = 9 * GRID_RATE;

/** Milliseconds between two moments that a straight line may bridge; what lies in a longer gap is unknown. */
const LONGEST_BRIDGE = 200;

/** Metres per second of uncertainty up to which even a slow joint counts as known. */
const TOLERATED_UNCERTAINTY = 0.3;

/** Metres from sole to crown while nobody has been measured: it only scales the hips' travel. */
const USUAL_HEIGHT = 1.7;

/** Joints of eleven that must be known for a mean speed of the body. */
const FEWEST_JOINTS = 5;

/**
 * One person's joint velocities on an even grid of 30 Hz, whatever the frames' times are: the last nine seconds.
 * Rows are counted from the grid's origin; what is not known is NaN, and gaps are left as gaps.
 */
export class MotionGrid {
  readonly #rows = new Float32Array(KEPT_ROWS * GRID_CHANNELS);
  readonly #meanSpeeds = new Float32Array(KEPT_ROWS);
  readonly #noise = new Float32Array(KEPT_ROWS);
  #before = new Float32Array(GRID_CHANNELS);
  #after = new Float32Array(GRID_CHANNELS);
  #beforeTime = Number.NaN;
  #first = 0;
  #next = 0;

  /** The oldest row that is kept. */
  get firstRow(): number {
    return Math.max(this.#first, this.#next - KEPT_ROWS);
  }

  /** One behind the newest row. */
  get nextRow(): number {
    return this.#next;
  }

  /** Milliseconds of media time that a row speaks of. */
  timeOf(row: number): number {
    return row * GRID_STEP;
  }

  /** Takes in one moment; rows up to it are there afterwards. Moments that go back in time are left out. */
  step(motion: BodyMotion): void {
    const { timestamp } = motion;
    if (!Number.isFinite(timestamp) || timestamp <= this.#beforeTime) return;
    const noise = fillChannels(this.#after, motion);
    if (Number.isNaN(this.#beforeTime)) {
      this.#next = Math.ceil(timestamp / GRID_STEP);
      this.#first = this.#next;
    }
    const elapsed = timestamp - this.#beforeTime;
    const bridged = elapsed <= LONGEST_BRIDGE;
    const last = Math.floor(timestamp / GRID_STEP);
    // A gap longer than what is kept leaves nothing but unknown rows: there is no need to write more of them.
    if (last - this.#next > KEPT_ROWS) this.#next = last - KEPT_ROWS;
    for (; this.#next <= last; this.#next += 1) {
      const share = bridged ? (this.timeOf(this.#next) - this.#beforeTime) / elapsed : Number.NaN;
      this.#write(this.#next, this.timeOf(this.#next) === timestamp ? 1 : share);
      this.#noise[this.#slot(this.#next)] = noise;
    }
    [this.#before, this.#after] = [this.#after, this.#before];
    this.#beforeTime = timestamp;
  }

  /** Forgets all rows: what follows continues nothing. */
  reset(): void {
    this.#beforeTime = Number.NaN;
    this.#first = 0;
    this.#next = 0;
  }

  /** Metres per second, one of `GRID_CHANNELS` signed velocities. */
  velocity(row: number, channel: number): number {
    return this.#rows[this.#slot(row) * GRID_CHANNELS + channel] ?? Number.NaN;
  }

  /** Copies rows into one array per channel, from their beginning on. */
  copyVelocities(start: number, end: number, channels: readonly Float32Array[]): void {
    const rows = this.#rows;
    for (let row = start; row < end; row += 1) {
      const offset = this.#slot(row) * GRID_CHANNELS;
      for (let channel = 0; channel < channels.length; channel += 1) {
        const target = channels[channel];
        if (target) target[row - start] = rows[offset + channel] ?? Number.NaN;
      }
    }
  }

  /** Metres per second: the mean over the joints that are known, as they move in the room; NaN with too few of them. */
  meanSpeed(row: number): number {
    return this.#meanSpeeds[this.#slot(row)] ?? Number.NaN;
  }

  /** Metres per second: the mean standard uncertainty of the joints' speeds, what noise alone looks like. */
  noise(row: number): number {
    return this.#noise[this.#slot(row)] ?? Number.NaN;
  }

  /**
   * Metres per second at which the hips sink. Where their travel is not known, the ankles tell: they rise towards
   * the hips when these sink over standing feet.
   */
  sinking(row: number): number {
    const travel = this.velocity(row, TRAVEL_Y);
    if (!Number.isNaN(travel)) return travel;
    return -(this.velocity(row, LEFT_ANKLE + 1) + this.velocity(row, RIGHT_ANKLE + 1)) / 2;
  }

  #slot(row: number): number {
    return ((row % KEPT_ROWS) + KEPT_ROWS) % KEPT_ROWS;
  }

  #write(row: number, share: number): void {
    const offset = this.#slot(row) * GRID_CHANNELS;
    const before = this.#before;
    const after = this.#after;
    for (let channel = 0; channel < GRID_CHANNELS; channel += 1) {
      const newer = after[channel] ?? Number.NaN;
      const older = before[channel] ?? Number.NaN;
      this.#rows[offset + channel] = share === 1 ? newer : older + (newer - older) * share;
    }
    this.#meanSpeeds[this.#slot(row)] = meanSpeedOf(this.#rows, offset);
  }
}

/** @returns the mean uncertainty of the joints that are known */
function fillChannels(channels: Float32Array, motion: BodyMotion): number {
  const { velocity, speed, speedUncertainty } = motion.body;
  let noise = 0;
  let count = 0;
  for (let joint = 0; joint < GRID_JOINTS; joint += 1) {
    const landmark = RHYTHM_JOINTS[joint] ?? 0;
    const uncertainty = speedUncertainty[landmark] ?? Number.NaN;
    const known = uncertainty <= TOLERATED_UNCERTAINTY + (speed[landmark] ?? Number.NaN);
    if (known) {
      noise += uncertainty;
      count += 1;
    }
    for (let axis = 0; axis < 3; axis += 1) {
      channels[joint * 3 + axis] = known ? (velocity[landmark * 3 + axis] ?? Number.NaN) : Number.NaN;
    }
  }
  const { travel } = motion;
  const height = Number.isFinite(motion.bodyHeight) ? motion.bodyHeight : USUAL_HEIGHT;
  const travelKnown =
    travel.velocityUncertainty * height <=
    TOLERATED_UNCERTAINTY + Math.hypot(travel.velocity[0], travel.velocity[1]) * height;
  channels[TRAVEL_X] = travelKnown ? travel.velocity[0] * height : Number.NaN;
  channels[TRAVEL_Y] = travelKnown ? travel.velocity[1] * height : Number.NaN;
  return noise / count;
}

/** The joints' speed in the room: what they do relative to the hips, carried along with the hips' travel. */
function meanSpeedOf(rows: Float32Array, offset: number): number {
  const travelX = rows[offset + TRAVEL_X] ?? Number.NaN;
  const travelY = rows[offset + TRAVEL_Y] ?? Number.NaN;
  const travels = !Number.isNaN(travelX);
  let sum = 0;
  let known = 0;
  for (let joint = 0; joint < GRID_JOINTS; joint += 1) {
    const at = offset + joint * 3;
    const x = (rows[at] ?? Number.NaN) + (travels ? travelX : 0);
    const y = (rows[at + 1] ?? Number.NaN) + (travels ? travelY : 0);
    const z = rows[at + 2] ?? Number.NaN;
    const speed = Math.sqrt(x * x + y * y + z * z);
    if (Number.isNaN(speed)) continue;
    sum += speed;
    known += 1;
  }
  if (known < FEWEST_JOINTS) return Number.NaN;
  return travels ? (sum + Math.hypot(travelX, travelY)) / (known + 1) : sum / known;
}
