/** How a body moves over a stretch of time, evenly sampled: what periods are looked for in. */
export interface MotionSignals {
  /** Samples per second; 30 carry all that a body does. */
  readonly rate: number;
  /** Milliseconds of media time of the first sample. */
  readonly start: number;
  /**
   * Signed velocities in m/s, one array per joint and axis, all of one length. They tell the way there from the way
   * back. NaN is taken for unknown.
   */
  readonly velocity: readonly Float32Array[];
  /** Speeds in m/s, one array per joint, of that length. They peak on the way there and on the way back. */
  readonly speed: readonly Float32Array[];
}

/** Samples that all channels have. */
export function sampleCount({ velocity, speed }: MotionSignals): number {
  let count = Number.POSITIVE_INFINITY;
  for (const channel of velocity) count = Math.min(count, channel.length);
  for (const channel of speed) count = Math.min(count, channel.length);
  return Number.isFinite(count) ? count : 0;
}

/** Root of the mean square of what moves, m/s: 0 when nothing is known. */
export function rootMeanSquare(channels: readonly Float32Array[], from: number, to: number): number {
  let sum = 0;
  let known = 0;
  for (const channel of channels) {
    for (let index = from; index < to; index += 1) {
      const value = channel[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value * value;
      known += 1;
    }
  }
  return known === 0 ? 0 : Math.sqrt(sum / known);
}
