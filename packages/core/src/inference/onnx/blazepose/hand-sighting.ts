import { HAND_LANDMARK_COUNT } from '../../engine/landmark-counts.ts';
import type { Region } from '../network.ts';
import type { Sighting } from './follower.ts';
import {
  areFinite,
  type Outputs,
  output,
  projectLandmark,
  type RawLandmark,
  worldLandmarks,
} from './landmark-outputs.ts';
import { handRegionOfLandmarks, type Size, toPicture } from './regions.ts';

/** Pixels of the network's square input. */
const INPUT = 224;

/** What the network's depths are divided by besides (`kLandmarksNormalizeZ` of `hand_landmarks_detector_graph.cc`). */
const DEPTH_SCALE = 0.4;

/**
 * Reads what the hand landmark network saw in a region (`hand_landmarks_detector_graph.cc`).
 * @param least presence above which it is a hand, in [0, 1]
 * @returns undefined when there is no hand
 */
export function readHand(
  outputs: Outputs,
  region: Region,
  picture: Size,
  least: number,
): Sighting | undefined {
  const [presence = 0] = output(outputs, 'presence', 1);
  if (!(presence > least)) return undefined;
  const [right = Number.NaN] = output(outputs, 'handedness', 1);
  // How sure the network is of the side, whichever it is: all the score that the other engine has for a hand.
  const score = Math.max(right, 1 - right);
  const raw = readLandmarks(outputs, score);
  const points = raw.map((point) => toPicture(region, point));
  const landmarks = raw.map((landmark) => projectLandmark(landmark, region, picture));
  const world = worldLandmarks(
    output(outputs, 'world_landmarks', HAND_LANDMARK_COUNT * 3),
    region,
    landmarks,
  );
  const next = handRegionOfLandmarks(points);
  if (!next || !areFinite(landmarks) || !areFinite(world)) return undefined;
  return { detection: { score, landmarks, worldLandmarks: world }, points, next };
}

/** The network has no visibility per joint: the hand's score says how far to trust each. */
function readLandmarks(outputs: Outputs, score: number): RawLandmark[] {
  const values = output(outputs, 'landmarks', HAND_LANDMARK_COUNT * 3);
  return Array.from({ length: HAND_LANDMARK_COUNT }, (_, index) => {
    const at = (offset: number) => (values[index * 3 + offset] ?? Number.NaN) / INPUT;
    return { x: at(0), y: at(1), z: at(2) / DEPTH_SCALE, visibility: score };
  });
}
