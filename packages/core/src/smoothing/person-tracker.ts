import {
  BODY_LANDMARKS as BODY,
  type Landmark,
  type Pose,
  type PoseFrame,
  personSize,
} from '../pose/index.ts';
import { assign } from './assignment.ts';
import type { Filter } from './filter.ts';

/** Milliseconds a person who is not found is remembered: long enough to pass behind somebody else. */
const MEMORY = 1000;

/**
 * How far from where they were expected somebody may be found and still be the same person, in person sizes: the
 * mean over their main landmarks. Poses differ by about 0.1 from frame to frame in fast dance.
 */
const GATE = 0.5;

/** By how much the gate widens per second without a result: a person who starts to run covers about as much. */
const GATE_PER_SECOND = 1;

/** Milliseconds over which velocity is averaged. */
const VELOCITY_TIME = 100;

/** Milliseconds after which somebody out of sight is expected to have stopped, rather than to go on for ever. */
const COASTING = 500;

/** The landmarks that tell where a body is: few enough to be quick, and no fingers, which are noise. */
const COMPARED = [
  BODY.nose,
  BODY.leftShoulder,
  BODY.rightShoulder,
  BODY.leftElbow,
  BODY.rightElbow,
  BODY.leftHip,
  BODY.rightHip,
  BODY.leftKnee,
  BODY.rightKnee,
  BODY.leftAnkle,
  BODY.rightAnkle,
];

/** The landmarks whose mean is the person's place: the trunk, which arms and legs do not sway. */
const TRUNK = [BODY.leftShoulder, BODY.rightShoulder, BODY.leftHip, BODY.rightHip];

interface Track {
  readonly id: number;
  landmarks: readonly Landmark[];
  /** Pixels. */
  size: number;
  /** Pixels. */
  place: Place;
  /** Pixels per millisecond. */
  velocity: Place;
  /** ms of media time. */
  timestamp: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Gives people lasting ids: the pose that lies where a person was expected, judged by their last landmarks moved
 * on with their velocity, keeps that person's id; a new one gets the next number, from 0. Hands follow their
 * pose; one whose pose is not in the frame is left out.
 *
 * Limits: it knows places and sizes, not faces or clothes. Two people keep their ids when they cross or pass
 * behind one another for up to a second, as long as they walk on; who turns back while hidden, or stands so close
 * that the engine itself mixes up their limbs, may be swapped. After a second out of sight a person is a new one.
 * `reset` forgets everybody and counts from 0 again, so that the same recording gives the same ids.
 */
export class PersonTracker implements Filter {
  #tracks: Track[] = [];
  #nextId = 0;
  /** ms of media time of the frame before. */
  #previous = -Infinity;

  step(frame: PoseFrame): PoseFrame {
    this.#tracks = this.#tracks.filter((track) => {
      const age = frame.timestamp - track.timestamp;
      return age >= 0 && age <= MEMORY;
    });
    const known = this.#tracks;
    const columns = this.#match(frame);
    this.#previous = frame.timestamp;
    const idOf = new Map<number, number>();
    const poses = frame.poses.map((pose, index): Pose => {
      const track = known[columns[index] as number];
      const { id } = track ? follow(track, pose, frame) : this.#begin(pose, frame);
      idOf.set(pose.id, id);
      return { ...pose, id };
    });
    const hands = frame.hands.flatMap((hand) => {
      const poseId = idOf.get(hand.poseId);
      return poseId === undefined ? [] : [{ ...hand, poseId }];
    });
    return { ...frame, poses, hands };
  }

  reset(): void {
    this.#tracks = [];
    this.#nextId = 0;
    this.#previous = -Infinity;
  }

  /** The index of the track of each pose; beyond the last track for those who are new. */
  #match(frame: PoseFrame): readonly number[] {
    return assign(
      frame.poses.map((pose) => {
        const size = personSize(pose.landmarks, frame.width, frame.height);
        const costs = this.#tracks.map((track) => {
          const away = (frame.timestamp - track.timestamp) / 1000;
          const cost = difference(track, pose, size, frame);
          if (!(cost < GATE + GATE_PER_SECOND * away)) return FORBIDDEN;
          return track.timestamp < this.#previous ? cost + LOST : cost;
        });
        // A place for everybody who may be new.
        return [...costs, ...frame.poses.map(() => NEWCOMER)];
      }),
    );
  }

  #begin(pose: Pose, frame: PoseFrame): Track {
    const track: Track = {
      id: this.#nextId,
      landmarks: pose.landmarks,
      size: personSize(pose.landmarks, frame.width, frame.height),
      place: placeOf(pose, frame),
      velocity: { x: 0, y: 0 },
      timestamp: frame.timestamp,
    };
    this.#nextId += 1;
    this.#tracks = [...this.#tracks, track];
    return track;
  }
}

/** Person sizes: of two who could be meant, rather the one who was there a frame ago. */
const LOST = 0.1;

/** More than any permitted pair costs: nobody is new who can be somebody known. */
const NEWCOMER = GATE + GATE_PER_SECOND + LOST;

/** More than any sum of permitted costs, and a number. */
const FORBIDDEN = 1e6;

/** How unlike what was expected of `track` the pose is, in person sizes. */
function difference(track: Track, pose: Pose, size: number, frame: PoseFrame): number {
  const larger = Math.max(size, track.size);
  if (!(larger > 0)) return Infinity;
  const elapsed = frame.timestamp - track.timestamp;
  const coasted = COASTING * (1 - Math.exp(-elapsed / COASTING));
  let sum = 0;
  let count = 0;
  for (const index of COMPARED) {
    const before = track.landmarks[index];
    const now = pose.landmarks[index];
    if (!before || !now || before.visibility === 0 || now.visibility === 0) continue;
    const x = (now.x - before.x) * frame.width - track.velocity.x * coasted;
    const y = (now.y - before.y) * frame.height - track.velocity.y * coasted;
    const distance = Math.sqrt(x * x + y * y);
    if (!Number.isFinite(distance)) continue;
    sum += distance;
    count += 1;
  }
  if (count === 0) return Infinity;
  return sum / count / larger;
}

/** Notes where the person is now and how fast they go. */
function follow(track: Track, pose: Pose, frame: PoseFrame): Track {
  const place = placeOf(pose, frame);
  const elapsed = frame.timestamp - track.timestamp;
  if (elapsed > 0 && Number.isFinite(place.x + place.y + track.place.x + track.place.y)) {
    const share = 1 - Math.exp(-elapsed / VELOCITY_TIME);
    track.velocity = {
      x: track.velocity.x + share * ((place.x - track.place.x) / elapsed - track.velocity.x),
      y: track.velocity.y + share * ((place.y - track.place.y) / elapsed - track.velocity.y),
    };
  }
  track.place = place;
  track.landmarks = pose.landmarks;
  track.size = personSize(pose.landmarks, frame.width, frame.height);
  track.timestamp = frame.timestamp;
  return track;
}

function placeOf({ landmarks }: Pose, { width, height }: PoseFrame): Place {
  let x = 0;
  let y = 0;
  let count = 0;
  for (const index of TRUNK) {
    const landmark = landmarks[index];
    if (!landmark || landmark.visibility === 0) continue;
    x += landmark.x * width;
    y += landmark.y * height;
    count += 1;
  }
  return { x: x / count, y: y / count };
}
