import { PoseCoachError } from '../base/index.ts';
import type { Landmark } from '../pose/index.ts';
import type { FilterFactory } from './filter.ts';
import { filterByPerson, type LandmarkSmoother, type Scale } from './filter-memory.ts';
import { smoothedLandmark, smoothingFactor } from './low-pass.ts';

/** The three numbers of a One Euro filter. */
export interface OneEuroSettings {
  /** Hz: how much of the slowest movement gets through. Lower is steadier at rest. */
  readonly minCutoff: number;
  /** Hz per unit of speed: how much the cutoff rises with it. Higher lags less in fast movement. */
  readonly beta: number;
  /** Hz: the low-pass on the speed itself. */
  readonly derivativeCutoff: number;
}

/**
 * Settings for image landmarks, whose speed is measured in person sizes (see `personSize`) per second so that
 * somebody far away is smoothed like somebody near, and under `world` those for landmarks in metres.
 */
export interface OneEuroOptions extends Partial<OneEuroSettings> {
  readonly world?: Partial<OneEuroSettings>;
  /**
   * Time constant of a low-pass on visibility in ms; 0, the default, leaves visibility as the engine gives it:
   * MediaPipe smooths it itself while it follows one person (exponential, α = 0.1), and doing so again would call
   * a joint visible for another third of a second after it was lost. For an engine whose visibility flickers, 300
   * is the same as α = 0.1 at 30 frames per second.
   */
  readonly visibilityTime?: number;
}

/** MediaPipe's settings for pose landmarks in the picture (pose_landmark_filtering.pbtxt). */
export const ONE_EURO_IMAGE: OneEuroSettings = { minCutoff: 0.05, beta: 80, derivativeCutoff: 1 };

/** MediaPipe's settings for pose landmarks in metres, which are not scaled by the person's size (same file). */
export const ONE_EURO_WORLD: OneEuroSettings = { minCutoff: 0.1, beta: 40, derivativeCutoff: 1 };

/**
 * The One Euro filter on the body's and the hands' landmarks, per person: steady at rest, quick in movement.
 * Hands take the same settings, in sizes of the hand. Frames may come at any intervals. A coordinate that is not
 * a number leaves the filter as it was: the landmark stays where it last was, with visibility 0.
 *
 * ```ts
 * frames.pipe(smooth(oneEuro()))
 * frames.pipe(smooth(oneEuro({ minCutoff: 0.5, world: { beta: 20 } })))
 * ```
 * Casiez, Roussel, Vogel: "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
 * Systems", CHI 2012, with the authors' correction of 2023: speed is taken from the last filtered value.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function oneEuro(options: OneEuroOptions = {}): FilterFactory {
  const { world, visibilityTime = 0, ...image } = options;
  if (!(visibilityTime >= 0)) {
    throw new PoseCoachError('OPTION_INVALID', 'visibilityTime must be 0 or a number of milliseconds above.');
  }
  const imageSettings = checked({ ...ONE_EURO_IMAGE, ...image });
  const worldSettings = checked({ ...ONE_EURO_WORLD, ...world });
  return filterByPerson({
    image: () => new OneEuroLandmarks(imageSettings, visibilityTime / 1000),
    world: () => new OneEuroLandmarks(worldSettings, visibilityTime / 1000),
  });
}

/**
 * The One Euro filter on a single number, as published: for angles, distances and other readings of your own.
 */
export class OneEuroScalar {
  readonly #settings: OneEuroSettings;
  readonly #memory = new Float64Array([Number.NaN, 0]);
  #timestamp = Number.NaN;

  /** @throws PoseCoachError `OPTION_INVALID` */
  constructor(settings: OneEuroSettings) {
    this.#settings = checked(settings);
  }

