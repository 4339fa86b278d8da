import { estimateFault } from '../../inference/index.ts';
import type { Hand, Pose, PoseFrame } from '../../pose/index.ts';

/**
 * What makes a filter's frame unfit for those behind it, or undefined when nothing does: everything else that looks
 * at it may then take it for what its type says.
 * @param given what the filter gave back
 * @param frame what it was given
 */
export function frameFault(given: PoseFrame, frame: PoseFrame): string | undefined {
  if (!isObject(given)) return 'it is no frame';
  for (const field of ['sequence', 'epoch', 'timestamp'] as const) {
    if (given[field] !== frame[field]) return `its ${field} is another one`;
  }
  for (const field of ['width', 'height', 'dropped'] as const) {
    if (!Number.isFinite(given[field])) return `its ${field} is no number`;
  }
  const { timings, poses, hands } = given;
  if (!isObject(timings) || !Number.isFinite(timings.capturedAt) || !isObject(timings.stages))
    return 'its timings are missing';
  if (!Array.isArray(poses) || !Array.isArray(hands)) return 'it has no lists of poses and hands';
  if (!poses.every((pose) => hasLandmarks(pose) && Number.isFinite(pose.id)))
    return 'one of its poses is no pose';
  if (!hands.every((hand) => hasLandmarks(hand) && isHand(hand))) return 'one of its hands is no hand';
  return estimateFault({ poses, hands, stages: {} });
}

function hasLandmarks(found: Pose | Hand): boolean {
  return isObject(found) && isListOfObjects(found.landmarks) && isListOfObjects(found.worldLandmarks);
}

function isHand({ poseId, side, timestamp }: Hand): boolean {
  return (side === 'left' || side === 'right') && Number.isFinite(poseId) && Number.isFinite(timestamp);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}

/** The types of what strangers give back are a wish. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
