import { GRID_CHANNELS, GRID_RATE, type MotionGrid } from './motion-grid.ts';

/** Rows of one block of memory: half a minute, some 60 kB. */
const BLOCK_ROWS = 30 * GRID_RATE;

/** Rows that are kept of a take: an hour, some 7.5 MB. */
const MOST_ROWS = 3600 * GRID_RATE;

/** Rows of nothing between what came before a discontinuity and what comes after. */
const BREAK_ROWS = GRID_RATE;

/** Velocities are kept as whole millimetres per second: up to 32 m/s, which is faster than any joint. */
const UNIT = 0.001;
const UNKNOWN = -32768;
const FASTEST = 32767;

/** The joint velocities of a whole take, up to an hour, in two bytes each. */
export class TakeMotion {
  #blocks: Int16Array[] = [];
  #length = 0;
  #start = Number.NaN;
  #recorded = 0;
  #isComplete = true;

  /** Rows at `GRID_RATE` that the take has. */
  get length(): number {
    return this.#length;
  }

  /** ms of media time of the first row; NaN while there is none. */
  get start(): number {
    return this.#start;
  }

  /** False when the take was longer than is kept. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Takes over the rows that are new in the grid. */
  record(grid: MotionGrid): void {
    if (grid.nextRow === grid.firstRow) return;
    if (this.#length === 0) this.#start = grid.timeOf(grid.firstRow);
    let row = this.#recorded === 0 ? grid.firstRow : this.#recorded;
    // Rows that the grid has left out lie in a long gap.
    for (; row < grid.firstRow && this.#makeRoom(); row += 1) this.#writeUnknown();
    for (; row < grid.nextRow && this.#makeRoom(); row += 1) this.#write(grid, row);
    this.#recorded = grid.nextRow;
  }

  /** What follows continues nothing: it is kept a second behind what was. */
  interrupt(): void {
    if (this.#recorded === 0) return;
    this.#recorded = 0;
    for (let row = 0; row < BREAK_ROWS && this.#makeRoom(); row += 1) this.#writeUnknown();
  }

  /** One channel over the whole take in m/s; NaN where it is not known. */
  channel(index: number): Float32Array {
    const values = new Float32Array(this.#length);
    for (let row = 0; row < this.#length; row += 1) {
      const block = this.#blocks[Math.floor(row / BLOCK_ROWS)];
      const value = block?.[(row % BLOCK_ROWS) * GRID_CHANNELS + index] ?? UNKNOWN;
      values[row] = value === UNKNOWN ? Number.NaN : value * UNIT;
    }
    return values;
  }

  clear(): void {
    this.#blocks = [];
    this.#length = 0;
    this.#start = Number.NaN;
    this.#recorded = 0;
    this.#isComplete = true;
  }

  #makeRoom(): boolean {
    if (this.#length >= MOST_ROWS) {
      this.#isComplete = false;
      return false;
    }
    if (this.#length % BLOCK_ROWS === 0) this.#blocks.push(new Int16Array(BLOCK_ROWS * GRID_CHANNELS));
    return true;
  }

  #write(grid: MotionGrid, row: number): void {
    const block = this.#blocks.at(-1);
    const offset = (this.#length % BLOCK_ROWS) * GRID_CHANNELS;
    for (let channel = 0; block && channel < GRID_CHANNELS; channel += 1) {
      const value = grid.velocity(row, channel) / UNIT;
      block[offset + channel] = Number.isNaN(value)
        ? UNKNOWN
        : Math.max(-FASTEST, Math.min(FASTEST, Math.round(value)));
    }
    this.#length += 1;
  }

  #writeUnknown(): void {
    const offset = (this.#length % BLOCK_ROWS) * GRID_CHANNELS;
    this.#blocks.at(-1)?.fill(UNKNOWN, offset, offset + GRID_CHANNELS);
    this.#length += 1;
  }
}
