import { BODY_LANDMARKS as BODY } from '../../pose/index.ts';
import { addProduct, inverseSquareRoot } from './taylor.ts';

/** Metres. Between shoulders and hips that lie closer than this there is no direction: landmarks are centimetres off. */
const SHORTEST_AXIS = 0.05;

/** Coefficients of x, y and z: three times four. */
const VECTOR = 12;

/** A metre up that stays as it is; y points down. */
const UP = [0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0] as const;

/**
 * The axes of the trunk and how they turn: y from the middle of the hips to the middle of the shoulders, x to the
 * person's left along shoulders and hips together and square to y, z forward. All of it as Taylor coefficients of the
 * same fit that gave the landmarks theirs, so that what moves with the trunk is at rest in its axes, whatever the
 * fit takes away of a fast movement.
 *
 * Where a hip is hidden (somebody at a desk), upright in the camera's axes stands for the line of the spine and the
 * shoulders for the line across: arms and head are still measured against the shoulders, but a trunk that leans or
 * bends is seen as arms and head that move the other way.
 */
export class TrunkAxes {
  readonly #axes = new Float64Array(3 * VECTOR);
  readonly #origin = new Float64Array(VECTOR);
  readonly #up = new Float64Array(VECTOR);
  readonly #across = new Float64Array(VECTOR);
  readonly #product = new Float64Array(4);
  readonly #factor = new Float64Array(4);
  readonly #arm = new Float64Array(VECTOR);
  #upVariance = Number.NaN;
  #acrossVariance = Number.NaN;
  #originVariance = Number.NaN;

  /**
   * @param coefficients twelve for each landmark, as `CubicWindow` has them
   * @param slopeVariance three for each landmark
   * @returns whether the trunk is known
   */
  update(coefficients: Float64Array, slopeVariance: Float64Array): boolean {
    const hipsSeen = this.#seesHips(coefficients);
    for (let index = 0; index < VECTOR; index += 1) {
      const leftShoulder = coefficients[BODY.leftShoulder * VECTOR + index] ?? Number.NaN;
      const rightShoulder = coefficients[BODY.rightShoulder * VECTOR + index] ?? Number.NaN;
      const leftHip = coefficients[BODY.leftHip * VECTOR + index] ?? Number.NaN;
      const rightHip = coefficients[BODY.rightHip * VECTOR + index] ?? Number.NaN;
      const shoulders = leftShoulder - rightShoulder;
      this.#origin[index] = (leftShoulder + rightShoulder) / 2;
      this.#up[index] = hipsSeen ? (leftShoulder + rightShoulder - leftHip - rightHip) / 2 : (UP[index] ?? 0);
      this.#across[index] = hipsSeen ? (shoulders + leftHip - rightHip) / 2 : shoulders;
    }
    const upLength = this.#normalise(this.#up, VECTOR);
    if (!(upLength > SHORTEST_AXIS)) return false;
    // Gram–Schmidt: what the line across has along the spine is taken away.
    this.#dot(this.#across, this.#axes, VECTOR);
    for (let axis = 0; axis < 3; axis += 1) {
      addProduct(this.#product, 0, this.#axes, VECTOR + axis * 4, -1, this.#across, axis * 4);
    }
    const acrossLength = this.#normalise(this.#across, 0);
    if (!(acrossLength > SHORTEST_AXIS)) return false;
    this.#crossXY();
    const shoulders = totalVariance(slopeVariance, BODY.leftShoulder, BODY.rightShoulder);
    const hips = hipsSeen ? totalVariance(slopeVariance, BODY.leftHip, BODY.rightHip) : 0;
    this.#originVariance = shoulders / 4;
    this.#upVariance = hipsSeen ? (shoulders + hips) / 12 / upLength ** 2 : 0;
    this.#acrossVariance = (hipsSeen ? (shoulders + hips) / 12 : shoulders / 3) / acrossLength ** 2;
    return true;
  }

  /** Writes the twelve coefficients of a landmark in the trunk's axes. */
  transform(coefficients: Float64Array, landmark: number, result: Float64Array): void {
    const at = landmark * VECTOR;
    const arm = this.#arm;
    for (let index = 0; index < VECTOR; index += 1) {
      arm[index] = (coefficients[at + index] ?? Number.NaN) - (this.#origin[index] ?? Number.NaN);
    }
    result.fill(0);
    for (let axis = 0; axis < 3; axis += 1) {
      for (let component = 0; component < 3; component += 1) {
        addProduct(this.#axes, axis * VECTOR + component * 4, arm, component * 4, 1, result, axis * 4);
      }
    }
  }

  /**
   * What the trunk's own uncertainty adds to the velocity's variance of a point, all three directions together, in
   * (m/s)²: the origin's, and that of the turning, which grows with the distance from the spine and from the origin.
   */
  varianceAt(x: number, y: number, z: number): number {
    const tilt = this.#upVariance * (2 * y * y + x * x + z * z);
    const twist = this.#acrossVariance * (x * x + z * z);
    return this.#originVariance + tilt + twist;
  }

  /** Divides a vector by its length into an axis; the length comes back. */
  #normalise(vector: Float64Array, axis: number): number {
    this.#dot(vector, vector, 0);
    const length = Math.sqrt(this.#product[0] ?? Number.NaN);
    if (!(length > SHORTEST_AXIS)) return length;
    inverseSquareRoot(this.#product, 0, this.#factor, 0);
    this.#axes.fill(0, axis, axis + VECTOR);
    for (let component = 0; component < VECTOR; component += 4) {
      addProduct(vector, component, this.#factor, 0, 1, this.#axes, axis + component);
    }
    return length;
  }

  #seesHips(coefficients: Float64Array): boolean {
    const left = coefficients[BODY.leftHip * VECTOR] ?? Number.NaN;
    return !Number.isNaN(left + (coefficients[BODY.rightHip * VECTOR] ?? Number.NaN));
  }

  #dot(a: Float64Array, b: Float64Array, atB: number): void {
    this.#product.fill(0);
    for (let component = 0; component < VECTOR; component += 4) {
      addProduct(a, component, b, atB + component, 1, this.#product, 0);
    }
  }

  #crossXY(): void {
    const axes = this.#axes;
    axes.fill(0, 2 * VECTOR, 3 * VECTOR);
    for (let component = 0; component < 3; component += 1) {
      const next = ((component + 1) % 3) * 4;
      const last = ((component + 2) % 3) * 4;
      const at = 2 * VECTOR + component * 4;
      addProduct(axes, next, axes, VECTOR + last, 1, axes, at);
      addProduct(axes, last, axes, VECTOR + next, -1, axes, at);
    }
  }
}

/** Of two landmarks and three directions together. */
function totalVariance(slopeVariance: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    sum += (slopeVariance[a * 3 + axis] ?? Number.NaN) + (slopeVariance[b * 3 + axis] ?? Number.NaN);
  }
  return sum;
}
