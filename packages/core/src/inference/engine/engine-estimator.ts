import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { Hand, Pose } from '../../pose/index.ts';
import type { EstimatorInfo, PoseEstimate, PoseEstimator } from '../pose-estimator.ts';
import type { EngineSource } from './engine-source.ts';
import type { EventBuffer } from './event-buffer.ts';
import type { HandLane } from './hand-lane.ts';
import type { KeptEngine } from './kept-engine.ts';
import { BODY_LANDMARK_COUNT } from './landmark-counts.ts';
import { followPoses, matchHands } from './match-hands.ts';
import { unpackDetections } from './packed-landmarks.ts';

/** Milliseconds of media time after which a hand says nothing of where it is now. */
const OLDEST_HANDS = 500;

/** The people of one picture, kept until the hands found in it arrive. */
interface Seen {
  readonly timestamp: number;
  readonly poses: readonly Pose[];
}

/** Bodies from one engine, hands from another, brought together. */
export class EngineEstimator implements PoseEstimator {
  readonly #source: EngineSource;
  readonly #body: KeptEngine;
  readonly #hands: HandLane | undefined;
  readonly #events: EventBuffer;
  readonly #onDispose: () => void;
  readonly #clock: Clock;
  #seen: Seen[] = [];
  #generation = 0;
  #fresh = true;
  #disposal: Promise<void> | undefined;

  constructor(parts: {
    readonly source: EngineSource;
    readonly body: KeptEngine;
    readonly hands: HandLane | undefined;
    readonly events: EventBuffer;
    readonly clock: Clock;
    readonly onDispose: () => void;
  }) {
    this.#source = parts.source;
    this.#body = parts.body;
    this.#hands = parts.hands;
    this.#events = parts.events;
    this.#clock = parts.clock;
    this.#onDispose = parts.onDispose;
  }

  get info(): EstimatorInfo {
    return this.#source.info;
  }

  get events(): PoseEstimator['events'] {
    return this.#events.event;
  }

  async estimate(image: FrameImage, timestamp: number): Promise<PoseEstimate> {
    checkPicture(image);
    const aspect = aspectOf(image);
    const generation = this.#generation;
    this.#fresh = false;
    const copied = this.#hands?.copy(image, timestamp);
    const copy = copied instanceof Promise ? await copied : copied;
    const begun = this.#clock.now();
    const finding = this.#body.detect(image, timestamp);
    const looking = copy && this.#lookForHands(copy, timestamp, finding);
    if (this.#hands?.awaited) await looking;
    const { packed, resize, detect } = await finding;
    const poses = unpackDetections(packed, BODY_LANDMARK_COUNT).map((detection, id) => ({
      id,
      ...detection,
    }));
    if (generation === this.#generation) this.#remember({ timestamp, poses });
    const hands = this.#handsOf(poses, timestamp, aspect);
    const stages = { resize, body: detect, transfer: this.#clock.now() - begun - resize - detect };
    const duration = this.#hands?.newest?.duration;
    return { poses, hands, stages: duration === undefined ? stages : { ...stages, hands: duration } };
  }

  reset(): void {
    this.#generation += 1;
    this.#seen = [];
    // What has seen nothing has nothing to forget, and forgetting takes the time of a frame.
    if (this.#fresh) return;
    this.#fresh = true;
    this.#body.reset();
    this.#hands?.reset();
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#generation += 1;
    await Promise.all([this.#body.dispose(), this.#hands?.dispose()]);
    this.#events.dispose();
    this.#onDispose();
  }

  /** Beside the body in workers; after it where both share a thread, so that the body is never the one that waits. */
  #lookForHands(copy: FrameImage, timestamp: number, body: Promise<unknown>): Promise<void> | undefined {
    const look = () => this.#hands?.look(copy, timestamp);
    return this.#source.thread === 'worker' ? look() : body.then(look, look);
  }

  #remember(seen: Seen): void {
    const oldest = seen.timestamp - OLDEST_HANDS;
    this.#seen = [...this.#seen.filter(({ timestamp }) => timestamp >= oldest), seen];
  }

  /**
   * The newest hands on the people of this picture. They are matched where they were found, with the people of
   * that picture, because a wrist moves on while its hand is looked for; then each follows its person to here.
   */
  #handsOf(poses: readonly Pose[], timestamp: number, aspect: number): Hand[] {
    const newest = this.#hands?.newest;
    if (!newest || Math.abs(timestamp - newest.timestamp) > OLDEST_HANDS) return [];
    const apart = (seen: Seen) => Math.abs(seen.timestamp - newest.timestamp);
    const then = this.#seen.reduce<Seen>((best, seen) => (apart(seen) < apart(best) ? seen : best), {
      timestamp,
      poses,
    });
    const places = followPoses(then.poses, poses, aspect);
    const landmarks = newest.detections.map((detection) => detection.landmarks);
    return matchHands(landmarks, then.poses, aspect).flatMap(({ hand, pose, side }) => {
      const poseId = places.get(pose);
      const detection = newest.detections[hand];
      return poseId === undefined || !detection
        ? []
        : [{ poseId, side, timestamp: newest.timestamp, ...detection }];
    });
  }
}

/** Callers without types may give anything: what cannot even be closed must not get as far as the engine. */
function checkPicture(image: Partial<FrameImage> | null | undefined): void {
  if (typeof image?.close === 'function') return;
  throw new PoseCoachError(
    'FRAME_INVALID',
    'This is no picture: give a RawImage in Node, a VideoFrame or an ImageBitmap in a browser.',
  );
}

function aspectOf(image: FrameImage): number {
  return 'displayWidth' in image ? image.displayWidth / image.displayHeight : image.width / image.height;
}
