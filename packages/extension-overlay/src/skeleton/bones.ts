import { BODY_CONNECTIONS } from '@pose-coach/core';

/** Which of the person's own sides something belongs to; `middle` belongs to both. */
export type Side = 'left' | 'right' | 'middle';
export const SIDES: readonly Side[] = ['middle', 'right', 'left'];

/** A line of the body below the head. */
export interface Bone {
  readonly from: number;
  readonly to: number;
  readonly side: Side;
  /** Of a palm: drawn thinner than limbs, and not at all where the whole hand is. */
  readonly palm: boolean;
}

/** Landmarks 0 to 10 are the face, which themes draw as one head; from 11 on, odd ones are left and even ones right. */
export const FIRST_BODY_LANDMARK = 11;

/** The knuckles in the body's own table. */
function isKnuckle(landmark: number): boolean {
  return landmark >= 17 && landmark <= 22;
}

function sideOf(landmark: number): Side {
  return landmark % 2 === 1 ? 'left' : 'right';
}

export const BONES: readonly Bone[] = BODY_CONNECTIONS.filter(([from]) => from >= FIRST_BODY_LANDMARK).map(
  ([from, to]) => ({
    from,
    to,
    side: sideOf(from) === sideOf(to) ? sideOf(from) : 'middle',
    palm: isKnuckle(from) || isKnuckle(to),
  }),
);

/** Shoulders, elbows, wrists, hips, knees, ankles: the joints that are worth a mark of their own. */
export const MAIN_JOINTS: readonly number[] = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/** The side of a main joint. */
export function jointSide(joint: number): 'left' | 'right' {
  return joint % 2 === 1 ? 'left' : 'right';
}
