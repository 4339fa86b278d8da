import { PoseCoachError } from '../base/index.ts';
import type { Landmark } from '../pose/index.ts';
import type { FilterFactory } from './filter.ts';
import { filterByPerson, type LandmarkSmoother } from './filter-memory.ts';
import { smoothedLandmark } from './low-pass.ts';

export interface EmaOptions {
  /** The share of the new value in (0, 1]; 1 is no smoothing. Default 0.7, the seed system's. */
  readonly alpha?: number;
}

/** The seed system's share of the new value. */
const ALPHA = 0.7;

/**
 * Exponential smoothing of the body's and the hands' landmarks, per person:
 * `result = α · new + (1 − α) · previous result`, whatever the frame rate. Visibility is left as it is. Simple and
 * predictable; `oneEuro` is steadier at rest and lags less in movement. A coordinate that is not a number leaves
 * the memory as it was: the landmark stays where it last was, with visibility 0.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function ema({ alpha = ALPHA }: EmaOptions = {}): FilterFactory {
  if (!(alpha > 0 && alpha <= 1)) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      'alpha must be above 0 and at most 1: the share of the new value.',
    );
  }
  const smoother = () => new EmaLandmarks(alpha);
  return filterByPerson({ image: smoother, world: smoother });
}

class EmaLandmarks implements LandmarkSmoother {
  readonly #alpha: number;
  /** x, y and z of every landmark; not a number where none came yet. */
  #memory = new Float64Array(0);

  constructor(alpha: number) {
    this.#alpha = alpha;
  }

  step(landmarks: readonly Landmark[]): readonly Landmark[] {
    if (this.#memory.length !== landmarks.length * 3) {
      this.#memory = new Float64Array(landmarks.length * 3).fill(Number.NaN);
    }
    return landmarks.map((raw, index) => {
      const offset = index * 3;
      return smoothedLandmark(
        raw,
        this.#mix(offset, raw.x),
        this.#mix(offset + 1, raw.y),
        this.#mix(offset + 2, raw.z),
        raw.visibility,
      );
    });
  }

  #mix(offset: number, value: number): number {
    const previous = this.#memory[offset] as number;
    if (!Number.isFinite(value)) return previous;
    const mixed = Number.isNaN(previous) ? value : this.#alpha * value + (1 - this.#alpha) * previous;
    this.#memory[offset] = mixed;
    return mixed;
  }
}
