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
export const HAND_STUBS: Readonly<Record<'left' | 'right', readonly number[]>> = {
  left: [17, 19, 21],
  right: [18, 20, 22],
};

const BODY_LINES: ReadonlyArray<readonly [from: number, to: number]> = [
  // head: ear, eye, nose, eye, ear; mouth
  [7, 3],
  [3, 2],
  [2, 1],
  [1, 0],
  [0, 4],
  [4, 5],
  [5, 6],
  [6, 8],
  [9, 10],
  // trunk
  [11, 12],
  [23, 24],
  [11, 23],
  [12, 24],
  // arms, with the stubs of the hands
  [11, 13],
  [13, 15],
  [15, 17],
  [17, 19],
  [19, 15],
  [15, 21],
  [12, 14],
  [14, 16],
  [16, 18],
  [18, 20],
  [20, 16],
  [16, 22],
  // legs
  [23, 25],
  [25, 27],
  [27, 29],
  [29, 31],
  [31, 27],
  [24, 26],
  [26, 28],
  [28, 30],
  [30, 32],
  [32, 28],
];

/** The body's 35 lines. */
export const BODY_BONES: readonly Bone[] = BODY_LINES.map(([from, to]) => {
  const side = landmarkSide(from);
  return { from, to, side: landmarkSide(to) === side ? side : 'middle' };
});

/** The hand's 21 lines: a palm, and three links of each finger. */
export const HAND_BONES: ReadonlyArray<readonly [from: number, to: number]> = [
  [0, 1],
  [0, 5],
  [5, 9],
  [9, 13],
  [13, 17],
  [0, 17],
  ...[1, 5, 9, 13, 17].flatMap(
    (root): Array<readonly [number, number]> => [
      [root, root + 1],
      [root + 1, root + 2],
      [root + 2, root + 3],
    ],
  ),
];
