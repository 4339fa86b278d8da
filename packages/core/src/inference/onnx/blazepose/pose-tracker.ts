import type { Picture } from '../network.ts';
import { POSE_GRIDS } from './anchors.ts';
import { POSE_DETECTOR } from './networks.ts';
import { readPose } from './pose-sighting.ts';
import { bodyRegion } from './regions.ts';
import type { TrackerNetworks, TrackerOptions } from './tracker.ts';
import { type Subject, TwoNetworkTracker } from './two-network-tracker.ts';

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

const BODY: Subject = {
  detector: POSE_DETECTOR,
  grids: POSE_GRIDS,
  keypoints: KEYPOINTS,
  overlap: SAME_FACE,
  measures: TRUNK,
  regionOf({ keypoints }) {
    const [hips, rim] = [keypoints[HIPS], keypoints[RIM]];
    return hips && rim && bodyRegion(hips, rim);
  },
  read: readPose,
};

/** BlazePose (Bazarevsky et al., 2020): the detector finds faces, the landmark network 33 landmarks of each body. */
export class PoseTracker<Source extends Picture = Picture> extends TwoNetworkTracker<Source> {
  /** @param networks loaded as `POSE_DETECTOR` and one of `POSE_LANDMARKS`; whoever loaded them releases them */
  constructor(networks: TrackerNetworks<Source>, options: TrackerOptions) {
    super(BODY, networks, options);
  }
}
