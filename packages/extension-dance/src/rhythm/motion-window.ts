import type { MotionSignals } from '@pose-coach/core/analysis';
import { GRID_CHANNELS, GRID_JOINTS, GRID_RATE, GRID_STEP, type MotionGrid } from './motion-grid.ts';

/** Rows that are looked at: eight seconds, eight beats at the slowest tempo that is danced to. */
export const WINDOW_ROWS = 8 * GRID_RATE;

/** Rows that must be known before a rhythm is looked for: two beats at 40 BPM, five at 80. */
const ENOUGH_ROWS = 3.5 * GRID_RATE;

/** Newest rows that tell whether the person is in view, and share of them that must be known. */
const SEEN_ROWS = GRID_RATE / 2;
const SEEN_SHARE = 0.5;

/** Newest rows that tell whether the person has stopped moving. */
const RESTING_ROWS = 1.5 * GRID_RATE;

/** Metres per second below which the whole body rests, whatever it did before. */
const RESTING_SPEED = 0.03;

/** How much faster than their uncertainty the joints must be to move at all: noise alone is 1.1 times as fast. */
const ABOVE_NOISE = 1.3;

/** Share of the window's mean speed below which the newest rows are a rest. */
const RESTING_SHARE = 0.2;

/** The newest eight seconds of a grid as signals, and what they can be used for. */
export class MotionWindow {
  readonly #velocity = Array.from({ length: GRID_CHANNELS }, () => new Float32Array(WINDOW_ROWS));
  readonly #speed = Array.from({ length: GRID_JOINTS + 1 }, () => new Float32Array(WINDOW_ROWS));
  #signals: MotionSignals | undefined;
  #isEnough = false;
  #isUnseen = false;
  #isResting = false;

  /** The signals as of the last look; what is not known is NaN. They change with the next look. */
  get signals(): MotionSignals | undefined {
    return this.#signals;
  }

  /** Whether enough is known to look for a rhythm. */
  get isEnough(): boolean {
    return this.#isEnough;
  }

  /** Whether too little was known of the last half second. */
  get isUnseen(): boolean {
    return this.#isUnseen;
  }

  /** Whether the body has nearly stopped moving. */
  get isResting(): boolean {
    return this.#isResting;
  }

  look(grid: MotionGrid): void {
    const end = grid.nextRow;
    const start = Math.max(grid.firstRow, end - WINDOW_ROWS);
    let known = 0;
    let seen = 0;
    let sum = 0;
    let newest = 0;
    let newestSum = 0;
    let noiseSum = 0;
    for (let row = start; row < end; row += 1) {
      const speed = grid.meanSpeed(row);
      if (Number.isNaN(speed)) continue;
      known += 1;
      sum += speed;
      if (row >= end - SEEN_ROWS) seen += 1;
      if (row < end - RESTING_ROWS) continue;
      newest += 1;
      newestSum += speed;
      noiseSum += grid.noise(row);
    }
    this.#isEnough = known >= ENOUGH_ROWS;
    this.#isUnseen = seen < SEEN_SHARE * Math.min(SEEN_ROWS, end - start);
    const now = newestSum / newest;
    const floor = Math.max(RESTING_SPEED, (RESTING_SHARE * sum) / known);
    this.#isResting = now < floor || now < (ABOVE_NOISE * noiseSum) / newest;
    this.#signals = this.#isEnough ? this.#fill(grid, start, end) : undefined;
  }

  #fill(grid: MotionGrid, start: number, end: number): MotionSignals {
    const length = end - start;
    grid.copyVelocities(start, end, this.#velocity);
    this.#speed.forEach((values, joint) => {
      const [x, y, z] = this.#velocity.slice(joint * 3, joint * 3 + 3);
      if (!x || !y || !z) return;
      for (let index = 0; index < length; index += 1) {
        values[index] = Math.sqrt((x[index] ?? 0) ** 2 + (y[index] ?? 0) ** 2 + (z[index] ?? 0) ** 2);
      }
    });
    const known = (channels: readonly Float32Array[]) =>
      length === WINDOW_ROWS ? channels : channels.map((values) => values.subarray(0, length));
    const velocity = known(this.#velocity);
    return { rate: GRID_RATE, start: start * GRID_STEP, velocity, speed: known(this.#speed) };
  }
}
