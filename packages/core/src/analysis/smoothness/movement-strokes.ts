/** Samples per second that strokes are resampled at: enough for 10 Hz, and the same whatever the frame rate. */
export const STROKE_RATE = 60;

/**
 * Samples of the shortest stroke, 0.2 s: hardly anybody moves a limb to and fro on purpose more than 2.5 times a
 * second, so what reverses faster belongs to one stroke and makes it rough.
 */
const SHORTEST = 12;

/** Samples of the longest, 3 s: movement that goes on and on is judged piece by piece. */
const LONGEST = 180;

/** Samples of rest that end a stroke, 0.2 s: shorter ones are hesitations within it. */
const REST = 12;

/** Seconds between two samples beyond which what was between is not known. */
const LONGEST_STEP = 0.25;

/** Metres per second below which a point rests: a hand that hangs sways slower. */
const DEFAULT_REST_SPEED = 0.1;

/** Standard uncertainties of the speed that are rest as well. */
const REST_UNCERTAINTIES = 3;

/** How many times the speed of rest a stroke must reach to be one. */
const PEAK_OVER_REST = 3;

/** One movement of one point: from rest or reversal to rest or reversal. */
export interface MovementStroke {
  /** Milliseconds of media time. */
  start: number;
  end: number;
  /** Metres per second. */
  peakSpeed: number;
  /** Metres of way. */
  way: number;
  /**
   * Speed at `STROKE_RATE`, metres per second, of which the first `count` samples are the stroke's, brought to rest at
   * both ends. Used again for the next stroke.
   */
  readonly speed: Float64Array;
  count: number;
}

/**
 * Cuts the ongoing movement of a point into strokes, for measures that are defined for one movement from rest to
 * rest. A stroke ends where the point reverses (its velocity stands at more than 90° to that of the stroke's peak, and
 * it is fast enough for a stroke of its own): at the slowest moment since that peak; and where it rests for 0.2 s. A hesitation on the way is no end, and so
 * makes the stroke rough, while going to and fro without one does not. What comes in with some speed, or leaves with
 * some, or goes round in circles, is brought to rest by half a cosine on either side, which leaves a movement that
 * begins and ends in rest as it is.
 *
 * ```ts
 * const strokes = new MovementStrokes((stroke) => console.log(sparc.of(stroke.speed, STROKE_RATE, 10, stroke.count)));
 * ```
 */
