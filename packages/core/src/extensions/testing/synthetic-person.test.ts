import { describe, expect, it } from 'vitest';
import { BODY_LANDMARKS, jointAngles, type Landmark } from '../../pose/index.ts';
import { syntheticBody, syntheticFrames, syntheticPose } from './synthetic-person.ts';

const at = (landmarks: readonly Landmark[], name: keyof typeof BODY_LANDMARKS) => {
  const landmark = landmarks[BODY_LANDMARKS[name]];
  if (!landmark) throw new Error(`no ${name}`);
  return landmark;
};

describe('a synthetic person', () => {
  it('stands 82 cm above the ankles, hips in the origin, arms hanging 53 cm', () => {
    const body = syntheticBody();
    expect(body).toHaveLength(33);
    expect(at(body, 'leftAnkle').y).toBeCloseTo(0.82, 9);
    expect((at(body, 'leftHip').x + at(body, 'rightHip').x) / 2).toBe(0);
    expect(at(body, 'rightWrist').y - at(body, 'rightShoulder').y).toBeCloseTo(0.53, 9);
  });

  it.each([
    [{ elbow: 70 }, 'leftElbow', 70],
    [{ knee: 95 }, 'rightKnee', 95],
    [{ shoulder: 180, elbow: 120 }, 'rightElbow', 120],
  ] as const)('bends as it is told: %j', (bends, joint, degrees) => {
    const pose = syntheticPose(0, syntheticBody(bends));
    expect(jointAngles(pose).joints[joint].degrees).toBeCloseTo(degrees, 6);
  });

  it('stays where it is when landmarks are hidden', () => {
    const [seen, hidden] = [syntheticBody(), syntheticBody({ hidden: ['leftWrist'] })];
    expect(at(hidden, 'leftWrist')).toEqual({ ...at(seen, 'leftWrist'), visibility: 0 });
    expect(at(hidden, 'rightWrist')).toEqual(at(seen, 'rightWrist'));
  });

  it('moves over time, at a rate, from a moment, within an epoch', () => {
    const moments: number[] = [];
    const frames = syntheticFrames(
      1,
      (seconds) => {
        moments.push(seconds);
        return seconds < 2.5 ? undefined : { shoulder: 180 };
      },
      { from: 2, rate: 4, epoch: 7 },
    );
    expect(moments).toEqual([2, 2.25, 2.5, 2.75]);
    expect(frames.map(({ timestamp }) => timestamp)).toEqual([2000, 2250, 2500, 2750]);
    expect(frames.map(({ sequence, epoch }) => [sequence, epoch])).toEqual([
      [8, 7],
      [9, 7],
      [10, 7],
      [11, 7],
    ]);
    expect(frames.map(({ poses }) => poses.length)).toEqual([0, 0, 1, 1]);
  });
});
