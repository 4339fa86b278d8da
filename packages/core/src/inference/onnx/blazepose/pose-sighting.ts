import { BODY_LANDMARK_COUNT } from '../../engine/landmark-counts.ts';
import type { Region } from '../network.ts';
import type { Sighting } from './follower.ts';
import { refineByHeatmap } from './heatmap.ts';
import {
  areFinite,
  type Outputs,
  output,
  projectLandmark,
  type RawLandmark,
  worldLandmarks,
} from './landmark-outputs.ts';
import { bodyRegion, type Size, toPicture } from './regions.ts';
import { sigmoid } from './sigmoid.ts';

/** Pixels of the network's square input, and cells of its heatmaps to a side. */
const INPUT = 256;
const CELLS = 64;

/** x, y, z, visibility, presence. */
const NUMBERS = 5;

/** Landmarks the network knows: 33 of the body, two from which the next region follows, and four that go unused. */
const LANDMARKS = 39;
const HIPS = 33;
const RIM = 34;

/**
 * Reads what the pose landmark network saw in a region (`pose_landmarks_detector_graph.cc`).
 * @param least presence above which it is a person, in [0, 1]
 * @returns undefined when nobody is there
 */
export function readPose(
  outputs: Outputs,
  region: Region,
  picture: Size,
  least: number,
): Sighting | undefined {
  const [presence = 0] = output(outputs, 'presence', 1);
  // The network's presence is a probability already, unlike its landmarks' visibility and presence.
  if (!(presence > least)) return undefined;
  const raw = readLandmarks(outputs);
  const points = raw.map((point) => toPicture(region, point));
  const landmarks = raw
    .slice(0, BODY_LANDMARK_COUNT)
    .map((landmark) => projectLandmark(landmark, region, picture));
  const world = worldLandmarks(output(outputs, 'world_landmarks', LANDMARKS * 3), region, landmarks);
  const [hips, rim] = [points[HIPS], points[RIM]];
  if (!hips || !rim || !areFinite(landmarks) || !areFinite(world)) return undefined;
  return {
    detection: {
      // As with the other engine, which keeps its own score to itself: how much of the body is seen.
      score: landmarks.reduce((sum, { visibility }) => sum + visibility, 0) / landmarks.length,
      landmarks,
      worldLandmarks: world,
    },
    points: points.slice(0, BODY_LANDMARK_COUNT),
    next: bodyRegion(hips, rim),
  };
}

function readLandmarks(outputs: Outputs): RawLandmark[] {
  const values = output(outputs, 'landmarks', LANDMARKS * NUMBERS);
  const heatmaps = output(outputs, 'heatmap', LANDMARKS * CELLS * CELLS);
  return Array.from({ length: LANDMARKS }, (_, index) => {
    const at = (offset: number) => values[index * NUMBERS + offset] ?? Number.NaN;
    const heatmap = heatmaps.subarray(index * CELLS * CELLS, (index + 1) * CELLS * CELLS);
    return {
      ...refineByHeatmap({ x: at(0) / INPUT, y: at(1) / INPUT }, heatmap, CELLS),
      z: at(2) / INPUT,
      visibility: sigmoid(at(3)),
      presence: sigmoid(at(4)),
    };
  });
}
