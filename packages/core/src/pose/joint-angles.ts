import { BODY_LANDMARKS as BODY } from './body-landmarks.ts';
import type { Landmark } from './pose-frame.ts';
import { angleBetween, magnitude, midpoint, subtract, type Vector3 } from './vector.ts';

/** What an angle is measured at. */
export type Joint = (typeof JOINTS)[number];

/** Every joint in a fixed order, for tables and for codecs. */
export const JOINTS = [
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
] as const;

/**
 * Why an angle is not known: a landmark is absent (or the engine does not find it), hidden or out of the picture,
 * not a number, or two landmarks lie so close that there is no direction between them.
 */
export type UnknownAngle = 'missing' | 'hidden' | 'invalid' | 'degenerate';

/** An angle in degrees, or the reason why there is none. */
export interface Angle {
  /** 0 to 180 for joints, 0 to 90 for the view; `undefined` when it is not known, never a guess. */
  readonly degrees: number | undefined;
  /** In [0, 1]: the lowest visibility (or presence, if lower) of the landmarks it is made of. */
  readonly confidence: number;
  /** Present exactly when `degrees` is `undefined`. */
  readonly reason?: UnknownAngle;
}

/** The angle at one joint. */
export interface JointAngle extends Angle {
  readonly joint: Joint;
}

/** All joint angles of one person at one moment, and where they were seen from. */
export interface JointAngles {
  readonly joints: Readonly<Record<Joint, JointAngle>>;
  /**
   * From where the person is seen: 0° when the line across shoulders and hips lies in the picture's plane (seen
   * from the front or from behind), 90° when it points at the camera (seen from the side), also for somebody
   * lying down. Published error of a squat's knee angle: −2.3 ± 6.4° side-on, −13.9 ± 15.1° at 45–90° off.
   */
  readonly view: Angle;
}

export interface JointAngleOptions {
  /** Angles whose confidence is lower are `hidden`. Default 0.5: more likely seen than not. */
  readonly minimumConfidence?: number;
}

/** First end, joint and second end of the angles that three landmarks make. */
const TRIPLES = /* @__PURE__ */ triples();

const TRUNK = [BODY.leftShoulder, BODY.rightShoulder, BODY.leftHip, BODY.rightHip] as const;
const NECK = [BODY.leftEar, BODY.rightEar, ...TRUNK] as const;

/** A function, so that who bundles this package without joint angles is rid of it. */
function triples() {
  return [
    ['leftElbow', BODY.leftShoulder, BODY.leftElbow, BODY.leftWrist],
    ['rightElbow', BODY.rightShoulder, BODY.rightElbow, BODY.rightWrist],
    ['leftShoulder', BODY.leftHip, BODY.leftShoulder, BODY.leftElbow],
    ['rightShoulder', BODY.rightHip, BODY.rightShoulder, BODY.rightElbow],
    ['leftHip', BODY.leftShoulder, BODY.leftHip, BODY.leftKnee],
    ['rightHip', BODY.rightShoulder, BODY.rightHip, BODY.rightKnee],
    ['leftKnee', BODY.leftHip, BODY.leftKnee, BODY.leftAnkle],
    ['rightKnee', BODY.rightHip, BODY.rightKnee, BODY.rightAnkle],
    ['leftAnkle', BODY.leftKnee, BODY.leftAnkle, BODY.leftFootIndex],
    ['rightAnkle', BODY.rightKnee, BODY.rightAnkle, BODY.rightFootIndex],
    ['leftWrist', BODY.leftElbow, BODY.leftWrist, BODY.leftIndex],
    ['rightWrist', BODY.rightElbow, BODY.rightWrist, BODY.rightIndex],
  ] as const;
}

/** Upwards in world landmarks, whose y points down. */
const UP: Vector3 = { x: 0, y: -1, z: 0 };

/** The camera's line of sight in world landmarks, whose z is negative towards the camera. */
const AWAY: Vector3 = { x: 0, y: 0, z: 1 };

/** More likely in sight than not. */
const MINIMUM_CONFIDENCE = 0.5;

/** Metres. Landmarks are a few centimetres off: the direction of a limb shorter than one says nothing. */
const SHORTEST_LIMB = 0.01;

