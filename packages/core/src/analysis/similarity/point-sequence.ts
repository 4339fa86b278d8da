/** How many points of a sequence must be known in two samples for a distance between them, as a share of all. */
const SMALLEST_SHARE = 0.5;

/** Samples for which room is made at first: about a minute and a half at 6 Hz. */
const FIRST_ROOM = 512;

/** At most 30 points: which are known is a bit each. */
const MOST_POINTS = 30;

export interface PointSequenceOptions {
  /** Points of x, y and z that each sample has; at most 30. */
  readonly points: number;
  /** Samples per second. */
  readonly rate: number;
}

/**
 * Points in space over time, sampled evenly: what sequences are compared by. The unit of the coordinates is that of
 * every distance. Points that are not known are left out of each comparison.
 */
export class PointSequence {
  readonly points: number;
  readonly rate: number;
  /** Samples so far. */
  length = 0;
  readonly #fewest: number;
  readonly #all: number;
  #values: Float32Array;
  #masks: Int32Array;

  constructor({ points, rate }: PointSequenceOptions) {
    this.points = Math.min(points, MOST_POINTS);
    this.rate = rate;
    this.#fewest = Math.ceil(this.points * SMALLEST_SHARE);
    this.#all = 2 ** this.points - 1;
    this.#values = new Float32Array(FIRST_ROOM * this.points * 3);
    this.#masks = new Int32Array(FIRST_ROOM);
  }

  /** @param values x, y and z of each point; not a number where unknown. Nothing: a sample in which nothing is known. */
  push(values?: ArrayLike<number>): void {
    if (this.length === this.#masks.length) this.#grow();
    const at = this.length * this.points * 3;
    let mask = 0;
    for (let point = 0; values && point < this.points; point += 1) {
      const x = values[point * 3] ?? Number.NaN;
      const y = values[point * 3 + 1] ?? Number.NaN;
      const z = values[point * 3 + 2] ?? Number.NaN;
      if (!Number.isFinite(x + y + z)) continue;
      mask |= 1 << point;
      this.#values[at + point * 3] = x;
      this.#values[at + point * 3 + 1] = y;
      this.#values[at + point * 3 + 2] = z;
    }
    this.#masks[this.length] = mask;
    this.length += 1;
  }

  /** Forgets the oldest samples; what comes after moves to the front. */
  discard(count: number): void {
    const gone = Math.min(count, this.length);
    const width = this.points * 3;
    this.#values.copyWithin(0, gone * width, this.length * width);
    this.#masks.copyWithin(0, gone, this.length);
    this.length -= gone;
  }

  clear(): void {
    this.length = 0;
  }

  /**
   * The mean squared distance of the points known in both samples; NaN where too few are.
   * @param one index of a sample
   * @param other index of another
   */
  squaredDistance(one: number, other: number): number {
    const values = this.#values;
    const common = (this.#masks[one] ?? 0) & (this.#masks[other] ?? 0);
    const width = this.points * 3;
    let a = one * width;
    let b = other * width;
    let sum = 0;
    if (common === this.#all) {
      for (const end = a + width; a < end; a += 1, b += 1) {
        const difference = (values[a] ?? 0) - (values[b] ?? 0);
        sum += difference * difference;
      }
      return sum / this.points;
    }
    let count = 0;
    for (let point = 0; point < this.points; point += 1, a += 3, b += 3) {
      if ((common & (1 << point)) === 0) continue;
      const x = (values[a] ?? 0) - (values[b] ?? 0);
      const y = (values[a + 1] ?? 0) - (values[b + 1] ?? 0);
      const z = (values[a + 2] ?? 0) - (values[b + 2] ?? 0);
      sum += x * x + y * y + z * z;
      count += 1;
    }
    return count < this.#fewest ? Number.NaN : sum / count;
  }

  /**
   * Where the points are on average, and how far they stray from there, from one sample to another.
   * @param from index of the first sample
   * @param until index after the last
   */
  moments(from: number, until: number): SequenceMoments {
    const means = new Float64Array(this.points * 3).fill(Number.NaN);
    let variance = 0;
    let known = 0;
    for (let point = 0; point < this.points; point += 1) {
      let count = 0;
      for (let sample = from; sample < until; sample += 1) {
        if (((this.#masks[sample] ?? 0) & (1 << point)) !== 0) count += 1;
      }
      if (count * 2 < until - from) continue;
      known += 1;
      for (let axis = 0; axis < 3; axis += 1) {
        let sum = 0;
        let squares = 0;
        for (let sample = from; sample < until; sample += 1) {
          if (((this.#masks[sample] ?? 0) & (1 << point)) === 0) continue;
          const value = this.#values[(sample * this.points + point) * 3 + axis] ?? 0;
          sum += value;
          squares += value * value;
        }
        means[point * 3 + axis] = sum / count;
        variance += Math.max(0, squares / count - (sum / count) ** 2);
      }
    }
    return { means, variance: known < this.#fewest ? Number.NaN : variance / known };
  }

  #grow(): void {
    const values = new Float32Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
    const masks = new Int32Array(this.#masks.length * 2);
    masks.set(this.#masks);
    this.#masks = masks;
  }
}

/** What a stretch of a sequence is like as a whole. */
export interface SequenceMoments {
  /** Mean x, y and z of each point; NaN where it is seldom known. */
  readonly means: Float64Array;
  /** Mean squared distance of the points from their means; NaN where too few points are known. */
  readonly variance: number;
}

/**
 * How alike two stretches are that were brought into step: Lin's concordance correlation (1989, "A Concordance
 * Correlation Coefficient to Evaluate Reproducibility"), over all points together (King and Chinchilli 2001). 1 is
 * the same movement; 0 is no more alike than any moment of one is to any moment of the other, which is what
 * standing still and chance give; what is common in posture but not in movement does not count.
 * @param squaredDistance mean over the moments in step
 */
export function concordance(squaredDistance: number, one: SequenceMoments, other: SequenceMoments): number {
  let squares = 0;
  let known = 0;
  for (let index = 0; index < one.means.length; index += 1) {
    const difference = (one.means[index] ?? Number.NaN) - (other.means[index] ?? Number.NaN);
    if (Number.isNaN(difference)) continue;
    squares += difference * difference;
    known += 1;
  }
  const apart = known === 0 ? 0 : (3 * squares) / known;
  return 1 - squaredDistance / (one.variance + other.variance + apart);
}
