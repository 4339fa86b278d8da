import type { Picture } from '../network.ts';
import { PALM_GRIDS } from './anchors.ts';
import { readHand } from './hand-sighting.ts';
import { HAND_DETECTOR } from './networks.ts';
import { handRegionOfPalm } from './regions.ts';
import type { TrackerNetworks, TrackerOptions } from './tracker.ts';
import { type Subject, TwoNetworkTracker } from './two-network-tracker.ts';

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

const HAND: Subject = {
  detector: HAND_DETECTOR,
  grids: PALM_GRIDS,
  keypoints: KEYPOINTS,
  overlap: SAME_PALM,
  measures: PALM,
  regionOf: handRegionOfPalm,
  read: readHand,
};

/**
 * MediaPipe Hands (Zhang et al., 2020): the detector finds palms, the landmark network 21 landmarks of each hand.
 * Whose hands they are, and which side, the body's wrists tell elsewhere.
 */
export class HandTracker<Source extends Picture = Picture> extends TwoNetworkTracker<Source> {
  /** @param networks loaded as `HAND_DETECTOR` and `HAND_LANDMARKS`; whoever loaded them releases them */
  constructor(networks: TrackerNetworks<Source>, options: TrackerOptions) {
    super(HAND, networks, options);
  }
}
