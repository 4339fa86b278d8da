/** A rise and fall out of a level, as `fitFlight` finds it. */
export interface FlightFit {
  /** Moment of the highest point, in the unit of the times. */
  readonly apex: number;
  /** From leaving the level to reaching it again. */
  readonly duration: number;
  /** Height of the highest point above the level, in the unit of the heights. */
  readonly rise: number;
  /** Share of the heights' variance that the fit explains, up to 1. */
  readonly explained: number;
  /** Standard deviation of what is left, in the unit of the heights. */
  readonly residual: number;
  /** The rise over its standard error: what noise makes of level ground stays below 5 or so. */
  readonly significance: number;
  /** How many moments lie within the flight. */
  readonly moments: number;
}

/** How much ground is looked at before and after the flight, in seconds. Hops follow one another after 0.2 s. */
const GROUND = 0.12;
/** Seconds in the air that are tried: 2·√(2h/g) of 2 cm and of 80 cm. */
const SHORTEST = 0.13;
const LONGEST = 0.81;
const COARSE_RATIO = 1.09;
/** Seconds around the guessed apex in which the true one is sought. */
const APEX_RANGE = 0.1;
const APEX_STEP = 0.0125;
/** How often the steps are halved after the coarse search: to a millisecond or so. */
const REFINEMENTS = 4;
/** Seconds around the guessed apex beyond which nothing that is tried reaches. */
const REACH = (COARSE_RATIO * LONGEST) / 2 + GROUND + APEX_RANGE + 2 * APEX_STEP;

/**
 * Fits the path of a thrown body between two stretches of ground: `level + slope·t + rise·(1 − (2t/duration)²)`,
 * never below its level. Level, slope and rise by linear least squares, apex and duration by search.
 * @param times seconds, increasing
 * @param heights as many
 * @param guess where the apex is about
 */
export function fitFlight(
  times: Float64Array,
  heights: Float64Array,
  length: number,
  guess: number,
): FlightFit | undefined {
  let first = 0;
  while (first < length && (times[first] ?? 0) < guess - REACH) first += 1;
  let end = first;
  while (end < length && (times[end] ?? 0) <= guess + REACH) end += 1;
  const [near, heightsNear] = [times.subarray(first, end), heights.subarray(first, end)];
  let best: FlightFit | undefined;
  const consider = (apex: number, duration: number) => {
    const fit = fitRise(near, heightsNear, end - first, apex, duration);
    if (fit && (!best || fit.explained > best.explained)) best = fit;
  };
  for (let duration = SHORTEST; duration <= LONGEST; duration *= COARSE_RATIO) {
    for (let shift = -APEX_RANGE; shift <= APEX_RANGE; shift += APEX_STEP) consider(guess + shift, duration);
  }
  let apexStep = APEX_STEP / 2;
  let ratio = Math.sqrt(COARSE_RATIO);
  for (let round = 0; round < REFINEMENTS && best; round += 1) {
    const { apex, duration } = best as FlightFit;
    for (const shift of [-apexStep, 0, apexStep]) {
      for (const factor of [1 / ratio, 1, ratio]) consider(apex + shift, duration * factor);
    }
    apexStep /= 2;
    ratio = Math.sqrt(ratio);
  }
  return best;
}

/** How high a path rises with a flight of known apex and duration. */
export function fitRise(
  times: Float64Array,
  heights: Float64Array,
  length: number,
  apex: number,
  duration: number,
): FlightFit | undefined {
  const half = duration / 2;
  const [from, until] = [apex - half - GROUND, apex + half + GROUND];
  let count = 0;
  let moments = 0;
  let before = 0;
  let after = 0;
  // Sums for the normal equations of 1, t and the parabola p. Each by itself: taken from a list they are objects.
  let t1 = 0;
  let t2 = 0;
  let p1 = 0;
  let p2 = 0;
  let tp = 0;
  let y1 = 0;
  let y2 = 0;
  let ty = 0;
  let py = 0;
  for (let index = 0; index < length; index += 1) {
    const time = times[index] ?? 0;
    if (time < from) continue;
    if (time > until) break;
    const t = time - apex;
    const y = heights[index] ?? 0;
    const p = Math.max(0, 1 - (t / half) ** 2);
    count += 1;
    if (p > 0) moments += 1;
    else if (t < 0) before += 1;
    else after += 1;
    t1 += t;
    t2 += t * t;
    p1 += p;
    p2 += p * p;
    tp += t * p;
    y1 += y;
    y2 += y * y;
    ty += t * y;
    py += p * y;
  }
  if (moments < 3 || before < 2 || after < 2) return undefined;
  // About the means, the level drops out.
  const tt = t2 - (t1 * t1) / count;
  const pp = p2 - (p1 * p1) / count;
  const cross = tp - (t1 * p1) / count;
  const yy = y2 - (y1 * y1) / count;
  const tY = ty - (t1 * y1) / count;
  const pY = py - (p1 * y1) / count;
  const determinant = tt * pp - cross * cross;
  if (!(determinant > 0) || !(yy > 0)) return undefined;
  const rise = (pY * tt - tY * cross) / determinant;
  const slope = (tY * pp - pY * cross) / determinant;
  const explained = (rise * pY + slope * tY) / yy;
  // Five numbers were fitted: level, slope, rise, apex and duration.
  const residual = Math.sqrt((Math.max(0, 1 - explained) * yy) / Math.max(1, count - 5));
  const significance = (rise * Math.sqrt(determinant / tt)) / residual;
  return { apex, duration, rise, explained, residual, significance, moments };
}
