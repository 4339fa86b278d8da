import type { Angle, Joint, JointAngle, JointAngles } from '../pose/index.ts';
import { type ByteReader, refuse } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { quantizeAngle, quantizeLikelihood, restoreAngle, restoreLikelihood } from './quantize.ts';

/*
 * Joint angles of one person: for every joint and then for the view, u16 of 0.01° and u8 of confidence.
 */
/** The order on the wire. It belongs to the format: another order, or another joint, takes a new WIRE_VERSION. */
export const WIRE_JOINTS = [
  'leftElbow',
  'rightElbow',
  'leftShoulder',
  'rightShoulder',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
  'leftWrist',
  'rightWrist',
  'neck',
  'trunk',
] as const satisfies readonly Joint[];

/** What unknown angles are written as: the reason, counted from the first number behind 180.00°. */
const REASONS = ['missing', 'hidden', 'invalid', 'degenerate'] as const;
const FIRST_REASON = 18_001;

export function writeAngles(writer: ByteWriter, { joints, view }: JointAngles): void {
  for (const joint of WIRE_JOINTS) writeAngle(writer, joints[joint]);
  writeAngle(writer, view);
}

function writeAngle(writer: ByteWriter, { degrees, confidence, reason = 'invalid' }: Angle): void {
  const step = degrees === undefined ? FIRST_REASON + REASONS.indexOf(reason) : quantizeAngle(degrees);
  writer.unsigned(step, 2, 'an angle');
  writer.unsigned(quantizeLikelihood(confidence), 1, 'a confidence');
}

export function readAngles(reader: ByteReader): JointAngles {
  const joints = Object.fromEntries(
    WIRE_JOINTS.map((joint): [Joint, JointAngle] => [joint, { joint, ...readAngle(reader) }]),
  ) as Record<Joint, JointAngle>;
  return { joints, view: readAngle(reader) };
}

function readAngle(reader: ByteReader): Angle {
  const step = reader.unsigned(2);
  const confidence = restoreLikelihood(reader.unsigned(1));
  const reason = REASONS[step - FIRST_REASON];
  if (reason !== undefined) return { degrees: undefined, confidence, reason };
  return step < FIRST_REASON ? { degrees: restoreAngle(step), confidence } : refuse('an angle is over 180°.');
}
