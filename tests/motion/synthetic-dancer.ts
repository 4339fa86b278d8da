import {
  BODY_LANDMARKS,
  type BodyLandmark,
  type Landmark,
  type Pose,
  type PoseFrame,
} from '../../packages/core/src/pose/index.ts';
import { type Camera, HIDDEN_VISIBILITY, photographed } from './camera.ts';
import { bodyPlaces, type Move } from './posture.ts';
import { randomNumbers } from './random-numbers.ts';

export { beatCount, beatTimes, dancing, type TempoStretch } from './beats.ts';
export type { Camera } from './camera.ts';
export { flightTime, GRAVITY, type Jump, jumping } from './jumps.ts';
export {
  bouncing,
  crouching,
  holding,
  inTurn,
  smoothStep,
  squatting,
  standing,
  swinging,
  together,
  turning,
  twoStep,
  type WalkingOptions,
  walking,
} from './moves.ts';
export { type BodyPlaces, bodyPlaces, type Move, type Posture } from './posture.ts';
export { randomNumbers } from './random-numbers.ts';

/** Somebody whose motion is known, because it was put in. */
export interface SyntheticDancer {
  readonly move: Move;
  /** Default: the place in the list. */
  readonly id?: number;
  /** Metres from sole to crown. Default: 1.7. */
  readonly bodyHeight?: number;
  /** When which landmarks cannot be seen: visibility falls, the place is still guessed right. Seconds. */
  readonly hidden?: readonly {
    readonly landmarks: readonly BodyLandmark[];
    readonly from: number;
    readonly until: number;
  }[];
  /** Seconds in which the person is not found at all. */
  readonly absent?: readonly { readonly from: number; readonly until: number }[];
}

export interface DancerFramesOptions {
  readonly seconds: number;
  /** Frames per second. Default: 30. */
  readonly rate?: number;
  /** The moments of the frames in seconds, instead of a rate: `unevenTimes` makes some. */
  readonly times?: readonly number[];
  /** Seconds of media time at which it begins. Default: 0. */
  readonly from?: number;
  /** Default: 1. */
  readonly epoch?: number;
  readonly camera?: Camera;
  /** Standard deviation of each coordinate, in body heights. Default: 0. */
  readonly noise?: number;
  /** Share of frames that are lost, by chance. Default: 0. */
  readonly droppedShare?: number;
  /** What chance begins with: the same seed gives the same frames. Default: 1. */
  readonly seed?: number;
}

/**
 * Frames of people whose motion is known. Motion is a function of time: whatever the rate, it is the same motion.
 *
 * ```ts
 * dancerFrames({ move: walking({ stepsPerMinute: 110 }) }, { seconds: 10, rate: 24 });
 * dancerFrames({ move: dancing(beatTimes([{ beatsPerMinute: 120, seconds: 20 }])) }, { seconds: 20, noise: 0.005 });
 * ```
 */
export function dancerFrames(
  people: SyntheticDancer | readonly SyntheticDancer[],
  {
    seconds,
    rate = 30,
    times,
    from = 0,
    epoch = 1,
    camera = {},
    noise = 0,
    droppedShare = 0,
    seed = 1,
  }: DancerFramesOptions,
): PoseFrame[] {
  const dancers: readonly SyntheticDancer[] = 'move' in people ? [people] : people;
  const chance = randomNumbers(seed);
  const moments =
    times ?? Array.from({ length: Math.round(seconds * rate) }, (_, index) => from + index / rate);
  const frames: PoseFrame[] = [];
  let dropped = 0;
  for (const [sequence, moment] of moments.entries()) {
    if (droppedShare > 0 && chance.uniform() < droppedShare) {
      dropped += 1;
      continue;
    }
    const poses = dancers.flatMap((dancer, index) => {
      const { absent = [] } = dancer;
      if (absent.some((gap) => moment >= gap.from && moment < gap.until)) return [];
      return [poseOf(dancer, index, moment, camera, () => noise && noise * chance.normal())];
    });
    frames.push({
      sequence,
      epoch,
      timestamp: moment * 1000,
      width: camera.pictureWidth ?? 1280,
      height: camera.pictureHeight ?? 720,
      poses,
      hands: [],
      dropped,
      timings: { capturedAt: moment * 1000, stages: {} },
    });
    dropped = 0;
  }
  return frames;
}

function poseOf(
  { move, id, bodyHeight = 1.7, hidden = [] }: SyntheticDancer,
  index: number,
  moment: number,
  camera: Camera,
  error: () => number,
): Pose {
  const pose = photographed(
    id ?? index,
    bodyPlaces(move(moment), bodyHeight),
    camera,
    () => bodyHeight * error(),
  );
  const unseen = new Set(
    hidden
      .filter(({ from, until }) => moment >= from && moment < until)
      .flatMap(({ landmarks }) => landmarks.map((name): number => BODY_LANDMARKS[name])),
  );
  if (unseen.size === 0) return pose;
  const veiled = (landmarks: readonly Landmark[]) =>
    landmarks.map((landmark, which) =>
      unseen.has(which) ? { ...landmark, visibility: HIDDEN_VISIBILITY } : landmark,
    );
  return { ...pose, landmarks: veiled(pose.landmarks), worldLandmarks: veiled(pose.worldLandmarks) };
}

/**
 * Moments as a camera really gives them: around a rate, each early or late by up to `jitter` of the interval.
 * @returns seconds, strictly increasing
 */
export function unevenTimes(seconds: number, rate = 30, jitter = 0.3, seed = 1): number[] {
  const chance = randomNumbers(seed);
  return Array.from(
    { length: Math.round(seconds * rate) },
    (_, index) => (index + jitter * (chance.uniform() - 0.5) * 2 * 0.99) / rate + jitter / rate,
  );
}
