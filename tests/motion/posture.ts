import type { BodyLandmark, Vector3 } from '../../packages/core/src/pose/index.ts';

/**
 * Everything that a synthetic body can do with itself; all zero is standing straight, arms hanging, facing the
 * camera. Angles in degrees, lengths in metres. Fields of several moves add up.
 */
export interface Posture {
  /** Where the whole body stands in the room: to the picture's right, and towards the camera. */
  readonly roomX: number;
  readonly roomZ: number;
  /** About the vertical, to the person's left. */
  readonly turn: number;
  /** The hips alone, the feet stay: to the person's left, up, forward. */
  readonly hipsLeft: number;
  readonly hipsUp: number;
  readonly hipsForward: number;
  /** The trunk: forward, to the person's left, and the shoulders turned to the left over the hips. */
  readonly lean: number;
  readonly sideBend: number;
  readonly twist: number;
  /** The head: down, and to the person's left shoulder. */
  readonly nod: number;
  readonly headTilt: number;
  /** The upper arms: 0 hang, 90 to the front (raise) or to the side (spread), 180 up. */
  readonly leftArmRaise: number;
  readonly rightArmRaise: number;
  readonly leftArmSpread: number;
  readonly rightArmSpread: number;
  /** 0 is stretched. */
  readonly leftElbow: number;
  readonly rightElbow: number;
  /** The feet, from their place under the hips. */
  readonly leftFootForward: number;
  readonly rightFootForward: number;
  readonly leftFootOut: number;
  readonly rightFootOut: number;
  readonly leftFootUp: number;
  readonly rightFootUp: number;
  /** How far the heels are off the ground while the toes touch it. */
  readonly leftHeelUp: number;
  readonly rightHeelUp: number;
}

/** A posture as moves give it: what is missing is zero. */
export type Move = (seconds: number) => Partial<Posture>;

/** Lengths in body heights: Winter, "Biomechanics and Motor Control of Human Movement" (4th ed. 2009), figure 4.1. */
const THIGH = 0.245;
const SHIN = 0.246;
const ANKLE = 0.039;
const HALF_HIPS = 0.191 / 2;
const TRUNK = 0.288;
const HALF_SHOULDERS = 0.259 / 2;
const UPPER_ARM = 0.186;
const FOREARM = 0.146;
/** The rest is not in that figure: rounded from a grown-up's measures. */
const FINGERS = 0.06;
const TOES = 0.11;
const HEEL = 0.04;
const FACE = 0.118;

/** The height of a stretched leg's hip above the ground, in body heights. */
export const HIP_HEIGHT = THIGH + SHIN + ANKLE;

/** Places in the room in metres: x to the picture's right, y up from the ground, z towards the camera. */
export type BodyPlaces = Readonly<Record<BodyLandmark, Vector3>>;

/**
 * Where the 33 landmarks are in the room. The legs reach from hips to feet with knees that bend forward; a foot
 * that is too far away is pulled along.
 * @param bodyHeight metres from sole to crown
 */
