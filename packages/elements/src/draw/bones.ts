import { BODY_CONNECTIONS } from '@pose-coach/core';

/** Which of the person's own sides something belongs to; `middle` belongs to both. */
export type BodySide = 'left' | 'right' | 'middle';

/** A line between two landmarks. */
export interface Bone {
  readonly from: number;
  readonly to: number;
  readonly side: BodySide;
}

/** Landmarks 0 to 10 are the head; from 11 on, odd ones are left and even ones right (BlazePose's numbering). */
const FIRST_BODY_LANDMARK = 11;

/** The side a body landmark belongs to. */
export function landmarkSide(landmark: number): BodySide {
  if (landmark < FIRST_BODY_LANDMARK) return 'middle';
  return landmark % 2 === 1 ? 'left' : 'right';
}

/** The landmarks of the left and right palm and fingers in the body's own table; a `Hand` says the same better. */
export const KNUCKLES: Readonly<Record<'left' | 'right', readonly number[]>> = {
  left: [17, 19, 21],
  right: [18, 20, 22],
};

/** The body's lines, each with the side it is coloured for. */
export const BODY_BONES: readonly Bone[] = /* @__PURE__ */ BODY_CONNECTIONS.map(([from, to]) => {
  const side = landmarkSide(from);
  return { from, to, side: landmarkSide(to) === side ? side : 'middle' };
});
