import { BODY_LANDMARKS, type BodyLandmark, type Pose } from '@pose-coach/core';

/** Below this likelihood a landmark's place is the engine's guess and proves nothing. */
const SEEN = 0.5;
/** Moments that it knows at least: 1.2 s at 120 Hz, which a jump of 70 cm (0.76 s in the air) needs with its ground. */
const FEWEST = 144;
const CAPACITY = 192;
/** Milliseconds. Frames nearer to each other than this add nothing, and would use up the memory. */
const CLOSEST = 7;
/**
 * Milliseconds, the time constant with which the picture's scale is followed: people come nearer over seconds, and
 * the engine's idea of their size jitters from frame to frame.
 */
const SCALE_TIME = 1000;

/** What stands on the ground, best first: the heels and the ankles rise before the toes leave it. */
const FEET: readonly (readonly [left: BodyLandmark, right: BodyLandmark])[] = [
  ['leftFootIndex', 'rightFootIndex'],
  ['leftHeel', 'rightHeel'],
  ['leftAnkle', 'rightAnkle'],
];

/**
 * The heights of hips and feet in the last second, as the picture shows them: world landmarks do not know them,
 * their origin travels with the hips. In pixels above the picture's top edge (negative).
 */
export class FootTrack {
  /** Milliseconds. */
  readonly times = new Float64Array(CAPACITY);
  readonly hips = new Float64Array(CAPACITY);
  readonly left = new Float64Array(CAPACITY);
  readonly right = new Float64Array(CAPACITY);
  /** How many moments it knows; index 0 is the oldest. */
  length = 0;
  metresPerPixel = Number.NaN;
  #feet = -1;

  /** Whether it is toes that it follows. */
  get toes(): boolean {
    return this.#feet === 0;
  }

  /**
   * @param width the picture's width in pixels
   * @param height the picture's height in pixels
   * @returns whether the hips and both feet were seen
   */
  push(timestamp: number, pose: Pose, width: number, height: number): boolean {
    const previous = this.length > 0 ? (this.times[this.length - 1] ?? 0) : Number.NEGATIVE_INFINITY;
    if (timestamp - previous < CLOSEST) return true;
    const { leftHip, rightHip } = BODY_LANDMARKS;
    const feet = FEET.findIndex(
      ([left, right]) => isSeen(pose, BODY_LANDMARKS[left]) && isSeen(pose, BODY_LANDMARKS[right]),
    );
    const [left, right] = FEET[feet] ?? [];
    if (!left || !right || !isSeen(pose, leftHip) || !isSeen(pose, rightHip)) return false;
    this.#follow(timestamp - previous, metresPerPixel(pose, width, height));
    // Toes and ankles stand at different heights: what was known of the ones says nothing of the others.
    if (feet !== this.#feet) this.length = 0;
    this.#feet = feet;
    if (this.length === CAPACITY) this.#forgetOldest();
    const at = this.length;
    const up = (landmark: number) => -(pose.landmarks[landmark]?.y ?? Number.NaN) * height;
    this.times[at] = timestamp;
    this.hips[at] = (up(leftHip) + up(rightHip)) / 2;
    this.left[at] = up(BODY_LANDMARKS[left]);
    this.right[at] = up(BODY_LANDMARKS[right]);
    this.length += 1;
    return true;
  }

  reset(): void {
    this.length = 0;
    this.metresPerPixel = Number.NaN;
    this.#feet = -1;
  }

  #follow(passed: number, scale: number): void {
    if (!(scale > 0)) return;
    const share = this.metresPerPixel > 0 ? 1 - Math.exp(-passed / SCALE_TIME) : 1;
    this.metresPerPixel = share < 1 ? this.metresPerPixel * (scale / this.metresPerPixel) ** share : scale;
  }

  /** Many at once, so that most frames copy nothing. */
  #forgetOldest(): void {
    for (const list of [this.times, this.hips, this.left, this.right]) list.copyWithin(0, CAPACITY - FEWEST);
    this.length = FEWEST;
  }
}

function isSeen(pose: Pose, landmark: number): boolean {
  const point = pose.landmarks[landmark];
  return point !== undefined && point.visibility >= SEEN && Number.isFinite(point.x + point.y);
}

/**
 * How many metres of a person a pixel is: the scale that brings the picture closest to the world landmarks, by least
 * squares over those seen, both taken from the hips. NaN when fewer than six are seen.
 */
function metresPerPixel({ landmarks, worldLandmarks }: Pose, width: number, height: number): number {
  const [one, other] = [landmarks[BODY_LANDMARKS.leftHip], landmarks[BODY_LANDMARKS.rightHip]];
  if (!one || !other) return Number.NaN;
  const [hipsX, hipsY] = [(one.x + other.x) / 2, (one.y + other.y) / 2];
  let count = 0;
  let products = 0;
  let squares = 0;
  for (let index = 0; index < landmarks.length; index += 1) {
    const point = landmarks[index];
    const world = worldLandmarks[index];
    if (!point || !world) continue;
    const { x, y, visibility } = point;
    if (visibility < SEEN || !Number.isFinite(x + y + world.x + world.y)) continue;
    count += 1;
    products += (x - hipsX) * width * world.x + (y - hipsY) * height * world.y;
    squares += world.x * world.x + world.y * world.y;
  }
  return count >= 6 && products > 0 ? squares / products : Number.NaN;
}
