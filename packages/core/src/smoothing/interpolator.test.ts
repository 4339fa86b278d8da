import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import type { Hand, PoseFrame } from '../pose/index.ts';
import { Interpolator } from './interpolator.ts';

/** A frame captured at its timestamp, with people whose hips stand at these places. */
function people(timestamp: number, places: Record<number, number>, rest: Partial<PoseFrame> = {}): PoseFrame {
  const poses = Object.entries(places).map(([id, x]) =>
    syntheticPose(Number(id), syntheticBody(), { x, y: 0.5 }),
  );
  return syntheticFrame(timestamp, poses, rest);
}

/** Where the person's left hip is; it stands 0.18 m · 0.4 from the middle. */
const hip = (frame: PoseFrame | undefined, id = 0) =>
  (frame?.poses.find((pose) => pose.id === id)?.landmarks[23]?.x as number) - 0.18 * 0.4;

describe('the interpolator', () => {
  it('has nothing to show before the first result, and then shows it as it is', () => {
    const interpolator = new Interpolator();
    expect(interpolator.at(0)).toBeUndefined();
    const frame = people(0, { 0: 0.5 });
    interpolator.push(frame, 50);
    expect(interpolator.at(50)).toEqual({ frame, settled: true });
  });

  it('glides from the shown to the newest result within half their interval, at most 8 ms, and ends there', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0.2 }), 50);
    interpolator.at(60);
    const newest = people(33, { 0: 0.6 });
    interpolator.push(newest, 83);
    const half = interpolator.at(87);
    expect(hip(half?.frame)).toBeCloseTo(0.4, 9);
    expect(half?.frame.timestamp).toBeCloseTo(16.5, 9);
    expect(half?.frame.timings.capturedAt).toBeCloseTo(16.5, 9);
    expect(half?.settled).toBe(false);
    expect(interpolator.at(91)).toEqual({ frame: newest, settled: true });
    expect(interpolator.at(5000)?.frame).toBe(newest);
  });

  it('takes half the interval when results come faster than the display', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0.2 }), 0);
    interpolator.at(0);
    interpolator.push(people(10, { 0: 0.4 }), 10);
    expect(hip(interpolator.at(12.5)?.frame)).toBeCloseTo(0.3, 9);
    expect(interpolator.at(15)?.settled).toBe(true);
  });

  it('starts the next glide from what was shown last, without a step back', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0 }), 0);
    interpolator.at(0);
    interpolator.push(people(40, { 0: 0.4 }), 40);
    expect(hip(interpolator.at(44)?.frame)).toBeCloseTo(0.2, 9);
    interpolator.push(people(80, { 0: 0.8 }), 46);
    expect(hip(interpolator.at(46)?.frame)).toBeCloseTo(0.2, 9);
    expect(hip(interpolator.at(50)?.frame)).toBeCloseTo(0.5, 9);
  });

  it('glides from what was shown when several results came unseen', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0 }), 0);
    interpolator.at(0);
    interpolator.push(people(40, { 0: 0.9 }), 40);
    interpolator.push(people(80, { 0: 0.4 }), 41);
    expect(hip(interpolator.at(45)?.frame)).toBeCloseTo(0.2, 9);
  });

  it('shows a result at once when asked to, and over a longer time up to the whole interval', () => {
    for (const [over, at, expected] of [
      [0, 40, 0.4],
      [20, 50, 0.2],
      [1000, 50, 0.1],
    ] as const) {
      const interpolator = new Interpolator({ over });
      interpolator.push(people(0, { 0: 0 }), 0);
      interpolator.at(0);
      interpolator.push(people(40, { 0: 0.4 }), 40);
      expect(hip(interpolator.at(at)?.frame), `over ${over}`).toBeCloseTo(expected, 9);
    }
  });

  it('matches people by id: who appears or goes does so at once, nobody flies over', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 1: 0.1, 2: 0.5 }), 0);
    interpolator.at(0);
    interpolator.push(people(33, { 3: 0.9, 2: 0.7 }), 33);
    const frame = interpolator.at(37)?.frame;
    expect(frame?.poses.map(({ id }) => id).sort()).toEqual([2, 3]);
    expect(hip(frame, 2)).toBeCloseTo(0.6, 9);
    expect(hip(frame, 3)).toBeCloseTo(0.9, 9);
  });

  it('moves world landmarks, and lets a joint that was hidden or no number appear where it is', () => {
    const interpolator = new Interpolator();
    const before = people(0, { 0: 0.2 });
    const [pose] = before.poses;
    if (!pose) throw new Error('one person was made');
    const landmarks = pose.landmarks.map((point, index) => {
      if (index === 3) return { ...point, visibility: 0 };
      return index === 4 ? { ...point, y: Number.NaN } : point;
    });
    const shifted = pose.worldLandmarks.map((point) => ({ ...point, z: point.z - 0.2 }));
    interpolator.push({ ...before, poses: [{ ...pose, landmarks, worldLandmarks: shifted }] }, 0);
    interpolator.at(0);
    const after = people(33, { 0: 0.6 });
    interpolator.push(after, 33);
    const shown = interpolator.at(37)?.frame.poses[0];
    expect(shown?.landmarks[3]).toEqual(after.poses[0]?.landmarks[3]);
    expect(shown?.landmarks[4]).toEqual(after.poses[0]?.landmarks[4]);
    expect(shown?.worldLandmarks[23]?.z).toBeCloseTo(-0.1, 9);
  });

  it('moves hands by person and side, and their time with them', () => {
    const hand = (side: 'left' | 'right', x: number, timestamp: number): Hand => {
      const landmarks = [{ x, y: 0, z: 0, visibility: 1 }];
      return { poseId: 0, side, score: 1, timestamp, landmarks, worldLandmarks: landmarks };
    };
    const interpolator = new Interpolator();
    interpolator.push(people(0, {}, { hands: [hand('left', 0.2, 0), hand('right', 0.8, 0)] }), 0);
    interpolator.at(0);
    interpolator.push(people(40, {}, { hands: [hand('right', 0.6, 30), hand('left', 0.3, 30)] }), 40);
    const hands = interpolator.at(44)?.frame.hands;
    expect(hands?.map(({ landmarks }) => landmarks[0]?.x)).toEqual([
      expect.closeTo(0.7, 9),
      expect.closeTo(0.25, 9),
    ]);
    expect(hands?.[0]?.timestamp).toBeCloseTo(15, 9);
  });

  it.each([
    ['the epoch changes', { epoch: 2 }],
    ['the picture changes its size', { width: 500 }],
    ['time goes back', { timestamp: -20 }],
    ['results were away for more than half a second', { timestamp: 600 }],
  ])('jumps when %s', (_, change) => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0.2 }), 0);
    interpolator.at(0);
    const frame = { ...people(33, { 0: 0.6 }), ...change };
    interpolator.push(frame, 33);
    expect(interpolator.at(33)).toEqual({ frame, settled: true });
  });

  it('never mixes in an epoch that ended before anything of the new one was shown', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0.2 }), 0);
    interpolator.at(0);
    interpolator.push(people(33, { 0: 0.8 }, { epoch: 2 }), 33);
    interpolator.push(people(66, { 0: 0.9 }, { epoch: 2 }), 34);
    expect(hip(interpolator.at(35)?.frame)).toBeCloseTo(0.9, 9);
  });

  it('jumps after a long time in which nobody looked', () => {
    const interpolator = new Interpolator();
    interpolator.push(people(0, { 0: 0 }), 0);
    interpolator.at(0);
    for (let time = 40; time <= 4000; time += 40) interpolator.push(people(time, { 0: 0.5 }), time);
    expect(hip(interpolator.at(4001)?.frame)).toBeCloseTo(0.5, 9);
  });

  it('shares nothing with another instance', () => {
    const one = new Interpolator();
    const two = new Interpolator();
    one.push(people(0, { 0: 0.2 }), 0);
    expect(two.at(0)).toBeUndefined();
    two.push(people(0, { 0: 0.9 }), 0);
    one.at(0);
    two.at(0);
    one.push(people(33, { 0: 0.4 }), 33);
    two.push(people(33, { 0: 0.7 }), 33);
    expect(hip(one.at(37)?.frame)).toBeCloseTo(0.3, 9);
    expect(hip(two.at(37)?.frame)).toBeCloseTo(0.8, 9);
  });
});
