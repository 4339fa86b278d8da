import type { Landmark, PoseFrame } from '../pose/index.ts';

/*
 * Frames for this room's tests: somebody who sways, in float32 as engines give it, at a camera's uneven pace.
 */

/** Milliseconds between frames: a camera at about 30 per second. */
const INTERVALS = [33, 34, 33, 30, 37] as const;

function landmark(index: number, timestamp: number): Landmark {
  const sway = Math.sin(timestamp / 500 + index) * 0.02;
  return {
    x: Math.fround(0.5 + sway),
    y: Math.fround(index / 33),
    z: Math.fround(-0.1 + sway),
    visibility: Math.fround(0.95),
  };
}

/** @param start sequence number and time of the first frame */
export function danceFrames(count: number, start = { sequence: 0, epoch: 1, timestamp: 0 }): PoseFrame[] {
  let timestamp = start.timestamp;
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) timestamp += INTERVALS[index % INTERVALS.length] ?? 33;
    const landmarks = Array.from({ length: 33 }, (_unused, at) => landmark(at, timestamp));
    return {
      sequence: start.sequence + index,
      epoch: start.epoch,
      timestamp,
      width: 384,
      height: 496,
      poses: [{ id: 0, score: 0.9, landmarks, worldLandmarks: landmarks }],
      hands: [],
      dropped: 0,
      timings: { capturedAt: 1_700_000_000_000 + timestamp, stages: { body: 20 } },
    };
  });
}
