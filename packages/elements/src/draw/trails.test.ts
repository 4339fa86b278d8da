import type { PoseFrame } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { poseFrame, standingPose } from './standing-pose.test-data.ts';
import { NO_TRAILS, nextTrails } from './trails.ts';

/** Left wrist at `x`, at `timestamp`; `visibility` as given. */
function wristAt(x: number, timestamp: number, visibility = 1, epoch = 1): PoseFrame {
  const pose = standingPose({ 15: { x, y: 0.5, visibility } });
  return poseFrame([pose], { timestamp, epoch });
}

const options = { joints: [15], duration: 100 };

describe('motion trails', () => {
  it('remember where a joint was, oldest first, for as long as asked', () => {
    let trails = NO_TRAILS;
    for (let step = 0; step <= 5; step++) trails = nextTrails(trails, wristAt(step / 10, step * 40), options);
    expect(trails.paths).toHaveLength(1);
    // At 200 ms with a memory of 100 ms: the points of 120, 160 and 200 ms.
    expect(trails.paths[0]?.points.map((point) => point.timestamp)).toEqual([120, 160, 200]);
    expect(trails.paths[0]?.points.map((point) => point.x)).toEqual([0.3, 0.4, 0.5]);
  });

  it('leave the input as it was', () => {
    const first = nextTrails(NO_TRAILS, wristAt(0.1, 0), options);
    const copy = structuredClone(first);
    nextTrails(first, wristAt(0.2, 40), options);
    expect(first).toEqual(copy);
  });

  it('break where the joint was out of sight', () => {
    let trails = nextTrails(NO_TRAILS, wristAt(0.1, 0), options);
    trails = nextTrails(trails, wristAt(0.2, 20, 0.2), options);
    trails = nextTrails(trails, wristAt(0.3, 40), options);
    trails = nextTrails(trails, wristAt(0.4, 60), options);
    expect(trails.paths[0]?.points.map((point) => [point.x, point.joined])).toEqual([
      [0.1, false],
      [0.3, false],
      [0.4, true],
    ]);
  });

  it('start anew at a new epoch and when time goes back', () => {
    const first = nextTrails(NO_TRAILS, wristAt(0.1, 1000), options);
    expect(nextTrails(first, wristAt(0.2, 1010, 1, 2), options).paths[0]?.points).toHaveLength(1);
    expect(nextTrails(first, wristAt(0.2, 500), options).paths[0]?.points).toHaveLength(1);
  });

  it('stay the same for the same frame', () => {
    const first = nextTrails(NO_TRAILS, wristAt(0.1, 0), options);
    expect(nextTrails(first, wristAt(0.1, 0), options)).toBe(first);
  });
});
