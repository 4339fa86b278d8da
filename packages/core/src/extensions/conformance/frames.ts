import {
  mirrored,
  syntheticBody,
  syntheticFrame,
  syntheticPose,
} from '../../../../../tests/synthetic-pose.ts';
import type { Hand, Landmark, Pose, PoseFrame } from '../../pose/index.ts';

/** Milliseconds between two frames at 30 Hz. */
const PERIOD = 1000 / 30;

/** The recorded form of a clip's motion: x, y, z and visibility of 33 landmarks, and x, y, z in metres. */
interface Recorded {
  readonly fps: number;
  readonly frames: readonly ({
    readonly lm: readonly (readonly [number, number, number, number])[];
    readonly wl: readonly (readonly [number, number, number])[];
  } | null)[];
}

/** Frames of real motion out of a `landmarks/*.json.gz` of the fixtures; nobody is in those without a person. */
export async function recordedFrames(zipped: ArrayBuffer, count: number): Promise<readonly PoseFrame[]> {
  const unzipped = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  const recorded: Recorded = await new Response(unzipped).json();
  return recorded.frames.slice(0, count).map((found, index) => {
    const poses: Pose[] = [];
    if (found !== null) {
      const worldLandmarks = found.wl.map(([x, y, z], which) => ({
        x,
        y,
        z,
        visibility: found.lm[which]?.[3] ?? 0,
      }));
      const landmarks = found.lm.map(([x, y, z, visibility]) => ({ x, y, z, visibility }));
      poses.push({ id: 0, score: 1, landmarks, worldLandmarks });
    }
    return syntheticFrame((index * 1000) / recorded.fps, poses, { sequence: index });
  });
}

/**
 * Somebody who walks on the spot swinging the arms, with a mirrored second person in every third frame, one hand in
 * view, and a left wrist that is hidden in every fifth frame.
 */
export function walkingFrames(count: number): readonly PoseFrame[] {
  return Array.from({ length: count }, (_, index) => {
    const swing = Math.sin((index * PERIOD * 2 * Math.PI) / 1000);
    const body = syntheticBody({ shoulder: 30 * swing, elbow: 160 - 20 * swing, knee: 170 - 25 * swing });
    const first = index % 5 === 4 ? hidden(body, LEFT_WRIST) : body;
    const poses = [syntheticPose(7, first)];
    if (index % 3 === 2) poses.push(syntheticPose(9, mirrored(body), { x: 0.2, y: 0.5 }));
    return frameAt(index, poses, { hands: [hand(7, index)] });
  });
}

/** A frame at 30 Hz with whatever is asked for. */
export function frameAt(
  index: number,
  poses: readonly Pose[] = [],
  rest: Partial<PoseFrame> = {},
): PoseFrame {
  return syntheticFrame(index * PERIOD, poses, { sequence: index, ...rest });
}

/** A frame with one person whose nose is at `x` in the picture: for numbers that must arrive as they are. */
export function frameWithNose(index: number, x: number): PoseFrame {
  const pose = syntheticPose(1, syntheticBody());
  const landmarks = pose.landmarks.map((point, which) => (which === 0 ? { ...point, x } : point));
  return frameAt(index, [{ ...pose, landmarks }]);
}

/** Where the left wrist stands among 33 landmarks. */
const LEFT_WRIST = 15;

function hidden(body: readonly Landmark[], which: number): Landmark[] {
  return body.map((point, index) => (index === which ? { ...point, visibility: 0.1 } : point));
}

function hand(poseId: number, index: number): Hand {
  const points = Array.from({ length: 21 }, (_, which) => ({
    x: which / 40,
    y: which / 50,
    z: 0,
    visibility: 1,
  }));
  return {
    poseId,
    side: 'left',
    score: 0.9,
    timestamp: index * PERIOD,
    landmarks: points,
    worldLandmarks: points,
  };
}
