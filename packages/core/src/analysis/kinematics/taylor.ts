/**
 * Arithmetic on functions of time known by their Taylor coefficients c0…c3 about a moment: what one does to the
 * coefficients is done to value, velocity, acceleration and jerk at once (Griewank and Walther 2008, "Evaluating
 * Derivatives", ch. 13). Operands are four numbers of an array, from an index on; results may not overlap them.
 */

/** Adds `factor`·a·b to the result. */
export function addProduct(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  factor: number,
  result: Float64Array,
  at: number,
): void {
  const a0 = (a[atA] ?? 0) * factor;
  const a1 = (a[atA + 1] ?? 0) * factor;
  const a2 = (a[atA + 2] ?? 0) * factor;
  const a3 = (a[atA + 3] ?? 0) * factor;
  const b0 = b[atB] ?? 0;
  const b1 = b[atB + 1] ?? 0;
  const b2 = b[atB + 2] ?? 0;
  const b3 = b[atB + 3] ?? 0;
  result[at] = (result[at] ?? 0) + a0 * b0;
  result[at + 1] = (result[at + 1] ?? 0) + a0 * b1 + a1 * b0;
  result[at + 2] = (result[at + 2] ?? 0) + a0 * b2 + a1 * b1 + a2 * b0;
  result[at + 3] = (result[at + 3] ?? 0) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
}

/** Writes 1/√a, for a0 > 0, by the recurrence of a power with exponent −½ (Griewank and Walther, table 13.2). */
export function inverseSquareRoot(a: Float64Array, atA: number, result: Float64Array, at: number): void {
  const a0 = a[atA] ?? 0;
  result[at] = 1 / Math.sqrt(a0);
  for (let order = 1; order < 4; order += 1) {
    let sum = 0;
    for (let k = 1; k <= order; k += 1) {
      sum += (-k / 2 - (order - k)) * (a[atA + k] ?? 0) * (result[at + order - k] ?? 0);
    }
    result[at + order] = sum / (order * a0);
  }
}
