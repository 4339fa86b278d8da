import { invertSymmetric4 } from './symmetric-matrix.ts';

/** At 120 Hz, 33 samples fall into the window; faster sources are thinned, see `MINIMUM_SPACING`. */
const CAPACITY = 40;

/** Seconds. Frames that follow sooner than at 125 Hz add nothing to motion below 10 Hz. */
const MINIMUM_SPACING = 0.0075;

/** A cubic has four coefficients; a fifth sample is what tells how well it fits. */
const FEWEST_SAMPLES = 5;

/**
 * The noise of the slope, times the window's half width and the square root of the number of samples, for samples of
 * unit noise. In a whole window it is about 5 at any rate (derived: 75/4 under constant weights gives 4.3, the
 * Epanechnikov weights and the missing edge add the rest). Beyond twice that, the slope is extrapolated.
 */
const GREATEST_NOISE_GAIN = 11;

/** How the samples of one mask weigh: solved once, shared by all points that were seen in the same samples. */
interface Solution {
  mask: number;
  maskHigh: number;
  known: boolean;
  /** What the residual sum of squares is divided by to give the samples' variance. */
  freedom: number;
  /** Variance of the slope per variance of the samples, in 1/(half width)². */
  slopeVariance: number;
  readonly inverse: Float64Array;
}

/**
 * Value and first three derivatives of many points from irregularly timed samples: weighted local regression with a
 * cubic (Cleveland 1979, "Robust Locally Weighted Regression and Smoothing Scatterplots"; Fan and Gijbels 1996,
 * "Local Polynomial Modelling", ch. 3), which at equal spacing is the filter of Savitzky and Golay (1964). Weights
 * are Epanechnikov's, 1 − (τ/h)², over a window of fixed *seconds*, so that every frame rate sees the same
 * frequencies. Samples in which a point is hidden leave the fit of that point alone.
 */
export class CubicWindow {
  /** Taylor coefficients c0…c3 about the centre of each point's x, y and z, four after four; NaN where not known. */
  readonly coefficients: Float64Array;
  /** Variance of each channel's slope (c1), by residual variance and leverage; NaN where not known. */
  readonly slopeVariance: Float64Array;
  readonly #points: number;
  readonly #times = new Float64Array(CAPACITY);
  readonly #values: Float64Array;
  readonly #seen: Uint8Array;
  #next = 0;
  #count = 0;
  #latest = Number.NEGATIVE_INFINITY;
  readonly #moments: Float64Array;
  readonly #squares: Float64Array;
  readonly #masks: Uint32Array;
  readonly #masksHigh: Uint32Array;
  readonly #tau = new Float64Array(CAPACITY);
  readonly #solutions: Solution[] = [];
  #solved = 0;

  /** @param points how many points of x, y and z there are */
  constructor(points: number) {
    this.#points = points;
    this.#values = new Float64Array(CAPACITY * points * 3);
    this.#seen = new Uint8Array(CAPACITY * points);
    this.coefficients = new Float64Array(points * 12);
    this.slopeVariance = new Float64Array(points * 3);
    this.#moments = new Float64Array(points * 12);
    this.#squares = new Float64Array(points * 3);
    this.#masks = new Uint32Array(points);
    this.#masksHigh = new Uint32Array(points);
  }

  /**
   * Takes a sample.
   * @param time seconds, later than the one before
   * @param values x, y and z of each point; read only where seen
   * @param seen 1 for each point that was seen, else 0
   */
  push(time: number, values: Float64Array, seen: Uint8Array): void {
    if (time - this.#latest < MINIMUM_SPACING) return;
    const slot = this.#next;
    this.#times[slot] = time;
    this.#values.set(values, slot * this.#points * 3);
    this.#seen.set(seen, slot * this.#points);
    this.#next = (slot + 1) % CAPACITY;
    this.#count = Math.min(this.#count + 1, CAPACITY);
    this.#latest = time;
  }

  clear(): void {
    this.#count = 0;
    this.#next = 0;
    this.#latest = Number.NEGATIVE_INFINITY;
  }

  /**
   * Fits all points about a moment; `coefficients` and `slopeVariance` then hold the result.
   * @param centre seconds
   * @param halfWidth seconds on either side that count
   * @param longestGap seconds between two samples of a point beyond which its motion is not known
   */
  fit(centre: number, halfWidth: number, longestGap: number): void {
    this.#gather(centre, halfWidth);
    this.#solved = 0;
    for (let point = 0; point < this.#points; point += 1) {
      const solution = this.#solve(
        this.#masks[point] ?? 0,
        this.#masksHigh[point] ?? 0,
        longestGap / halfWidth,
      );
      if (solution.known) this.#conclude(point, solution, halfWidth);
      else this.#forget(point);
    }
  }