/**
 * Measures a person's joints in space, from world landmarks, so that distance, lens and turning do not change
 * the result. Every angle is unsigned, 0 to 180°: there is nothing to wrap around and no sign to flip.
 *
 * - elbow (shoulder–elbow–wrist), knee (hip–knee–ankle): 180 is straight;
 * - shoulder (hip–shoulder–elbow): 0 is the arm along the trunk, 180 overhead;
 * - hip (shoulder–hip–knee): 180 is standing straight, about 90 sitting;
 * - ankle (knee–ankle–toes): about 90 to 120 standing, larger on tiptoe;
 * - wrist (elbow–wrist–knuckle of the index finger): 180 is straight;
 * - neck (middle of the hips–middle of the shoulders–middle of the ears): 180 is the head in line with the trunk;
 * - trunk: inclination of the line from the middle of the hips to the middle of the shoulders against the
 *   picture's vertical: 0 upright, 90 lying, 180 head down. It trusts that the camera stands level.
 *
 * @param pose 33 world landmarks in metres; fewer make the angles that need them `missing`
 */
export function jointAngles(
  pose: { readonly worldLandmarks: readonly Landmark[] },
  options: JointAngleOptions = {},
): JointAngles {
  const { minimumConfidence = MINIMUM_CONFIDENCE } = options;
  const landmarks = pose.worldLandmarks;
  const joints = {} as Record<Joint, JointAngle>;
  for (const [joint, ...indices] of TRIPLES) {
    joints[joint] = named(joint, measure(landmarks, indices, minimumConfidence, interior));
  }
  joints.neck = named('neck', measure(landmarks, NECK, minimumConfidence, neck));
  joints.trunk = named('trunk', measure(landmarks, TRUNK, minimumConfidence, inclination));
  return { joints, view: measure(landmarks, TRUNK, minimumConfidence, view) };
}

/** Collects the landmarks of an angle and measures it, unless one of them cannot be relied on. */
function measure(
  landmarks: readonly Landmark[],
  indices: readonly number[],
  minimumConfidence: number,
  formula: (points: readonly Vector3[]) => number | undefined,
): Angle {
  const points: Landmark[] = [];
  let confidence = 1;
  for (const index of indices) {
    const landmark = landmarks[index];
    // An engine with fewer keypoints fills in the rest with visibility 0.
    if (landmark === undefined || landmark.visibility === 0) return unknown('missing', 0);
    const { x, y, z, visibility, presence = 1 } = landmark;
    if (!Number.isFinite(x + y + z + visibility + presence)) return unknown('invalid', 0);
    confidence = Math.min(confidence, visibility, presence);
    points.push(landmark);
  }
  if (confidence < minimumConfidence) return unknown('hidden', confidence);
  const degrees = formula(points);
  return degrees === undefined ? unknown('degenerate', confidence) : { degrees, confidence };
}

function unknown(reason: UnknownAngle, confidence: number): Angle {
  return { degrees: undefined, confidence, reason };
}

function named(joint: Joint, { degrees, confidence, reason }: Angle): JointAngle {
  return reason === undefined ? { joint, degrees, confidence } : { joint, degrees, confidence, reason };
}

/** The angle between two directions, unless one is too short to be one. */
function between(a: Vector3, b: Vector3): number | undefined {
  return magnitude(a) < SHORTEST_LIMB || magnitude(b) < SHORTEST_LIMB ? undefined : angleBetween(a, b);
}

/** The angle at the second of three points. */
function interior([from, at, to]: readonly Vector3[]): number | undefined {
  return from && at && to && between(subtract(from, at), subtract(to, at));
}

function inclination([leftShoulder, rightShoulder, leftHip, rightHip]: readonly Vector3[]):
  | number
  | undefined {
  if (!leftShoulder || !rightShoulder || !leftHip || !rightHip) return undefined;
  return between(subtract(midpoint(leftShoulder, rightShoulder), midpoint(leftHip, rightHip)), UP);
}

function neck([leftEar, rightEar, leftShoulder, rightShoulder, leftHip, rightHip]: readonly Vector3[]):
  | number
  | undefined {
  if (!leftEar || !rightEar || !leftShoulder || !rightShoulder || !leftHip || !rightHip) return undefined;
  return interior([
    midpoint(leftHip, rightHip),
    midpoint(leftShoulder, rightShoulder),
    midpoint(leftEar, rightEar),
  ]);
}

function view([leftShoulder, rightShoulder, leftHip, rightHip]: readonly Vector3[]): number | undefined {
  if (!leftShoulder || !rightShoulder || !leftHip || !rightHip) return undefined;
  const across = subtract(midpoint(leftShoulder, leftHip), midpoint(rightShoulder, rightHip));
  const towardsCamera = between(across, AWAY);
  // Seen from the left or from the right is the same: fold 0–180° to 0–90°.
  return towardsCamera === undefined ? undefined : 90 - Math.min(towardsCamera, 180 - towardsCamera);
}
