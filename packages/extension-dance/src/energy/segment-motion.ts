import type { LandmarkMotion } from '@pose-coach/core/analysis';
import { BODY_SEGMENTS } from './body-segments.ts';

/**
 * How the centres of mass of the body's segments move in one frame of reference, in the order of `BODY_SEGMENTS`.
 * The arrays change with the next update.
 */
export class SegmentMotion {
  /** x, y and z of each centre, metres per second; NaN where not known, as in all that follows. */
  readonly velocity = new Float64Array(BODY_SEGMENTS.length * 3);
  /** Metres per second². */
  readonly acceleration = new Float64Array(BODY_SEGMENTS.length * 3);
  /** Variance of each centre's speed, metres² per second². */
  readonly variance = new Float64Array(BODY_SEGMENTS.length);

  /**
   * @param errorsAreShared whether landmarks err together, as they do in the axes of the trunk, whose own error they
   *   all carry; else each errs on its own
   */
  update(motion: LandmarkMotion, errorsAreShared: boolean): void {
    for (let segment = 0; segment < BODY_SEGMENTS.length; segment += 1) {
      this.#updateSegment(segment, motion, errorsAreShared);
    }
  }

  isKnown(segment: number): boolean {
    return !Number.isNaN(this.variance[segment] ?? Number.NaN);
  }

  #updateSegment(segment: number, motion: LandmarkMotion, errorsAreShared: boolean): void {
    const { landmarks = [], anyLandmark = false } = BODY_SEGMENTS[segment] ?? {};
    const at = segment * 3;
    const { velocity, acceleration } = this;
    velocity.fill(0, at, at + 3);
    acceleration.fill(0, at, at + 3);
    let variance = 0;
    let share = 0;
    for (const [landmark, weight] of landmarks) {
      const uncertainty = motion.speedUncertainty[landmark] ?? Number.NaN;
      if (anyLandmark && Number.isNaN(uncertainty)) continue;
      share += weight;
      variance += (errorsAreShared ? weight : weight * weight) * uncertainty * uncertainty;
      for (let axis = 0; axis < 3; axis += 1) {
        const from = landmark * 3 + axis;
        velocity[at + axis] = (velocity[at + axis] ?? 0) + weight * (motion.velocity[from] ?? Number.NaN);
        acceleration[at + axis] =
          (acceleration[at + axis] ?? 0) + weight * (motion.acceleration[from] ?? Number.NaN);
      }
    }
    if (share < 1) {
      // 0 / 0 where none of the landmarks is known.
      for (let axis = at; axis < at + 3; axis += 1) {
        velocity[axis] = (velocity[axis] ?? 0) / share;
        acceleration[axis] = (acceleration[axis] ?? 0) / share;
      }
    }
    this.variance[segment] = variance / (errorsAreShared ? share : share * share);
  }
}