export class MovementStrokes {
  readonly #leastRestSpeed: number;
  readonly #onStroke: (stroke: MovementStroke) => void;
  /** What is known of the current stroke: velocities, speeds. */
  readonly #x = new Float64Array(LONGEST);
  readonly #y = new Float64Array(LONGEST);
  readonly #z = new Float64Array(LONGEST);
  readonly #speed = new Float64Array(LONGEST);
  readonly #stroke: MovementStroke = {
    start: Number.NaN,
    end: Number.NaN,
    peakSpeed: 0,
    way: 0,
    speed: new Float64Array(LONGEST),
    count: 0,
  };
  #count = 0;
  #resting = true;
  #restRun = 0;
  #peak = 0;
  /** Of the samples since the peak, the slowest. */
  #slowest = 0;
  /** Metres per second below which the point rests just now. */
  #restSpeed: number;
  /** Number of the newest sample of the grid since time 0. */
  #grid = 0;
  #timestamp = Number.NaN;
  /** Velocity and acceleration of the sample before. */
  readonly #before = new Float64Array(6);

  /**
   * @param onStroke told of each stroke once it has ended; what it is given is used again
   * @param restSpeed metres per second below which the point rests, or below three standard uncertainties where these
   *   are more; a stroke must become three times as fast. Default: 0.1, for hands and feet
   */
  constructor(onStroke: (stroke: MovementStroke) => void, restSpeed = DEFAULT_REST_SPEED) {
    this.#onStroke = onStroke;
    this.#leastRestSpeed = restSpeed;
    this.#restSpeed = restSpeed;
  }

  /**
   * Takes the next sample. A sample that is not known, or a gap, ends what went on without a stroke.
   * @param timestamp milliseconds of media time
   * @param velocity x, y and z from `at` on, metres per second
   * @param acceleration x, y and z from `at` on, metres per second²
   * @param uncertainty standard uncertainty of the speed, metres per second
   */
  step(
    timestamp: number,
    velocity: ArrayLike<number>,
    acceleration: ArrayLike<number>,
    at: number,
    uncertainty: number,
  ): void {
    const duration = (timestamp - this.#timestamp) / 1000;
    const before = this.#before;
    const [vx = Number.NaN, vy = Number.NaN, vz = Number.NaN] = [
      velocity[at],
      velocity[at + 1],
      velocity[at + 2],
    ];
    const [ax = Number.NaN, ay = Number.NaN, az = Number.NaN] = [
      acceleration[at],
      acceleration[at + 1],
      acceleration[at + 2],
    ];
    if (Number.isNaN(vx + vy + vz + ax + ay + az + uncertainty)) {
      this.reset();
      return;
    }
    this.#restSpeed = Math.max(this.#leastRestSpeed, REST_UNCERTAINTIES * uncertainty);
    if (duration > 0 && duration <= LONGEST_STEP) {
      const last = Math.floor((timestamp / 1000) * STROKE_RATE);
      while (this.#grid < last) {
        this.#grid += 1;
        const share = 1 - (timestamp / 1000 - this.#grid / STROKE_RATE) / duration;
        this.#take(
          between(before[0] ?? 0, before[3] ?? 0, vx, ax, duration, share),
          between(before[1] ?? 0, before[4] ?? 0, vy, ay, duration, share),
          between(before[2] ?? 0, before[5] ?? 0, vz, az, duration, share),
        );
      }
    } else {
      this.#begin(timestamp);
    }
    this.#timestamp = timestamp;
    before[0] = vx;
    before[1] = vy;
    before[2] = vz;
    before[3] = ax;
    before[4] = ay;
    before[5] = az;
  }

  /** What follows continues nothing. */
  reset(): void {
    this.#timestamp = Number.NaN;
    this.#forget();
  }

  #begin(timestamp: number): void {
    this.#forget();
    this.#grid = Math.floor((timestamp / 1000) * STROKE_RATE);
  }

  #forget(): void {
    this.#count = 0;
    this.#resting = true;
    this.#restRun = 0;
    this.#peak = 0;
    this.#slowest = 0;
  }

  /** Takes a sample of the grid. */
  #take(x: number, y: number, z: number): void {
    const speed = Math.sqrt(x * x + y * y + z * z);
    if (this.#resting) {
      // A stroke begins with the last sample of the rest before it.
      this.#count = Math.min(this.#count, 1);
      if (speed < this.#restSpeed) this.#count = 0;
      else this.#resting = false;
    }
    const index = this.#count;
    this.#x[index] = x;
    this.#y[index] = y;
    this.#z[index] = z;
    this.#speed[index] = speed;
    this.#count = index + 1;
    if (this.#resting) return;
    this.#note(index);
    this.#restRun = speed < this.#restSpeed ? this.#restRun + 1 : 0;
    if (this.#restRun >= REST) {
      this.#end(index - REST + 1);
      this.#forget();
    } else if (
      this.#slowest >= SHORTEST &&
      speed >= PEAK_OVER_REST * this.#restSpeed &&
      this.#isReversed(x, y, z)
    ) {
      this.#endAt(this.#slowest);
    } else if (this.#count === LONGEST) {
      this.#endAt(this.#slowest >= SHORTEST ? this.#slowest : index);
    }
  }

  #note(index: number): void {
    const speed = this.#speed[index] ?? 0;
    if (speed > (this.#speed[this.#peak] ?? 0) || index === 0) {
      this.#peak = index;
      this.#slowest = index;
    } else if (speed < (this.#speed[this.#slowest] ?? 0)) {
      this.#slowest = index;
    }
  }

  #isReversed(x: number, y: number, z: number): boolean {
    const peak = this.#peak;
    return x * (this.#x[peak] ?? 0) + y * (this.#y[peak] ?? 0) + z * (this.#z[peak] ?? 0) < 0;
  }

  /** Ends the stroke at a sample, with which the next one begins. */
  #endAt(last: number): void {
    this.#end(last);
    const count = this.#count - last;
    for (const values of [this.#x, this.#y, this.#z, this.#speed]) values.copyWithin(0, last, this.#count);
    this.#peak = 0;
    this.#slowest = 0;
    this.#count = count;
    for (let index = 0; index < count; index += 1) this.#note(index);
  }

  #end(last: number): void {
    const peakSpeed = this.#speed[this.#peak] ?? 0;
    if (last < SHORTEST || peakSpeed < PEAK_OVER_REST * this.#restSpeed) return;
    const stroke = this.#stroke;
    const first = this.#speed[0] ?? 0;
    const final = this.#speed[last] ?? 0;
    let sum = 0;
    for (let index = 0; index <= last; index += 1) {
      const speed = this.#speed[index] ?? 0;
      sum += speed;
      const fade = (1 + Math.cos((2 * Math.PI * index) / last)) / 2;
      stroke.speed[index] = speed - fade * (2 * index < last ? first : final);
    }
    stroke.count = last + 1;
    stroke.peakSpeed = peakSpeed;
    stroke.way = (sum - (first + final) / 2) / STROKE_RATE;
    stroke.end = ((this.#grid - (this.#count - 1 - last)) / STROKE_RATE) * 1000;
    stroke.start = stroke.end - (last / STROKE_RATE) * 1000;
    this.#onStroke(stroke);
  }
}

/**
 * A value between two that are known with their slopes: Hermite's cubic.
 * @param duration seconds from the first to the second
 * @param share of the way from the first to the second
 */
function between(
  first: number,
  firstSlope: number,
  second: number,
  secondSlope: number,
  duration: number,
  share: number,
): number {
  const rest = 1 - share;
  return (
    rest * rest * ((1 + 2 * share) * first + share * duration * firstSlope) +
    share * share * ((1 + 2 * rest) * second - rest * duration * secondSlope)
  );
}
