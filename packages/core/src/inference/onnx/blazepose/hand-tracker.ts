import type { Detection } from '../../engine/packed-landmarks.ts';
import type { Picture, Region } from '../network.ts';
import { type Anchors, PALM_GRIDS, ssdAnchors } from './anchors.ts';
import { BOX_NUMBERS, decodeCandidates } from './candidates.ts';
import { Follower } from './follower.ts';
import { readHand } from './hand-sighting.ts';
import { output } from './landmark-outputs.ts';
import { HAND_DETECTOR } from './networks.ts';
import { handRegionOfPalm, letterbox, toPicture } from './regions.ts';
import { sameLandmarks } from './same-landmarks.ts';
import type { Tracker, TrackerNetworks, TrackerOptions } from './tracker.ts';
import { suppressWeighted } from './weighted-suppression.ts';

/** Overlap of two palms above which they are one (`min_suppression_threshold` of `hand_detector_graph.cc`). */
const SAME_PALM = 0.3;

/** Of the detector, of which `handRegionOfPalm` uses two. */
const KEYPOINTS = 7;

/** The palm's triangle: wrist, where the index finger begins, where the little finger begins. */
const PALM = [
  [0, 5],
  [5, 17],
  [17, 0],
] as const;

/**
 * MediaPipe Hands (Zhang et al., 2020): a detector finds palms, a landmark network the 21 landmarks of each hand,
 * and from then on the last picture's landmarks say where to look. Whose hands they are, and which side, the body's
 * wrists tell elsewhere. Nothing is smoothed.
 */
export class HandTracker<Source extends Picture = Picture> implements Tracker<Source> {
  readonly #follower: Follower<Source>;
  readonly #networks: TrackerNetworks<Source>;
  readonly #options: TrackerOptions;
  readonly #anchors: Anchors = ssdAnchors(HAND_DETECTOR.input.width, PALM_GRIDS);

  /** @param networks loaded as `HAND_DETECTOR` and `HAND_LANDMARKS`; whoever loaded them releases them */
  constructor(networks: TrackerNetworks<Source>, options: TrackerOptions) {
    this.#networks = networks;
    this.#options = options;
    this.#follower = new Follower(
      {
        find: (picture) => this.#find(picture),
        look: async (picture, region) =>
          readHand(await networks.landmarks.run(picture, region), region, picture, options.presence),
        isSame: (a, b) => sameLandmarks(a.points, b.points, PALM),
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
    const whole = letterbox(picture, HAND_DETECTOR.input);
    const outputs = await this.#networks.detector.run(picture, whole);
    const count = this.#anchors.length / 2;
    const candidates = decodeCandidates(
      output(outputs, 'boxes', count * (BOX_NUMBERS + 2 * KEYPOINTS)),
      output(outputs, 'scores', count),
      this.#anchors,
      HAND_DETECTOR.input.width,
      this.#options.detection,
    );
    return suppressWeighted(candidates, SAME_PALM).flatMap(({ box, keypoints }) => {
      const upperLeft = toPicture(whole, { x: box.left, y: box.top });
      const lowerRight = toPicture(whole, { x: box.right, y: box.bottom });
      const region = handRegionOfPalm({
        box: { left: upperLeft.x, top: upperLeft.y, right: lowerRight.x, bottom: lowerRight.y },
        keypoints: keypoints.map((point) => toPicture(whole, point)),
      });
      return region ? [region] : [];
    });
  }
}
