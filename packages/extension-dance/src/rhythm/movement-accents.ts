import { GRID_RATE, GRID_STEP, type MotionGrid } from './motion-grid.ts';

/** A moment at which the body's movement comes to a stop or turns round: what a dancer puts on the beat. */
export interface MovementAccent {
  /** Milliseconds of media time. */
  readonly timestamp: number;
  /** Standard uncertainty of the timestamp, ms. */
  readonly uncertainty: number;
  /** Above 0, at most 2: how much of the movement stops, and up to twice that when the body's weight lands. */
  readonly strength: number;
}

/** Share of the running mean speed by which the speed must fall, and rise again, for its minimum to be an accent. */
const DEPTH = 0.25;

/** Metres per second by which the mean speed must fall and rise at least, however slow the movement is. */
const LEAST_DEPTH = 0.04;

/**
 * Share of the joints' mean uncertainty by which it must fall and rise: the mean of eleven joints that only tremble
 * varies by about a sixth of it, and this is three times as much.
 */
const NOISE_DEPTH = 0.5;

/** Seconds over which the running mean of the speed forgets. */
const MEAN_MEMORY = 2;

/** Metres per second²: upward acceleration of the hips at which an accent counts twice, half of gravity. */
const LANDING = 4.9;

/** Milliseconds: no minimum is known better than a frame's length allows (33 ms spread evenly, divided by √12). */
const LEAST_UNCERTAINTY = 10;

/** Metres per second: how far the mean speed of a dozen joints may be off. */
const SPEED_NOISE = 0.005;

/**
 * Finds kinematic beats, causally: local minima of the mean joint speed, as Li, Yang, Ross and Kanazawa define them
 * ("AI Choreographer", ICCV 2021, section 5.2.2, beat alignment; after Lee et al., "Dancing to Music", NeurIPS 2019).
 * A minimum counts when the speed fell to it and rises from it by a quarter of its running mean, so it is known
 * about a tenth of a second after it was.
 */
export class MovementAccents {
  readonly #grid: MotionGrid;
  #row = -1;
  #falling = false;
  #extremeRow = 0;
  #extreme = Number.NaN;
  #fallenFrom = 0;
  #mean = Number.NaN;

  constructor(grid: MotionGrid) {
    this.#grid = grid;
  }

  /** Metres per second: the mean joint speed of the last two seconds; NaN when nothing is known. */
  get meanSpeed(): number {
    return this.#mean;
  }

  /** Looks at the rows that are new in the grid, and adds the accents among them. */
  step(found: MovementAccent[]): void {
    const grid = this.#grid;
    // The smoothed speed of a row needs the two rows behind it.
    const last = grid.nextRow - 3;
    for (let row = Math.max(this.#row + 1, grid.firstRow + 2); row <= last; row += 1) {
      this.#row = row;
      this.#take(row, smoothedSpeed(grid, row), found);
    }
  }

  reset(): void {
    this.#row = -1;
    this.#extreme = Number.NaN;
    this.#mean = Number.NaN;
  }

  #take(row: number, speed: number, found: MovementAccent[]): void {
    if (Number.isNaN(speed)) {
      this.#extreme = Number.NaN;
      return;
    }
    if (Number.isNaN(this.#mean)) this.#mean = speed;
    else this.#mean += (speed - this.#mean) / (MEAN_MEMORY * GRID_RATE);
    const noise = this.#grid.noise(row);
    const depth = Math.max(LEAST_DEPTH, DEPTH * this.#mean, Number.isNaN(noise) ? 0 : NOISE_DEPTH * noise);
    if (Number.isNaN(this.#extreme)) {
      this.#falling = false;
      this.#extreme = speed;
      this.#extremeRow = row;
    } else if (this.#falling) {
      if (speed < this.#extreme) {
        this.#extreme = speed;
        this.#extremeRow = row;
      } else if (speed > this.#extreme + depth) {
        found.push(this.#accent(this.#extremeRow));
        this.#turn(false, row, speed);
      }
    } else if (speed > this.#extreme) {
      this.#extreme = speed;
      this.#extremeRow = row;
    } else if (speed < this.#extreme - depth) {
      this.#fallenFrom = this.#extreme;
      this.#turn(true, row, speed);
    }
  }

  #turn(falling: boolean, row: number, speed: number): void {
    this.#falling = falling;
    this.#extreme = speed;
    this.#extremeRow = row;
  }

  #accent(row: number): MovementAccent {
    const grid = this.#grid;
    const before = smoothedSpeed(grid, row - 1);
    const at = smoothedSpeed(grid, row);
    const after = smoothedSpeed(grid, row + 1);
    const bend = before - 2 * at + after;
    // The minimum of the parabola through the three, where they are known and bend upwards.
    const shift = bend > 0 ? clamp((before - after) / (2 * bend), -1, 1) : 0;
    const curvature = bend > 0 ? bend / GRID_STEP ** 2 : Number.NaN;
    // Noise n lifts a parabola of curvature c by as much as it rises within √(2n / c).
    const blur = Number.isNaN(curvature) ? GRID_STEP : Math.sqrt((2 * SPEED_NOISE) / curvature);
    const rising = ((grid.sinking(row - 1) - grid.sinking(row + 1)) * GRID_RATE) / 2;
    const landing = Number.isNaN(rising) ? 0 : clamp(rising / LANDING, 0, 1);
    const stopped = clamp((this.#fallenFrom - at) / this.#fallenFrom, 0, 1);
    return {
      timestamp: grid.timeOf(row) + shift * GRID_STEP,
      uncertainty: Math.hypot(LEAST_UNCERTAINTY, Math.min(blur, 2 * GRID_STEP)),
      strength: stopped * (1 + landing),
    };
  }
}

/** Binomial weights 1 4 6 4 1: a bell of one row's standard deviation, 33 ms. */
function smoothedSpeed(grid: MotionGrid, row: number): number {
  return (
    (grid.meanSpeed(row - 2) +
      grid.meanSpeed(row + 2) +
      4 * (grid.meanSpeed(row - 1) + grid.meanSpeed(row + 1)) +
      6 * grid.meanSpeed(row)) /
    16
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
