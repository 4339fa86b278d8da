import { BODY_LANDMARKS as BODY, type BodyPart } from '@pose-coach/core';

/** A rigid piece of the body: how heavy it is and where its centre of mass lies between landmarks. */
export interface BodySegment {
  readonly part: BodyPart;
  /** Share of the body's mass. */
  readonly mass: number;
  /** Its centre of mass is the weighted mean of these landmarks; the weights add up to 1. */
  readonly landmarks: readonly (readonly [landmark: number, weight: number])[];
  /** Whether any one of the landmarks tells how it moves; else all are needed. */
  readonly anyLandmark?: true;
}

/**
 * The segments with masses and centres of mass of D. A. Winter, "Biomechanics and Motor Control of Human Movement",
 * 4th ed. 2009, table 4.1 (after Dempster): hand and foot go with forearm and shin, so that wrist and ankle are
 * enough. Centres as shares of the way from the upper joint to the lower: upper arm 0.436, forearm and hand 0.682,
 * thigh 0.433, shin and foot 0.606, trunk 0.5; that of head and neck is at the ears, and the nose is taken with them
 * so that a head that turns moves.
 */
export const BODY_SEGMENTS: readonly BodySegment[] = [
  {
    part: 'head',
    mass: 0.081,
    landmarks: [
      [BODY.nose, 1 / 3],
      [BODY.leftEar, 1 / 3],
      [BODY.rightEar, 1 / 3],
    ],
    anyLandmark: true,
  },
  {
    part: 'torso',
    mass: 0.497,
    landmarks: [
      [BODY.leftShoulder, 0.25],
      [BODY.rightShoulder, 0.25],
      [BODY.leftHip, 0.25],
      [BODY.rightHip, 0.25],
    ],
  },
  between('leftArm', 0.028, 0.436, BODY.leftShoulder, BODY.leftElbow),
  between('leftArm', 0.022, 0.682, BODY.leftElbow, BODY.leftWrist),
  between('rightArm', 0.028, 0.436, BODY.rightShoulder, BODY.rightElbow),
  between('rightArm', 0.022, 0.682, BODY.rightElbow, BODY.rightWrist),
  between('leftLeg', 0.1, 0.433, BODY.leftHip, BODY.leftKnee),
  between('leftLeg', 0.061, 0.606, BODY.leftKnee, BODY.leftAnkle),
  between('rightLeg', 0.1, 0.433, BODY.rightHip, BODY.rightKnee),
  between('rightLeg', 0.061, 0.606, BODY.rightKnee, BODY.rightAnkle),
];

function between(part: BodyPart, mass: number, centre: number, upper: number, lower: number): BodySegment {
  return {
    part,
    mass,
    landmarks: [
      [upper, 1 - centre],
      [lower, centre],
    ],
  };
}
