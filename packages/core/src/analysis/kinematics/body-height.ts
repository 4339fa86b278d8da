import { BODY_LANDMARKS as BODY } from '../../pose/index.ts';

/**
 * Limbs, and which share of the body's height they have: Drillis and Contini 1966, "Body Segment Parameters", as
 * printed in Winter 2009, "Biomechanics and Motor Control of Human Movement", figure 4.1 (heights over the floor:
 * ankle 0.039, knee 0.285, hip 0.530, shoulder 0.818; upper arm 0.186, forearm 0.146).
 */
const LIMBS = /* @__PURE__ */ limbs();

type Limb = readonly [share: number, from: readonly number[], to: readonly number[]];

/** A function, so that bundlers leave the table out of what asks for nobody's height: reading a name could do anything. */
function limbs(): readonly Limb[] {
  return [
    [0.288, [BODY.leftShoulder, BODY.rightShoulder], [BODY.leftHip, BODY.rightHip]],
    [0.245, [BODY.leftHip], [BODY.leftKnee]],
    [0.245, [BODY.rightHip], [BODY.rightKnee]],
    [0.246, [BODY.leftKnee], [BODY.leftAnkle]],
    [0.246, [BODY.rightKnee], [BODY.rightAnkle]],
    [0.186, [BODY.leftShoulder], [BODY.leftElbow]],
    [0.186, [BODY.rightShoulder], [BODY.rightElbow]],
    [0.146, [BODY.leftElbow], [BODY.leftWrist]],
    [0.146, [BODY.rightElbow], [BODY.rightWrist]],
  ];
}

/** How many lengths of each limb the median is taken of: 41 at five a second are the last eight seconds. */
const LENGTHS = 41;

/** Seconds between two lengths, once there are a few: neighbouring frames are wrong together. */
const SPACING = 0.2;

/** Lengths before a limb counts, taken frame by frame, so that the height is known in a fraction of a second. */
const FEW = 5;

/** Metres. A limb that is shorter was not found. */
const SHORTEST_LIMB = 0.02;

/**
 * How tall a person is, from sole to crown: the sum of the limbs' median lengths over the sum of their shares of the
 * body. Limbs keep their lengths in every posture, and a limb that is hidden now was seen before.
 */
export class BodyHeight {
  readonly #lengths = new Float64Array(LIMBS.length * LENGTHS);
  readonly #counts = new Uint32Array(LIMBS.length);
  readonly #medians = new Float64Array(LIMBS.length).fill(Number.NaN);
  readonly #sorted = new Float64Array(LENGTHS);
  #latest = Number.NEGATIVE_INFINITY;

  /** Metres; NaN until the trunk or two limbs are known. */
  metres = Number.NaN;

  /**
   * @param time seconds
   * @param positions x, y and z of each landmark in metres
   * @param seen 1 for each landmark that was seen
   */
  update(time: number, positions: Float64Array, seen: Uint8Array): void {
    if (time - this.#latest < SPACING && Math.max(...this.#counts) >= FEW) return;
    this.#latest = time;
    let length = 0;
    let share = 0;
    for (let limb = 0; limb < LIMBS.length; limb += 1) {
      this.#measure(limb, positions, seen);
      const median = this.#medians[limb] ?? Number.NaN;
      if (Number.isNaN(median)) continue;
      length += median;
      share += LIMBS[limb]?.[0] ?? 0;
    }
    this.metres = share >= SMALLEST_SHARE ? length / share : Number.NaN;
  }

  #measure(limb: number, positions: Float64Array, seen: Uint8Array): void {
    const [, from = [], to = []] = LIMBS[limb] ?? [];
    for (const landmark of from) if (seen[landmark] === 0) return;
    for (const landmark of to) if (seen[landmark] === 0) return;
    let square = 0;
    for (let axis = 0; axis < 3; axis += 1) {
      square += (middle(positions, from, axis) - middle(positions, to, axis)) ** 2;
    }
    const length = Math.sqrt(square);
    if (!(length > SHORTEST_LIMB)) return;
    const count = this.#counts[limb] ?? 0;
    this.#lengths[limb * LENGTHS + (count % LENGTHS)] = length;
    this.#counts[limb] = count + 1;
    const known = Math.min(count + 1, LENGTHS);
    if (known < FEW) return;
    const sorted = this.#sorted.subarray(0, known);
    sorted.set(this.#lengths.subarray(limb * LENGTHS, limb * LENGTHS + known));
    sorted.sort();
    this.#medians[limb] = ((sorted[known >> 1] ?? 0) + (sorted[(known - 1) >> 1] ?? 0)) / 2;
  }
}

/** The trunk alone is enough, or an arm and a thigh; one limb's own proportions are not the body's. */
const SMALLEST_SHARE = 0.28;

function middle(positions: Float64Array, landmarks: readonly number[], axis: number): number {
  let sum = 0;
  for (const landmark of landmarks) sum += positions[landmark * 3 + axis] ?? Number.NaN;
  return sum / landmarks.length;
}