export function bodyPlaces(posture: Partial<Posture>, bodyHeight = 1.7): BodyPlaces {
  const at = (field: keyof Posture) => posture[field] ?? 0;
  const [sinTurn, cosTurn] = sinCos(at('turn'));
  // From the person's axes (left, up, forward) to the room's.
  const place = ({ x, y, z }: Vector3): Vector3 => ({
    x: at('roomX') + x * cosTurn + z * sinTurn,
    y,
    z: at('roomZ') - x * sinTurn + z * cosTurn,
  });
  const places: Partial<Record<BodyLandmark, Vector3>> = {};
  const put = (name: BodyLandmark, point: Vector3) => {
    places[name] = place(point);
  };

  const hips = {
    x: at('hipsLeft'),
    y: HIP_HEIGHT * bodyHeight + at('hipsUp'),
    z: at('hipsForward'),
  };
  const spine = tilted({ x: 1, y: 0, z: 0 }, { x: 0, y: 1, z: 0 }, at('lean'), at('sideBend'));
  const [sinTwist, cosTwist] = sinCos(at('twist'));
  const chestLeft = sum([cosTwist, spine.left], [-sinTwist, spine.forward]);
  const chestForward = sum([cosTwist, spine.forward], [sinTwist, spine.left]);
  const neck = sum([1, hips], [TRUNK * bodyHeight, spine.up]);

  for (const side of ['left', 'right'] as const) {
    const out = side === 'left' ? 1 : -1;
    const hip = { ...hips, x: hips.x + out * HALF_HIPS * bodyHeight };
    const heelUp = at(`${side}HeelUp`);
    const foot = {
      x: out * (HALF_HIPS * bodyHeight + at(`${side}FootOut`)),
      y: ANKLE * bodyHeight + at(`${side}FootUp`) + heelUp,
      z: at(`${side}FootForward`),
    };
    const { knee, ankle } = leg(hip, foot, THIGH * bodyHeight, SHIN * bodyHeight);
    const sinPitch = Math.min(heelUp / (TOES * bodyHeight), 1);
    const sole = { x: 0, y: -sinPitch, z: Math.sqrt(1 - sinPitch * sinPitch) };
    const toe = sum([1, ankle], [TOES * bodyHeight, sole], [0.03 * bodyHeight, { x: 0, y: -1, z: 0 }]);
    const heel = sum([1, ankle], [-HEEL * bodyHeight, sole], [0.03 * bodyHeight, { x: 0, y: -1, z: 0 }]);
    put(`${side}Hip`, hip);
    put(`${side}Knee`, knee);
    put(`${side}Ankle`, ankle);
    put(`${side}FootIndex`, toe);
    put(`${side}Heel`, heel);

    const shoulder = sum([1, neck], [out * HALF_SHOULDERS * bodyHeight, chestLeft]);
    const [sinRaise, cosRaise] = sinCos(at(`${side}ArmRaise`));
    const [sinSpread, cosSpread] = sinCos(at(`${side}ArmSpread`));
    const [sinElbow, cosElbow] = sinCos(at(`${side}Elbow`));
    const upperArm = sum(
      [-cosSpread * cosRaise, spine.up],
      [cosSpread * sinRaise, chestForward],
      [out * sinSpread, chestLeft],
    );
    const forearm = sum(
      [cosElbow, upperArm],
      [sinElbow * sinRaise, spine.up],
      [sinElbow * cosRaise, chestForward],
    );
    const elbow = sum([1, shoulder], [UPPER_ARM * bodyHeight, upperArm]);
    const wrist = sum([1, elbow], [FOREARM * bodyHeight, forearm]);
    const knuckle = (along: number, across: number) =>
      sum([1, wrist], [along * bodyHeight, forearm], [out * across * bodyHeight, chestLeft]);
    put(`${side}Shoulder`, shoulder);
    put(`${side}Elbow`, elbow);
    put(`${side}Wrist`, wrist);
    put(`${side}Index`, knuckle(FINGERS, 0));
    put(`${side}Pinky`, knuckle(FINGERS * 0.9, 0.015));
    put(`${side}Thumb`, knuckle(FINGERS * 0.6, -0.015));
  }

  const head = tilted(chestLeft, spine.up, at('nod'), at('headTilt'));
  const feature = (left: number, up: number, forward: number) =>
    sum(
      [1, neck],
      [left * bodyHeight, head.left],
      [up * bodyHeight, head.up],
      [forward * bodyHeight, head.forward],
    );
  put('nose', feature(0, FACE - 0.015, 0.07));
  for (const [side, out] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    put(`${side}EyeInner`, feature(out * 0.012, FACE, 0.055));
    put(`${side}Eye`, feature(out * 0.019, FACE, 0.053));
    put(`${side}EyeOuter`, feature(out * 0.026, FACE, 0.05));
    put(`${side}Ear`, feature(out * 0.042, FACE - 0.005, 0));
  }
  put('mouthLeft', feature(0.014, FACE - 0.04, 0.058));
  put('mouthRight', feature(-0.014, FACE - 0.04, 0.058));
  return places as BodyPlaces;
}

/** Knee and ankle of a leg that reaches from the hip towards the foot, the knee to the front. */
function leg(hip: Vector3, foot: Vector3, thigh: number, shin: number): { knee: Vector3; ankle: Vector3 } {
  const way = sum([1, foot], [-1, hip]);
  const wanted = length(way);
  const reach = Math.min(wanted, thigh + shin);
  const along = sum([1 / wanted, way]);
  const ankle = sum([1, hip], [reach, along]);
  const toKnee = (thigh * thigh - shin * shin + reach * reach) / (2 * reach);
  const aside = Math.sqrt(Math.max(0, thigh * thigh - toKnee * toKnee));
  const front = sum([1, { x: 0, y: 0, z: 1 }], [-along.z, along]);
  return { knee: sum([1, hip], [toKnee, along], [aside / length(front), front]), ankle };
}

/** The axes of a part that leans forward and bends to its left. */
function tilted(left: Vector3, up: Vector3, forwardDegrees: number, leftDegrees: number) {
  const forward = crossOf(left, up);
  const [sinForward, cosForward] = sinCos(forwardDegrees);
  const [sinLeft, cosLeft] = sinCos(leftDegrees);
  const upright = sum([cosForward, up], [sinForward, forward]);
  const newUp = sum([cosLeft, upright], [sinLeft, left]);
  const newLeft = sum([cosLeft, left], [-sinLeft, upright]);
  return { left: newLeft, up: newUp, forward: crossOf(newLeft, newUp) };
}

function sum(...terms: readonly (readonly [factor: number, vector: Vector3])[]): Vector3 {
  const total = { x: 0, y: 0, z: 0 };
  for (const [factor, vector] of terms) {
    total.x += factor * vector.x;
    total.y += factor * vector.y;
    total.z += factor * vector.z;
  }
  return total;
}

const length = ({ x, y, z }: Vector3) => Math.hypot(x, y, z);

const crossOf = (a: Vector3, b: Vector3): Vector3 => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

function sinCos(degrees: number): readonly [sin: number, cos: number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}