  /** Adds up each channel's weighted moments Σ w·uᵏ·y and squares Σ w·y², with u = τ / half width. */
  #gather(centre: number, halfWidth: number): void {
    const points = this.#points;
    const moments = this.#moments.fill(0);
    const squares = this.#squares.fill(0);
    const masks = this.#masks.fill(0);
    const masksHigh = this.#masksHigh.fill(0);
    const values = this.#values;
    const seen = this.#seen;
    for (let slot = 0; slot < this.#count; slot += 1) {
      const u = ((this.#times[slot] ?? 0) - centre) / halfWidth;
      this.#tau[slot] = u;
      const w0 = 1 - u * u;
      if (!(w0 > 0)) continue;
      const w1 = w0 * u;
      const w2 = w1 * u;
      const w3 = w2 * u;
      const [low, high] = slot < 32 ? [1 << slot, 0] : [0, 1 << (slot - 32)];
      let channel = slot * points * 3;
      for (let point = 0; point < points; point += 1) {
        if (seen[slot * points + point] === 0) {
          channel += 3;
          continue;
        }
        masks[point] = (masks[point] ?? 0) | low;
        masksHigh[point] = (masksHigh[point] ?? 0) | high;
        for (let axis = 0; axis < 3; axis += 1) {
          const y = values[channel] ?? 0;
          channel += 1;
          const at = point * 12 + axis * 4;
          moments[at] = (moments[at] ?? 0) + w0 * y;
          moments[at + 1] = (moments[at + 1] ?? 0) + w1 * y;
          moments[at + 2] = (moments[at + 2] ?? 0) + w2 * y;
          moments[at + 3] = (moments[at + 3] ?? 0) + w3 * y;
          const square = point * 3 + axis;
          squares[square] = (squares[square] ?? 0) + w0 * y * y;
        }
      }
    }
  }

  #solve(mask: number, maskHigh: number, longestGap: number): Solution {
    for (let index = 0; index < this.#solved; index += 1) {
      const solution = this.#solutions[index];
      if (solution?.mask === mask && solution.maskHigh === maskHigh) return solution;
    }
    let solution = this.#solutions[this.#solved];
    if (!solution) {
      solution = {
        mask,
        maskHigh,
        known: false,
        freedom: 0,
        slopeVariance: Number.NaN,
        inverse: new Float64Array(16),
      };
      this.#solutions.push(solution);
    }
    this.#solved += 1;
    solution.mask = mask;
    solution.maskHigh = maskHigh;
    this.#weigh(solution, longestGap);
    return solution;
  }

  /** Solves the normal equations of the samples in a mask, and says what they are good for. */
  #weigh(solution: Solution, longestGap: number): void {
    solution.known = false;
    const first = POWERS_OF_WEIGHTS.fill(0);
    const second = POWERS_OF_SQUARED_WEIGHTS.fill(0);
    let count = 0;
    let previous = Number.NaN;
    // Slots in the order of time, from the oldest.
    for (let age = this.#count; age > 0; age -= 1) {
      const slot = (this.#next - age + CAPACITY) % CAPACITY;
      const bit = slot < 32 ? solution.mask & (1 << slot) : solution.maskHigh & (1 << (slot - 32));
      if (bit === 0) continue;
      const u = this.#tau[slot] ?? 0;
      if (u - previous > longestGap) return;
      previous = u;
      count += 1;
      const weight = 1 - u * u;
      let power = weight;
      for (let exponent = 0; exponent < 7; exponent += 1) {
        first[exponent] = (first[exponent] ?? 0) + power;
        second[exponent] = (second[exponent] ?? 0) + power * weight;
        power *= u;
      }
    }
    if (count < FEWEST_SAMPLES) return;
    const inverse = solution.inverse;
    if (!invertSymmetric4(first, inverse)) return;
    // With A = M⁻¹XᵀW: var c1 = σ² (M⁻¹ S M⁻¹)₁₁ and E Σ w r² = σ² (Σ w − tr M⁻¹S), where S = XᵀW²X.
    let trace = 0;
    let variance = 0;
    for (let row = 0; row < 4; row += 1) {
      for (let column = 0; column < 4; column += 1) {
        const moment = second[row + column] ?? 0;
        trace += (inverse[row * 4 + column] ?? 0) * moment;
        variance += (inverse[4 + row] ?? 0) * moment * (inverse[4 + column] ?? 0);
      }
    }
    solution.freedom = (first[0] ?? 0) - trace;
    solution.slopeVariance = variance;
    solution.known = variance * count <= GREATEST_NOISE_GAIN ** 2 && solution.freedom > 0;
  }

  #conclude(point: number, { inverse, freedom, slopeVariance }: Solution, halfWidth: number): void {
    const moments = this.#moments;
    for (let axis = 0; axis < 3; axis += 1) {
      const at = point * 12 + axis * 4;
      const b0 = moments[at] ?? 0;
      const b1 = moments[at + 1] ?? 0;
      const b2 = moments[at + 2] ?? 0;
      const b3 = moments[at + 3] ?? 0;
      let explained = 0;
      let unit = 1;
      for (let row = 0; row < 4; row += 1) {
        const coefficient =
          (inverse[row * 4] ?? 0) * b0 +
          (inverse[row * 4 + 1] ?? 0) * b1 +
          (inverse[row * 4 + 2] ?? 0) * b2 +
          (inverse[row * 4 + 3] ?? 0) * b3;
        explained += coefficient * (moments[at + row] ?? 0);
        this.coefficients[at + row] = coefficient * unit;
        unit /= halfWidth;
      }
      const channel = point * 3 + axis;
      const residual = Math.max(0, (this.#squares[channel] ?? 0) - explained);
      this.slopeVariance[channel] = ((residual / freedom) * slopeVariance) / (halfWidth * halfWidth);
    }
  }

  #forget(point: number): void {
    this.coefficients.fill(Number.NaN, point * 12, point * 12 + 12);
    this.slopeVariance.fill(Number.NaN, point * 3, point * 3 + 3);
  }
}

/** Scratch of `#weigh`, which leaves nothing in it: Σ w·uᵏ and Σ w²·uᵏ for k = 0…6. */
const POWERS_OF_WEIGHTS = /* @__PURE__ */ new Float64Array(7);
const POWERS_OF_SQUARED_WEIGHTS = /* @__PURE__ */ new Float64Array(7);
