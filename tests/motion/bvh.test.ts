import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BODY_LANDMARKS, type BodyLandmark, type PoseFrame } from '../../packages/core/src/pose/index.ts';
import { fixtures } from '../fixtures.ts';
import { bvhFrames, parseBvh } from './bvh.ts';

const TWO_BONES = `HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Yrotation Xrotation
  JOINT Arm
  {
    OFFSET 0 2 0
    CHANNELS 3 Zrotation Yrotation Xrotation
    End Site
    {
      OFFSET 0 1 0
    }
  }
}
MOTION
Frames: 1
Frame Time: 0.01
1 2 3 90 0 0 0 0 90
`;

const point = (frame: PoseFrame, name: BodyLandmark) => {
  const found = frame.poses[0]?.worldLandmarks[BODY_LANDMARKS[name]];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('motion capture', () => {
  it('is read with its hierarchy, channels and frames', () => {
    const { root, frames, frameTime } = parseBvh(TWO_BONES);
    expect(root.name).toBe('Hips');
    expect(root.children[0]?.children[0]?.name).toBe('Arm/end');
    expect(root.children[0]?.channels.map(({ index }) => index)).toEqual([6, 7, 8]);
    expect(frames).toEqual([[1, 2, 3, 90, 0, 0, 0, 0, 90]]);
    expect(frameTime).toBe(0.01);
    expect(() => parseBvh('{}')).toThrow('not a BVH file');
    expect(() => bvhFrames(TWO_BONES, { skipped: 0 })).toThrow('no joint');
  });

  it('of somebody who walks shows a grown-up with rigid legs who steps as far as people do', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const text = readFileSync(join(fixtures, 'sequences/mocap/cmu_12_01_walk.bvh'), 'utf8');
    const frames = bvhFrames(text, { rate: 30, turn: 90, camera: { distance: 6 } });
    // 523 frames of 1/120 s.
    expect(frames).toHaveLength(131);
    expect(frames.at(-1)?.timestamp).toBeCloseTo((130 * 4 * 1000) / 120, 0);
    const lengths = frames.map((frame) => {
      const [knee, ankle] = [point(frame, 'leftKnee'), point(frame, 'leftAnkle')];
      return Math.hypot(knee.x - ankle.x, knee.y - ankle.y, knee.z - ankle.z);
    });
    // The file's offset of the left foot: √(2.74354² + 7.53782²) units of 5.644 cm.
    for (const length of lengths) expect(length).toBeCloseTo(8.0216 * 0.056444, 3);
    const strides = frames.map((frame) =>
      Math.abs(point(frame, 'leftAnkle').x - point(frame, 'rightAnkle').x),
    );
    expect(Math.max(...strides)).toBeGreaterThan(0.5);
    expect(Math.max(...strides)).toBeLessThan(0.9);
    for (const frame of frames) expect(point(frame, 'leftShoulder').y).toBeLessThan(-0.3);
    const hips = frames.map((frame) => frame.poses[0]?.landmarks[BODY_LANDMARKS.leftHip]?.x ?? 0);
    expect(Math.abs((hips.at(-1) ?? 0) - (hips[0] ?? 0))).toBeGreaterThan(0.2);
    expect(frames[0]?.poses[0]?.landmarks[BODY_LANDMARKS.nose]?.visibility).toBe(0);
  });
});
