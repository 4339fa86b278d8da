import type { Angle, Joint, JointAngle, JointAngles } from '../pose/index.ts';
import { type ByteReader, refuse } from './byte-reader.ts';
import { type ByteWriter, checkedFinite } from './byte-writer.ts';
import { quantizeAngle, quantizeLikelihood, restoreAngle, restoreLikelihood } from './quantize.ts';

/*
 * Joint angles of one person: for every joint and then for the view, i16 of 0.01° and u8 of confidence.
 */
const ANGLE_BYTES = 3;

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

/** What unknown angles are written as: the reason, in numbers no angle reaches. */
const REASONS = ['missing', 'hidden', 'invalid', 'degenerate'] as const;
const FIRST_REASON = -32_768;

export function writeAngles(writer: ByteWriter, { joints, view }: JointAngles): void {
  for (const joint of WIRE_JOINTS) writeAngle(writer, joints[joint]);
  writeAngle(writer, view);
}

function writeAngle(writer: ByteWriter, { degrees, confidence, reason = 'invalid' }: Angle): void {
  const at = writer.take(ANGLE_BYTES);
  const step =
    degrees === undefined
      ? FIRST_REASON + REASONS.indexOf(reason)
      : quantizeAngle(checkedFinite(degrees, 'an angle'));
  writer.view.setInt16(at, step, true);
  writer.view.setUint8(at + 2, quantizeLikelihood(checkedFinite(confidence, 'an angle’s confidence')));
}

export function readAngles(reader: ByteReader): JointAngles {
  const joints = Object.fromEntries(
    WIRE_JOINTS.map((joint): [Joint, JointAngle] => [joint, { joint, ...readAngle(reader) }]),
  ) as Record<Joint, JointAngle>;
  return { joints, view: readAngle(reader) };
}

function readAngle(reader: ByteReader): Angle {
  const at = reader.take(ANGLE_BYTES);
  const step = reader.view.getInt16(at, true);
  const confidence = restoreLikelihood(reader.view.getUint8(at + 2));
  const reason = REASONS[step - FIRST_REASON];
  if (reason !== undefined) return { degrees: undefined, confidence, reason };
  const degrees = restoreAngle(step);
  return degrees < 0 || degrees > 180
    ? refuse('an angle in it is not from 0 to 180°.')
    : { degrees, confidence };
}
