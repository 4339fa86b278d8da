import type { Hand, Landmark, Pose, PoseFrame } from '../pose/index.ts';

/** What a display shows at one moment. */
export interface DisplayFrame {
  /** People between the newest two results; its `timestamp` and `capturedAt` are those of the moment it shows. */
  readonly frame: PoseFrame;
  /** Milliseconds since the moment it shows was captured, when it was made. It grows while nothing new is made. */
  readonly age: number;
  /** It shows the newest result: nothing will change until the next one comes. */
  readonly settled: boolean;
  /** No result has come for the time that was called too long (see `InterpolateOptions.staleAfter`). */
  readonly stale: boolean;
}

export interface InterpolatorOptions {
  /**
   * Milliseconds from the arrival of a result to when it is shown whole, at most the time between two results:
   * 0 shows it at once, a large number is as smooth as can be at the price of one result's time of delay.
   * Default: half the time between two results, at most 8.
   */
  readonly over?: number;
}

/**
 * Milliseconds, half a display refresh at 60 Hz. A result is whole on the display at the first repaint after the
 * glide, 8 + 8.3 ms after its arrival in the mean: so the whole way from there to the eye stays under 20 ms.
 */
const LONGEST_GLIDE = 8;

/** Milliseconds between two results over which nobody would glide: they are two scenes. */
const LONGEST_GAP = 500;

/**
 * Finds the frame to display at any moment between two results: a pure stage, told the time by its caller. It
 * glides from what was shown last to the newest result and ends there, never guessing beyond it. People are the
 * newest result's: matched by `id` they glide, others appear and disappear at once; hands likewise, by person and
 * side. A new epoch, another picture size or a gap over half a second jumps.
 */
export class Interpolator {
  readonly #over: number | undefined;
  /** What is left behind, and what was shown last: the next start. */
  #from: PoseFrame | undefined;
  #shown: PoseFrame | undefined;
  #newest: PoseFrame | undefined;
  #arrivedAt = 0;
  #duration = 0;

  constructor(options: InterpolatorOptions = {}) {
    this.#over = options.over;
  }

  /**
   * Takes a new result.
   * @param now when it arrived, in ms of the caller's clock
   */
  push(frame: PoseFrame, now: number): void {
    const previous = this.#newest;
    const interval = previous ? frame.timestamp - previous.timestamp : 0;
    const continues =
      previous !== undefined &&
      previous.epoch === frame.epoch &&
      previous.width === frame.width &&
      previous.height === frame.height &&
      interval > 0 &&
      interval <= LONGEST_GAP;
    if (!continues) this.#shown = undefined;
    const shown = this.#shown;
    this.#from = shown && frame.timestamp - shown.timestamp <= LONGEST_GAP ? shown : undefined;
    this.#newest = frame;
    this.#arrivedAt = now;
    this.#duration = Math.min(this.#over ?? Math.min(interval / 2, LONGEST_GLIDE), interval);
  }

  /**
   * What to show at `now`, or `undefined` before the first result.
   * @param now ms of the same clock
   */
  at(now: number): { readonly frame: PoseFrame; readonly settled: boolean } | undefined {
    const newest = this.#newest;
    if (newest === undefined) return undefined;
    const progress = this.#duration > 0 ? (now - this.#arrivedAt) / this.#duration : 1;
    const settled = this.#from === undefined || !(progress < 1);
    const frame = settled ? newest : between(this.#from as PoseFrame, newest, Math.max(progress, 0));
    this.#shown = frame;
    return { frame, settled };
  }
}

/** The frame `share` of the way from `from` to `to`. */
function between(from: PoseFrame, to: PoseFrame, share: number): PoseFrame {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    ...to,
    timestamp: mix(from.timestamp, to.timestamp),
    poses: to.poses.map((pose): Pose => {
      const before = from.poses.find(({ id }) => id === pose.id);
      return before ? { ...pose, ...mixLists(before, pose, share) } : pose;
    }),
    hands: to.hands.map((hand): Hand => {
      const before = from.hands.find(({ poseId, side }) => poseId === hand.poseId && side === hand.side);
      if (!before) return hand;
      return { ...hand, timestamp: mix(before.timestamp, hand.timestamp), ...mixLists(before, hand, share) };
    }),
    timings: { ...to.timings, capturedAt: mix(from.timings.capturedAt, to.timings.capturedAt) },
  };
}

interface LandmarkLists {
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Landmark[];
}

function mixLists(from: LandmarkLists, to: LandmarkLists, share: number): LandmarkLists {
  return {
    landmarks: mixLandmarks(from.landmarks, to.landmarks, share),
    worldLandmarks: mixLandmarks(from.worldLandmarks, to.worldLandmarks, share),
  };
}

function mixLandmarks(
  from: readonly Landmark[],
  to: readonly Landmark[],
  share: number,
): readonly Landmark[] {
  if (from === to) return to;
  return to.map((b, index) => {
    const a = from[index];
    // Somebody's hidden joint does not fly in from wherever it was when nobody saw it.
    if (!a || !Number.isFinite(a.x + a.y + a.z) || a.visibility === 0) return b;
    return {
      ...b,
      x: a.x + (b.x - a.x) * share,
      y: a.y + (b.y - a.y) * share,
      z: a.z + (b.z - a.z) * share,
      visibility: a.visibility + (b.visibility - a.visibility) * share,
    };
  });
}
