import type { PoseFrame } from '../../pose/index.ts';
import type { BodyMotion } from './body-motion.ts';
import { BodyTrack } from './body-track.ts';

/** Milliseconds after which somebody who is not in view is forgotten; who comes back later begins anew. */
const FORGET_AFTER = 1000;

/** People followed at once; whoever comes later is followed when somebody has gone. */
const MOST_PEOPLE = 8;

/**
 * How the people in a stream of frames move: positions, velocities, accelerations and jerk of their landmarks in the
 * camera's axes and in those of their trunk, and how they travel through the picture.
 *
 * ```ts
 * const motions = new BodyMotions();
 * for (const frame of frames) for (const motion of motions.step(frame)) console.log(motion.body.speed[15]);
 * ```
 *
 * Every moment is measured with the frames around it (see `CubicWindow` for the method), 0.125 s on either side from
 * 20 Hz on, wider below: motion speaks of a moment that much before the newest frame. Velocities are carried up to
 * `bandwidth` (4.8 Hz from 20 Hz on, where they have lost 3 dB; 1.3 % at 2 Hz, 6 % at 3 Hz, 17 % at 4 Hz),
 * accelerations and jerk to about 0.55 of it. Joints that are hidden, gaps longer than the half window, sides that
 * swap, leaps that nobody could make and the first moments of a person are NaN, never speed. A change of epoch or
 * time going back begins anew.
 *
 * Smoothing before this (the pipeline's One Euro filter with its usual settings) changes speeds by 3 % at most up to
 * 4 Hz, at 24, 30 and 60 Hz; noise of 0.5 % of the body's height makes a resting wrist look like 0.22, 0.20 and 0.15
 * m/s without it and like 0.14 m/s with it. `speedUncertainty` is as large: what lies within it is rest.
 */
export class BodyMotions {
  readonly #tracks = new Map<number, BodyTrack>();
  readonly #motions: BodyMotion[] = [];
  #epoch = Number.NaN;
  #latest = Number.NEGATIVE_INFINITY;

  /**
   * Takes the next frame.
   * @returns one motion for each person in the frame of whom there is something to say; the list, the motions and
   *   their arrays are used again with the next step
   */
  step(frame: PoseFrame): readonly BodyMotion[] {
    const { epoch, timestamp, poses } = frame;
    if (epoch !== this.#epoch || timestamp <= this.#latest) this.reset();
    this.#epoch = epoch;
    this.#latest = timestamp;
    this.#motions.length = 0;
    for (const [poseId, track] of this.#tracks) {
      if (timestamp - track.lastSeen > FORGET_AFTER) this.#tracks.delete(poseId);
    }
    for (const pose of poses) {
      const track = this.#track(pose.id, frame);
      if (!track || track.lastSeen === timestamp) continue;
      const motion = track.step(frame, pose);
      if (motion) this.#motions.push(motion);
    }
    return this.#motions;
  }

  /** Forgets everybody. */
  reset(): void {
    this.#tracks.clear();
    this.#motions.length = 0;
    this.#latest = Number.NEGATIVE_INFINITY;
  }

  #track(poseId: number, frame: PoseFrame): BodyTrack | undefined {
    const known = this.#tracks.get(poseId);
    if (known || this.#tracks.size >= MOST_PEOPLE) return known;
    const track = new BodyTrack(poseId, frame);
    this.#tracks.set(poseId, track);
    return track;
  }
}
