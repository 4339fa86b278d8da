/** Watts per kilogram in the middle of the scale. */
const MIDDLE_POWER = 1;

/** Movement of the same form has power in proportion to its tempo cubed: eight times for twice the tempo. */
const EXPONENT = 2 / 3;

/**
 * Kinetic power on a scale from 0 to 100 that never ends: 100·q / (1 + q), where q = (power / 1 W/kg)^(2/3).
 *
 * | effort | power | what has about that |
 * |---|---|---|
 * | 0 | 0 W/kg | standing still |
 * | 20 | 1/8 W/kg | slow squats (a real clip: 19) |
 * | 50 | 1 W/kg | a calm dance (two real clips: 43, 52); walking a little less (motion capture: 37) |
 * | 80 | 8 W/kg | jumping jacks (13 real clips, whose scale wavers: median 81); break-dance (two: 67, 75) |
 *
 * The same movement at twice the tempo goes from 20 to 50 and from 50 to 80; with twice the amplitude from 50 to 72.
 * @param power watts per kilogram, 0 or more
 */
export function effortOf(power: number): number {
  const ratio = (power / MIDDLE_POWER) ** EXPONENT;
  return (100 * ratio) / (1 + ratio);
}

/** The power in watts per kilogram that has an effort below 100: the inverse of `effortOf`. */
export function powerOf(effort: number): number {
  return MIDDLE_POWER * (effort / (100 - effort)) ** (1 / EXPONENT);
}
