import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { syntheticFrame } from '../../../../tests/synthetic-pose.ts';
import type { Reading } from '../analysis/index.ts';
import { jointAngles, type Landmark, type PoseFrame } from '../pose/index.ts';
import { oneEuro, trackAndFilter } from '../smoothing/index.ts';
import { rule } from './coached.test-support.ts';
import { Feedback } from './feedback.ts';

/** Somebody's five squats, seen from the front, as MediaPipe's full model saw them at 30 frames per second. */
function squats(every: number): readonly PoseFrame[] {
  const file = readFileSync(join(fixtures as string, 'landmarks', 'squat_front_5reps.full.json.gz'));
  const { frames } = JSON.parse(gunzipSync(file).toString()) as {
    frames: ({ lm: number[][]; wl: number[][] } | null)[];
  };
  const filter = trackAndFilter(oneEuro());
  return frames.flatMap((frame, index) => {
    if (index % every !== 0) return [];
    const landmarks = (rows: number[][]) =>
      rows.map(([x = 0, y = 0, z = 0], at): Landmark => ({ x, y, z, visibility: frame?.lm[at]?.[3] ?? 0 }));
    const poses = frame
      ? [{ id: 0, score: 1, landmarks: landmarks(frame.lm), worldLandmarks: landmarks(frame.wl) }]
      : [];
    return [filter.step(syntheticFrame((index * 1000) / 30, poses))];
  });
}

function knees({ timestamp, poses }: PoseFrame): readonly Reading[] {
  return poses.map((pose): Reading => {
    const { degrees, confidence } = jointAngles(pose).joints.leftKnee;
    const about = { metric: 'test.knee', timestamp, poseId: pose.id, confidence };
    return degrees === undefined
      ? { ...about, status: 'unknown', reason: 'The knee is not in the picture.' }
      : { ...about, status: 'ok', value: degrees };
  });
}

/** Seconds at which the squats are lowest, to 0.3 s: labelled by hand. */
const BOTTOMS = [6.8, 10, 13.2, 16.3, 19.5];

/** Seconds at which a word is said on the way down; the cool-down is longer than anybody stays there. */
function wordsOf(every: number): readonly number[] {
  const feedback = new Feedback({ coolDown: 2 });
  feedback.setRules([rule('low', { when: { below: 110, until: 150 }, for: 0.1 })]);
  return squats(every).flatMap((frame) =>
    feedback.step(frame, knees(frame)).map(({ timestamp }) => timestamp / 1000),
  );
}

describe('on real motion', () => {
  it.for([1, 2, 3])(
    'each of five squats is spoken of once, at its time (every frame of %i)',
    (every, context) => {
      if (!fixtures) return context.skip('skipped: no fixtures');
      const words = wordsOf(every);
      expect(words).toHaveLength(BOTTOMS.length);
      for (const [index, bottom] of BOTTOMS.entries()) {
        expect(words[index]).toBeGreaterThan(bottom - 1);
        expect(words[index]).toBeLessThan(bottom + 0.3);
      }
    },
  );

  it('the same is said two frames apart at most, at 30 and at 15 frames per second', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const fast = wordsOf(1);
    const slow = wordsOf(2);
    expect(slow).toHaveLength(fast.length);
    // A frame to see it by, one for the filter, which has half as many values to go by.
    for (const [index, second] of slow.entries()) {
      expect(Math.abs(second - (fast[index] as number))).toBeLessThanOrEqual(2 / 15);
    }
  });
});
