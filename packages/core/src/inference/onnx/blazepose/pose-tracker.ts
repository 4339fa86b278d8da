import type { Detection } from '../../engine/packed-landmarks.ts';
import type { Picture, Region } from '../network.ts';
import { type Anchors, POSE_GRIDS, ssdAnchors } from './anchors.ts';
import { BOX_NUMBERS, decodeCandidates } from './candidates.ts';
import { Follower } from './follower.ts';
import { output } from './landmark-outputs.ts';
import { POSE_DETECTOR } from './networks.ts';
import { readPose } from './pose-sighting.ts';
import { bodyRegion, letterbox, toPicture } from './regions.ts';
import { sameLandmarks } from './same-landmarks.ts';
import type { Tracker, TrackerNetworks, TrackerOptions } from './tracker.ts';
import { suppressWeighted } from './weighted-suppression.ts';

/** Overlap of two faces above which they are one person's (`min_suppression_threshold`, its default, of the task). */
const SAME_FACE = 0.5;

/** Of the detector's keypoints: the middle of the hips, and a point on the circle around the whole body. */
const KEYPOINTS = 4;
const HIPS = 0;
const RIM = 1;

/** Shoulder to hip, on either side: of the lengths of a body those that change least. */
const TRUNK = [
  [11, 23],
  [12, 24],
] as const;

/**
 * BlazePose (Bazarevsky et al., 2020): a detector finds people, a landmark network their 33 landmarks, and from
 * then on the last picture's landmarks say where to look. Nothing is smoothed.
 */
export class PoseTracker<Source extends Picture = Picture> implements Tracker<Source> {
  readonly #follower: Follower<Source>;
  readonly #networks: TrackerNetworks<Source>;
  readonly #options: TrackerOptions;
  readonly #anchors: Anchors = ssdAnchors(POSE_DETECTOR.input.width, POSE_GRIDS);

  /** @param networks loaded as `POSE_DETECTOR` and one of `POSE_LANDMARKS`; whoever loaded them releases them */
  constructor(networks: TrackerNetworks<Source>, options: TrackerOptions) {
    this.#networks = networks;
    this.#options = options;
    this.#follower = new Follower(
      {
        find: (picture) => this.#find(picture),
        look: async (picture, region) =>
          readPose(await networks.landmarks.run(picture, region), region, picture, options.presence),
        isSame: (a, b) => sameLandmarks(a.points, b.points, TRUNK),
      },
      options.limit,
      options.tracking,
    );
  }

  track(picture: Source): Promise<Detection[]> {
    return this.#follower.track(picture);
  }

  reset(): void {
    this.#follower.reset();
  }

  async #find(picture: Source): Promise<Region[]> {
    const whole = letterbox(picture, POSE_DETECTOR.input);
    const outputs = await this.#networks.detector.run(picture, whole);
    const count = this.#anchors.length / 2;
    const candidates = decodeCandidates(
      output(outputs, 'boxes', count * (BOX_NUMBERS + 2 * KEYPOINTS)),
      output(outputs, 'scores', count),
      this.#anchors,
      POSE_DETECTOR.input.width,
      this.#options.detection,
    );
    return suppressWeighted(candidates, SAME_FACE).flatMap(({ keypoints }) => {
      const [hips, rim] = [keypoints[HIPS], keypoints[RIM]];
      return hips && rim ? [bodyRegion(toPicture(whole, hips), toPicture(whole, rim))] : [];
    });
  }
}