  /**
   * @param value in the unit that `beta` was chosen for; one that is not a number returns the last result
   * @param timestamp ms; one that is not above the previous returns the last result
   */
  step(value: number, timestamp: number): number {
    const elapsed = (timestamp - this.#timestamp) / 1000;
    if (elapsed <= 0 || Number.isNaN(timestamp)) return this.#memory[0] as number;
    this.#timestamp = timestamp;
    return stepOneEuro(this.#memory, 0, value, elapsed, 1, this.#settings);
  }

  reset(): void {
    this.#memory.set([Number.NaN, 0]);
    this.#timestamp = Number.NaN;
  }
}

/**
 * One step of the filter. `memory[offset]` holds the last filtered value (not a number before the first) and
 * `memory[offset + 1]` its filtered speed; both are updated. Numbers in a typed array because a frame takes some
 * four hundred of these steps.
 */
function stepOneEuro(
  memory: Float64Array,
  offset: number,
  value: number,
  elapsed: number,
  scale: number,
  { minCutoff, beta, derivativeCutoff }: OneEuroSettings,
): number {
  const previous = memory[offset] as number;
  if (!Number.isFinite(value)) return previous;
  if (Number.isNaN(previous)) {
    memory[offset] = value;
    return value;
  }
  const speed = memory[offset + 1] as number;
  const measured = ((value - previous) * scale) / elapsed;
  const filteredSpeed = speed + smoothingFactor(derivativeCutoff, elapsed) * (measured - speed);
  const cutoff = minCutoff + beta * Math.abs(filteredSpeed);
  const filtered = previous + smoothingFactor(cutoff, elapsed) * (value - previous);
  memory[offset] = filtered;
  memory[offset + 1] = filteredSpeed;
  return filtered;
}

/** Value and speed of x, of y and of z, and the visibility. */
const NUMBERS_PER_LANDMARK = 7;

/** Values begin unknown, speeds at rest. */
const START = [Number.NaN, 0, Number.NaN, 0, Number.NaN, 0, Number.NaN];

class OneEuroLandmarks implements LandmarkSmoother {
  readonly #settings: OneEuroSettings;
  readonly #visibilityTime: number;
  #memory = new Float64Array(0);

  constructor(settings: OneEuroSettings, visibilityTime: number) {
    this.#settings = settings;
    this.#visibilityTime = visibilityTime;
  }

  step(landmarks: readonly Landmark[], elapsed: number, scale: Scale): readonly Landmark[] {
    const size = landmarks.length * NUMBERS_PER_LANDMARK;
    if (this.#memory.length !== size) {
      this.#memory = new Float64Array(size).map((_, index) => START[index % NUMBERS_PER_LANDMARK] as number);
    }
    const memory = this.#memory;
    const settings = this.#settings;
    const visibilityFactor = elapsed / (elapsed + this.#visibilityTime);
    return landmarks.map((raw, index) => {
      const offset = index * NUMBERS_PER_LANDMARK;
      const x = stepOneEuro(memory, offset, raw.x, elapsed, scale.x, settings);
      const y = stepOneEuro(memory, offset + 2, raw.y, elapsed, scale.y, settings);
      // Depth is in widths of the picture, as x is.
      const z = stepOneEuro(memory, offset + 4, raw.z, elapsed, scale.x, settings);
      const previous = memory[offset + 6] as number;
      const known = !Number.isNaN(previous) && this.#visibilityTime > 0;
      const visibility = known ? previous + visibilityFactor * (raw.visibility - previous) : raw.visibility;
      memory[offset + 6] = visibility;
      return smoothedLandmark(raw, x, y, z, visibility);
    });
  }
}

function checked(settings: OneEuroSettings): OneEuroSettings {
  const { minCutoff, beta, derivativeCutoff } = settings;
  if (
    !(minCutoff > 0 && derivativeCutoff > 0 && beta >= 0 && minCutoff + derivativeCutoff + beta < Infinity)
  ) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      'A One Euro filter needs minCutoff and derivativeCutoff above 0 (Hz) and a beta of 0 or more.',
    );
  }
  return settings;
}
