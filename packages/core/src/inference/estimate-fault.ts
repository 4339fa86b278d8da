import type { Hand, Landmark, Pose } from '../pose/index.ts';
import type { PoseEstimate } from './pose-estimator.ts';

/** Landmarks of a body and of a hand. */
const BODY = 33;
const HAND = 21;

/**
 * Farthest a landmark may lie from the origin: picture sizes for image landmarks, metres for the others. A joint
 * may well be out of the picture, but not ten pictures away: such numbers come from an engine gone wrong.
 */
const FARTHEST = 10;

/** What makes an estimate unfit to be passed on (numbers missing, not finite, out of range), or undefined when nothing does. */
export function estimateFault({ poses, hands }: PoseEstimate): string | undefined {
  for (const [index, pose] of poses.entries()) {
    const fault = detectionFault(pose, BODY);
    if (fault) return `pose ${index}: ${fault}`;
  }
  for (const [index, hand] of hands.entries()) {
    const fault = detectionFault(hand, HAND);
    if (fault) return `hand ${index}: ${fault}`;
  }
  return undefined;
}

function detectionFault(
  { score, landmarks, worldLandmarks }: Pose | Hand,
  count: number,
): string | undefined {
  if (!isLikelihood(score)) return `score ${score}`;
  return landmarksFault(landmarks, count) ?? landmarksFault(worldLandmarks, count);
}

function landmarksFault(landmarks: readonly Landmark[], count: number): string | undefined {
  if (landmarks.length !== count) return `${landmarks.length} landmarks instead of ${count}`;
  for (const [index, { x, y, z, visibility, presence }] of landmarks.entries()) {
    const inRange = Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST && Math.abs(z) <= FARTHEST;
    if (!inRange) return `landmark ${index} at ${x}, ${y}, ${z}`;
    if (!isLikelihood(visibility)) return `landmark ${index} with visibility ${visibility}`;
    if (presence !== undefined && !isLikelihood(presence))
      return `landmark ${index} with presence ${presence}`;
  }
  return undefined;
}

function isLikelihood(value: number): boolean {
  return value >= 0 && value <= 1;
}
