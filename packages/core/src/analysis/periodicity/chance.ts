/** Samples, spread evenly, that are enough to know how channels move together. */
const MOST_ROWS = 64;

/**
 * Standard error of the pooled correlation of movement with itself at a lag at which it has nothing to do with itself:
 * Bartlett's formula ("On the theoretical specification and sampling properties of autocorrelated time-series",
 * Supplement to the Journal of the Royal Statistical Society 8, 1946) over the main lobe, since what comes after it is
 * the repetition that is asked for; less by the number of independent ways in which the channels move.
 * @param correlations of these channels, as `Autocorrelation` gives them
 * @returns above 0; 1 at most
 */
export function chance(
  channels: readonly Float32Array[],
  correlations: Float64Array,
  from: number,
  to: number,
): number {
  let lobe = 1;
  for (let lag = 1; lag < correlations.length; lag += 1) {
    const correlation = correlations[lag] ?? 0;
    if (correlation <= 0) break;
    lobe += 2 * correlation * correlation;
  }
  const independent = (to - from) * degreesOfFreedom(channels, from, to);
  return Math.min(1, Math.sqrt(lobe / independent));
}

/**
 * In how many independent ways channels move: (Σ λ)² / Σ λ² of their covariance's eigenvalues λ, which is its squared
 * trace over the sum of its squared elements. 1 when all move as one.
 */
function degreesOfFreedom(channels: readonly Float32Array[], from: number, to: number): number {
  const stride = Math.max(1, Math.floor((to - from) / MOST_ROWS));
  const rows = Math.floor((to - from) / stride);
  // One array of all: what may be missing from a list of arrays costs an object for every number.
  const centred = new Float64Array(channels.length * rows);
  for (const [index, channel] of channels.entries())
    centre(channel, from, stride, centred, index * rows, rows);
  let trace = 0;
  let squares = 0;
  for (let one = 0; one < channels.length; one += 1) {
    for (let other = 0; other <= one; other += 1) {
      let product = 0;
      for (let row = 0; row < rows; row += 1) {
        product += (centred[one * rows + row] ?? 0) * (centred[other * rows + row] ?? 0);
      }
      if (one === other) trace += product;
      squares += product * product * (one === other ? 1 : 2);
    }
  }
  return squares > 0 ? (trace * trace) / squares : 1;
}

/** Writes every `stride`-th sample of a channel, without their mean, to `rows` places from `at` on. */
function centre(
  channel: Float32Array,
  from: number,
  stride: number,
  centred: Float64Array,
  at: number,
  rows: number,
): void {
  let sum = 0;
  let known = 0;
  for (let row = 0; row < rows; row += 1) {
    const value = channel[from + row * stride] ?? Number.NaN;
    centred[at + row] = value;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  const mean = known === 0 ? 0 : sum / known;
  for (let row = 0; row < rows; row += 1) {
    const value = centred[at + row] ?? 0;
    centred[at + row] = Number.isNaN(value) ? 0 : value - mean;
  }
}
