import type { Detection } from '../../engine/packed-landmarks.ts';
import type { NetworkSpec, Picture, Region } from '../network.ts';
import { type AnchorGrid, type Anchors, ssdAnchors } from './anchors.ts';
import { BOX_NUMBERS, type Candidate, decodeCandidates } from './candidates.ts';
import { Follower, type Sighting } from './follower.ts';
import { type Outputs, output } from './landmark-outputs.ts';
import { letterbox, type Size, toPicture } from './regions.ts';
import { sameLandmarks } from './same-landmarks.ts';
import type { Tracker, TrackerNetworks, TrackerOptions } from './tracker.ts';
import { suppressWeighted } from './weighted-suppression.ts';

/** What bodies and hands do not have in common. */
export interface Subject {
  readonly detector: NetworkSpec;
  readonly grids: readonly AnchorGrid[];
  /** How many keypoints the detector gives for each find. */
  readonly keypoints: number;
  /** Overlap of two finds above which they are one. */
  readonly overlap: number;
  /** Pairs of landmarks whose distance says how large a person or hand is in the picture. */
  readonly measures: readonly (readonly [from: number, to: number])[];
  /** Where to look for somebody whom the detector found; all in pixels of the picture. */
  regionOf(find: Pick<Candidate, 'box' | 'keypoints'>): Region | undefined;
  /** What the landmark network saw in a region; undefined when its presence is not above `least`. */
  read(outputs: Outputs, region: Region, picture: Size, least: number): Sighting | undefined;
}

/**
 * A detector finds somebody, a landmark network the landmarks, and from then on the last picture's landmarks say
 * where to look. Nothing is smoothed.
 */
export class TwoNetworkTracker<Source extends Picture = Picture> implements Tracker<Source> {
  readonly #subject: Subject;
  readonly #follower: Follower<Source>;
  readonly #networks: TrackerNetworks<Source>;
  readonly #options: TrackerOptions;
  readonly #anchors: Anchors;

  /** @param networks loaded as the subject's; whoever loaded them releases them */
  constructor(subject: Subject, networks: TrackerNetworks<Source>, options: TrackerOptions) {
    this.#subject = subject;
    this.#networks = networks;
    this.#options = options;
    this.#anchors = ssdAnchors(subject.detector.input.width, subject.grids);
    this.#follower = new Follower(
      {
        find: (picture) => this.#find(picture),
        look: async (picture, region) =>
          subject.read(await networks.landmarks.run(picture, region), region, picture, options.presence),
        isSame: (a, b) => sameLandmarks(a.points, b.points, subject.measures),
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
    const { detector, keypoints, overlap, regionOf } = this.#subject;
    const whole = letterbox(picture, detector.input);
    const outputs = await this.#networks.detector.run(picture, whole);
    const count = this.#anchors.length / 2;
    const candidates = decodeCandidates(
      output(outputs, 'boxes', count * (BOX_NUMBERS + 2 * keypoints)),
      output(outputs, 'scores', count),
      this.#anchors,
      detector.input.width,
      this.#options.detection,
    );
    return suppressWeighted(candidates, overlap).flatMap((find) => {
      const upperLeft = toPicture(whole, { x: find.box.left, y: find.box.top });
      const lowerRight = toPicture(whole, { x: find.box.right, y: find.box.bottom });
      const region = regionOf({
        box: { left: upperLeft.x, top: upperLeft.y, right: lowerRight.x, bottom: lowerRight.y },
        keypoints: find.keypoints.map((point) => toPicture(whole, point)),
      });
      return region ? [region] : [];
    });
  }
}
