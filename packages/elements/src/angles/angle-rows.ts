import type { Joint, UnknownAngle } from '@pose-coach/core';

/** One line of the table: a pair of joints, or one in the middle of the body (`right` absent). */
export interface AngleRow {
  readonly title: string;
  readonly left: Joint;
  readonly right?: Joint;
}

/** The lines from head to foot. */
export const ANGLE_ROWS: readonly AngleRow[] = [
  { title: 'Neck', left: 'neck' },
  { title: 'Shoulder', left: 'leftShoulder', right: 'rightShoulder' },
  { title: 'Elbow', left: 'leftElbow', right: 'rightElbow' },
  { title: 'Wrist', left: 'leftWrist', right: 'rightWrist' },
  { title: 'Trunk lean', left: 'trunk' },
  { title: 'Hip', left: 'leftHip', right: 'rightHip' },
  { title: 'Knee', left: 'leftKnee', right: 'rightKnee' },
  { title: 'Ankle', left: 'leftAnkle', right: 'rightAnkle' },
];

/** Why an angle is unknown, in words for the screen. */
export const UNKNOWN_REASONS: Readonly<Record<UnknownAngle, string>> = {
  missing: 'the engine does not find this joint',
  hidden: 'not clearly in view',
  invalid: 'the engine gave no usable position',
  degenerate: 'the limb points at the camera',
};
