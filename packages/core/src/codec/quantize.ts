/**
 * Image coordinates go over the wire clamped to [-1, 2]: a joint may be a whole picture outside on either side,
 * which is farther than any overlay shows.
 */
export const COORDINATE_MINIMUM = -1;
export const COORDINATE_MAXIMUM = 2;

/**
 * Steps of an image coordinate: 3 / 65535 of the picture, 0.088 px of 1920, so that rounding is off by at most
 * 0.044 px where half a pixel is allowed.
 */
const COORDINATE_STEPS = 65_535 / (COORDINATE_MAXIMUM - COORDINATE_MINIMUM);

/** Steps per image width of z, and per metre of world coordinates: 0.12 mm, in a range of ±4. */
const DEPTH_STEPS = 8192;

/** Steps of a likelihood in [0, 1]. */
const LIKELIHOOD_STEPS = 255;

/** Steps per degree of a joint angle. */
const ANGLE_STEPS = 100;

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}

/** An image x or y as 16 unsigned bits. */
export function quantizeCoordinate(value: number): number {
  const clamped = clamp(value, COORDINATE_MINIMUM, COORDINATE_MAXIMUM);
  return Math.round((clamped - COORDINATE_MINIMUM) * COORDINATE_STEPS);
}

export function restoreCoordinate(step: number): number {
  return step / COORDINATE_STEPS + COORDINATE_MINIMUM;
}

/** An image z or a world coordinate as 16 signed bits, clamped to [-4, 4). */
export function quantizeDepth(value: number): number {
  return clamp(Math.round(value * DEPTH_STEPS), -32_768, 32_767);
}

export function restoreDepth(step: number): number {
  return step / DEPTH_STEPS;
}

/** A visibility, score or confidence as 8 bits, clamped to [0, 1]. */
export function quantizeLikelihood(value: number): number {
  return Math.round(clamp(value, 0, 1) * LIKELIHOOD_STEPS);
}

export function restoreLikelihood(step: number): number {
  return step / LIKELIHOOD_STEPS;
}

/** Degrees of an unsigned angle as 16 bits, clamped to [0, 180]. */
export function quantizeAngle(degrees: number): number {
  return Math.round(clamp(degrees, 0, 180) * ANGLE_STEPS);
}

export function restoreAngle(step: number): number {
  return step / ANGLE_STEPS;
}
