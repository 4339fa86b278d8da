/** One of the six parts that a body is divided into when parts are compared or coloured. */
export type BodyPart = 'head' | 'torso' | 'leftArm' | 'rightArm' | 'leftLeg' | 'rightLeg';

/**
 * The landmark indices of each part (the seed system's table). The shoulders and hips belong to the torso and to
 * their limb, so that a limb's movement includes the joint it hangs on.
 */
export const BODY_PARTS: Readonly<Record<BodyPart, readonly number[]>> = {
  head: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  torso: [11, 12, 23, 24],
  leftArm: [11, 13, 15, 17, 19, 21],
  rightArm: [12, 14, 16, 18, 20, 22],
  leftLeg: [23, 25, 27, 29, 31],
  rightLeg: [24, 26, 28, 30, 32],
};
