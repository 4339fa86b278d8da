import { BODY_LANDMARKS as BODY } from '@pose-coach/core';
import { BODY_SEGMENTS } from '../energy/index.ts';

/**
 * How far the body's centre of mass (Winter's segments) is from being over the feet, along the ground and in the unit
 * of the positions: from the line between the middles of both feet. Who stands or squats keeps it within half a
 * foot's length; who is further away sits, kneels, lies or leans on something. NaN while trunk or ankles are unknown.
 * @param position x, y (down) and z of the landmarks; arms, head and feet may be NaN: ankles then stand for the feet
 */
export function distanceFromFeet(position: Float64Array): number {
  const leftX = footAt(position, 'left', 0);
  const leftZ = footAt(position, 'left', 2);
  const alongX = footAt(position, 'right', 0) - leftX;
  const alongZ = footAt(position, 'right', 2) - leftZ;
  const massX = massAt(position, 0) - leftX;
  const massZ = massAt(position, 2) - leftZ;
  const square = alongX * alongX + alongZ * alongZ;
  const share = square > 0 ? (massX * alongX + massZ * alongZ) / square : 0;
  const nearest = Math.max(0, Math.min(1, share));
  return Math.hypot(massX - nearest * alongX, massZ - nearest * alongZ);
}

/** The middle of the sole along an axis. */
function footAt(position: Float64Array, side: 'left' | 'right', axis: number): number {
  const heel = position[BODY[`${side}Heel`] * 3 + axis] ?? Number.NaN;
  const toe = position[BODY[`${side}FootIndex`] * 3 + axis] ?? Number.NaN;
  const sole = (heel + toe) / 2;
  return Number.isNaN(sole) ? (position[BODY[`${side}Ankle`] * 3 + axis] ?? Number.NaN) : sole;
}

/** The centre of mass of the segments that are known, along an axis; NaN without the trunk, which is half of it. */
function massAt(position: Float64Array, axis: number): number {
  let sum = 0;
  let mass = 0;
  for (const segment of BODY_SEGMENTS) {
    let centre = 0;
    for (const [landmark, weight] of segment.landmarks)
      centre += weight * (position[landmark * 3 + axis] ?? Number.NaN);
    if (Number.isNaN(centre)) {
      if (segment.part === 'torso') return Number.NaN;
      continue;
    }
    sum += segment.mass * centre;
    mass += segment.mass;
  }
  return sum / mass;
}
