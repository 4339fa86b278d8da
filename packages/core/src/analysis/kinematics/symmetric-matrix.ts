/**
 * Inverts the 4×4 matrix of moments whose element (row, column) is `moments[row + column]`, by Cholesky's
 * decomposition.
 * @param moments seven numbers
 * @param inverse sixteen numbers, row by row, that are written
 * @returns whether there is an inverse; without one, `inverse` holds nothing of use
 */
export function invertSymmetric4(moments: Float64Array, inverse: Float64Array): boolean {
  const lower = LOWER;
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = moments[row + column] ?? 0;
      for (let k = 0; k < column; k += 1) rest -= (lower[row * 4 + k] ?? 0) * (lower[column * 4 + k] ?? 0);
      if (row > column) lower[row * 4 + column] = rest / (lower[column * 4 + column] ?? 1);
      else if (rest > SMALLEST_PIVOT * (moments[0] ?? 0)) lower[row * 5] = Math.sqrt(rest);
      else return false;
    }
  }
  for (let unit = 0; unit < 4; unit += 1) {
    for (let row = 0; row < 4; row += 1) {
      let rest = row === unit ? 1 : 0;
      for (let k = 0; k < row; k += 1) rest -= (lower[row * 4 + k] ?? 0) * (COLUMN[k] ?? 0);
      COLUMN[row] = rest / (lower[row * 5] ?? 1);
    }
    for (let row = 3; row >= 0; row -= 1) {
      let rest = COLUMN[row] ?? 0;
      for (let k = row + 1; k < 4; k += 1) rest -= (lower[k * 4 + row] ?? 0) * (COLUMN[k] ?? 0);
      COLUMN[row] = rest / (lower[row * 5] ?? 1);
    }
    for (let row = 0; row < 4; row += 1) inverse[row * 4 + unit] = COLUMN[row] ?? 0;
  }
  return true;
}

/** Relative to the first moment: smaller pivots are rounding, and what they divide has no digits left. */
const SMALLEST_PIVOT = 1e-10;

/** Scratch that holds nothing between calls. */
const LOWER = /* @__PURE__ */ new Float64Array(16);
const COLUMN = /* @__PURE__ */ new Float64Array(4);
