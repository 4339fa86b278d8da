import { type Hand, type Landmark, type Pose, type PoseFrame, personSize } from '../pose/index.ts';
import type { Filter, FilterFactory } from './filter.ts';

/** Smooths one list of landmarks of one person or hand, frame after frame; made anew for each of them. */
export interface LandmarkSmoother {
  /**
   * @param elapsed seconds since the previous step, above 0; 0 on the first
   * @param scale what x, y (and z) are multiplied with to be measured in the sizes of the person
   */
  step(landmarks: readonly Landmark[], elapsed: number, scale: Scale): readonly Landmark[];
}

export interface Scale {
  readonly x: number;
  readonly y: number;
}

/** Makes the smoothers of a filter: one kind for image landmarks, one for those in metres. */
export interface LandmarkSmoothers {
  image(): LandmarkSmoother;
  world(): LandmarkSmoother;
}

/**
 * Milliseconds after which what was remembered of a person is of no use: half a second, at which the pipeline as
 * a whole speaks of a discontinuity.
 */
const LONGEST_GAP = 500;

/** Metres are metres, near and far. */
const METRES: Scale = { x: 1, y: 1 };

interface Memory {
  /** Media time of the newest step and of the newest frame it was seen in, in ms. */
  timestamp: number;
  seen: number;
  readonly image: LandmarkSmoother;
  readonly world: LandmarkSmoother;
  landmarks: readonly Landmark[];
  worldLandmarks: readonly Landmark[];
}

/**
 * A filter that smooths every person by `id`, and every hand by person and side, with a memory of their own.
 * A person who was away for more than half a second starts afresh; so does anybody whose time goes back.
 * A hand that is shown again unchanged (hands are found at their own rate) is not smoothed twice.
 */
export function filterByPerson(smoothers: LandmarkSmoothers): FilterFactory {
  return { create: () => new PersonFilter(smoothers) };
}

class PersonFilter implements Filter {
  readonly #smoothers: LandmarkSmoothers;
  readonly #memories = new Map<string, Memory>();

  constructor(smoothers: LandmarkSmoothers) {
    this.#smoothers = smoothers;
  }

  step(frame: PoseFrame): PoseFrame {
    const poses = frame.poses.map((pose): Pose => {
      const { landmarks, worldLandmarks } = this.#smooth(`${pose.id}`, pose, frame.timestamp, frame);
      return { id: pose.id, score: pose.score, landmarks, worldLandmarks };
    });
    const hands = frame.hands.map((hand): Hand => {
      const key = `${hand.poseId} ${hand.side}`;
      const { landmarks, worldLandmarks } = this.#smooth(key, hand, hand.timestamp, frame);
      return { ...hand, landmarks, worldLandmarks };
    });
    for (const [key, memory] of this.#memories) {
      if (Math.abs(frame.timestamp - memory.seen) > LONGEST_GAP) this.#memories.delete(key);
    }
    return { ...frame, poses, hands };
  }

  reset(): void {
    this.#memories.clear();
  }

  #smooth(
    key: string,
    raw: { readonly landmarks: readonly Landmark[]; readonly worldLandmarks: readonly Landmark[] },
    timestamp: number,
    frame: PoseFrame,
  ): Memory {
    let memory = this.#memories.get(key);
    let elapsed = memory ? timestamp - memory.timestamp : 0;
    // Written so that a time that is not a number, which nothing can follow, starts afresh too.
    if (memory === undefined || !(elapsed >= 0 && elapsed <= LONGEST_GAP)) {
      elapsed = 0;
      memory = {
        timestamp,
        seen: 0,
        image: this.#smoothers.image(),
        world: this.#smoothers.world(),
        landmarks: [],
        worldLandmarks: [],
      };
      this.#memories.set(key, memory);
    } else if (elapsed === 0) {
      memory.seen = frame.timestamp;
      return memory;
    }
    memory.timestamp = timestamp;
    memory.seen = frame.timestamp;
    const size = personSize(raw.landmarks, frame.width, frame.height);
    // Nobody of no size moves: any scale will do, as long as it is a number.
    const scale = size > 0 ? { x: frame.width / size, y: frame.height / size } : METRES;
    memory.landmarks = memory.image.step(raw.landmarks, elapsed / 1000, scale);
    memory.worldLandmarks = memory.world.step(raw.worldLandmarks, elapsed / 1000, METRES);
    return memory;
  }
}
