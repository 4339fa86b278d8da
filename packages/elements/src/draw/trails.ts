import type { PoseFrame } from '@pose-coach/core';

/** One place where a joint has been: normalised image coordinates and the frame's media time in ms. */
export interface TrailPoint {
  readonly x: number;
  readonly y: number;
  readonly timestamp: number;
  /** False where the joint was out of sight before: no line leads here from the point before. */
  readonly joined: boolean;
}

/** Where one joint of one person has been lately, oldest first. */
export interface TrailPath {
  readonly poseId: number;
  /** Index of the body landmark, 0 to 32. */
  readonly joint: number;
  readonly points: readonly TrailPoint[];
}

/** Motion trails: plain data that the caller keeps and hands to `draw`. Start with `NO_TRAILS`. */
export interface Trails {
  readonly epoch: number;
  readonly timestamp: number;
  readonly paths: readonly TrailPath[];
}

export interface TrailOptions {
  /** Body landmarks that leave a trail; default: wrists and ankles. */
  readonly joints?: readonly number[];
  /** How long a trail stays, in ms of media time; default 700, about one beat of dance music. */
  readonly duration?: number;
}

export const NO_TRAILS: Trails = { epoch: Number.NaN, timestamp: Number.NaN, paths: [] };

/** Wrists and ankles, left and right. */
const TRAIL_JOINTS: readonly number[] = [15, 16, 27, 28];
const TRAIL_DURATION = 700;
/** Below this visibility a joint is a guess, and a trail of guesses is a scribble. */
const TRAIL_VISIBILITY = 0.5;

/**
 * The trails one frame later: a pure step, the input is not changed. A new epoch (a seek, another camera) starts
 * them anew; the same frame again changes nothing.
 */
export function nextTrails(trails: Trails, frame: PoseFrame, options: TrailOptions = {}): Trails {
  const sameStretch = trails.epoch === frame.epoch && frame.timestamp >= trails.timestamp;
  if (sameStretch && frame.timestamp === trails.timestamp) return trails;
  const before = sameStretch ? trails.paths : [];
  const oldest = frame.timestamp - (options.duration ?? TRAIL_DURATION);
  const paths: TrailPath[] = [];
  for (const pose of frame.poses) {
    for (const joint of options.joints ?? TRAIL_JOINTS) {
      const path = before.find((other) => other.poseId === pose.id && other.joint === joint);
      const points = (path?.points ?? []).filter((point) => point.timestamp >= oldest);
      const landmark = pose.landmarks[joint];
      if (landmark && landmark.visibility >= TRAIL_VISIBILITY && Number.isFinite(landmark.x + landmark.y)) {
        const joined = points.at(-1)?.timestamp === trails.timestamp;
        points.push({ x: landmark.x, y: landmark.y, timestamp: frame.timestamp, joined });
      }
      if (points.length > 0) paths.push({ poseId: pose.id, joint, points });
    }
  }
  return { epoch: frame.epoch, timestamp: frame.timestamp, paths };
}
