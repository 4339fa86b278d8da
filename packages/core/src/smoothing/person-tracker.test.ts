import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose, turned } from '../../../../tests/synthetic-pose.ts';
import type { Hand, Pose, PoseFrame } from '../pose/index.ts';
import { PersonTracker } from './person-tracker.ts';

/** Numbers in [-1, 1) that are the same in every run (Park and Miller's generator). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

/** Somebody walking, who stands at `x` at the moment; the engine's id is set when the frame is made. */
function walker(x: number, seconds: number, random: () => number, facing: number, scale = 0.25): Pose {
  const swing = 25 * Math.sin(seconds * 2 * Math.PI);
  const body = turned(syntheticBody({ shoulder: Math.abs(swing), hip: 180 - Math.abs(swing) }), facing);
  const pose = syntheticPose(0, body, { x, y: 0.5 }, scale);
  // Half a hundredth of the picture to either side: about what an engine's landmarks jitter by.
  const landmarks = pose.landmarks.map((point) => ({
    ...point,
    x: point.x + 0.005 * random(),
    y: point.y + 0.005 * random(),
  }));
  return { ...pose, landmarks };
}

interface Walk {
  readonly name: string;
  readonly x: (seconds: number) => number;
  readonly facing: number;
  readonly hidden?: (seconds: number) => boolean;
  readonly scale?: number;
}

/** Walks people for some seconds and returns the ids that each one got. */
function idsOf(walks: readonly Walk[], seconds: number, rate: number, seed = 1): Record<string, number[]> {
  const tracker = new PersonTracker();
  const random = noise(seed);
  const ids: Record<string, Set<number>> = {};
  for (let index = 0; index <= seconds * rate; index += 1) {
    const time = index / rate;
    const visible = walks.filter(({ hidden }) => !hidden?.(time));
    // The engine's order changes all the time and means nothing.
    const order = random() > 0 ? visible : [...visible].reverse();
    const poses = order.map(({ x, facing, scale }, id) => ({
      ...walker(x(time), time, random, facing, scale),
      id,
    }));
    const tracked = tracker.step(syntheticFrame(time * 1000, poses));
    order.forEach(({ name }, at) => {
      ids[name] ??= new Set();
      ids[name].add(tracked.poses[at]?.id as number);
    });
  }
  return Object.fromEntries(Object.entries(ids).map(([name, set]) => [name, [...set]]));
}

const leftToRight: Walk = { name: 'a', x: (time) => 0.15 + 0.2 * time, facing: 90 };
const rightToLeft: Walk = { name: 'b', x: (time) => 0.85 - 0.2 * time, facing: -90 };

describe('the person tracker', () => {
  it.each([30, 15, 10])(
    'keeps the ids of two people who walk through each other at %i results a second',
    (rate) => {
      for (let seed = 1; seed <= 20; seed += 1) {
        const ids = idsOf([leftToRight, rightToLeft], 3.5, rate, seed);
        expect([ids.a, ids.b].sort(), `seed ${seed}`).toEqual([[0], [1]]);
      }
    },
  );

  it('keeps them by their movement alone when they look the same', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const ids = idsOf([leftToRight, { ...rightToLeft, facing: 90 }], 3.5, 30, seed);
      expect([ids.a, ids.b].sort(), `seed ${seed}`).toEqual([[0], [1]]);
    }
  });

  it('keeps them when one is hidden behind the other for half a second', () => {
    const hidden = (time: number) => time > 1.5 && time < 2;
    for (let seed = 1; seed <= 20; seed += 1) {
      const ids = idsOf([leftToRight, { ...rightToLeft, hidden }], 3.5, 30, seed);
      expect([ids.a, ids.b].sort(), `seed ${seed}`).toEqual([[0], [1]]);
    }
  });

  it('keeps them when somebody small passes behind somebody big who stands', () => {
    const standing: Walk = { name: 'a', x: () => 0.5, facing: 0, scale: 0.35 };
    const passing: Walk = { ...rightToLeft, scale: 0.22, hidden: (time) => time > 1.5 && time < 2 };
    const ids = idsOf([standing, passing], 3.5, 30);
    expect([ids.a, ids.b].sort()).toEqual([[0], [1]]);
  });

  it('keeps five people apart in a row', () => {
    const row = [0.1, 0.3, 0.5, 0.7, 0.9].map((x, index): Walk => {
      const name = `${index}`;
      return { name, x: (time) => x + 0.05 * Math.sin(time * 4 + index), facing: 0, scale: 0.15 };
    });
    for (const ids of Object.values(idsOf(row, 3, 30))) expect(ids).toHaveLength(1);
  });

  it('gives the id back within a second, and a new one after', () => {
    const away = (from: number, to: number): Walk => ({
      ...leftToRight,
      x: () => 0.5,
      hidden: (time) => time > from && time < to,
    });
    expect(idsOf([away(1, 1.9)], 3, 30).a).toEqual([0]);
    expect(idsOf([away(1, 2.5)], 3, 30).a).toEqual([0, 1]);
  });

  it('finds a runner again who stopped while out of sight', () => {
    const runner: Walk = {
      name: 'a',
      x: (time) => 0.1 + 0.6 * Math.min(time, 0.5),
      facing: 90,
      scale: 0.2,
      hidden: (time) => time > 0.5 && time < 1.4,
    };
    expect(idsOf([runner], 2, 30).a).toEqual([0]);
  });

  it('stays with one id when an engine that saw a person twice sees them once again', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const one: Walk = { name: 'a', x: () => 0.5, facing: 0 };
      const ghost: Walk = { ...one, name: 'b', hidden: (time) => time > 0.5 };
      const tracker = new PersonTracker();
      const random = noise(seed);
      const after = new Set<number | undefined>();
      for (let index = 0; index < 40; index += 1) {
        const time = index / 30;
        const poses = [one, ghost]
          .filter(({ hidden }) => !hidden?.(time))
          .map(({ x, facing }, id) => ({ ...walker(x(time), 0, random, facing), id }));
        const [first] = tracker.step(syntheticFrame(time * 1000, poses)).poses;
        if (poses.length === 1) after.add(first?.id);
      }
      expect(after.size, `seed ${seed}`).toBe(1);
    }
  });

  it('takes somebody far away for somebody else', () => {
    const tracker = new PersonTracker();
    const random = noise(3);
    const at = (x: number, time: number) =>
      tracker.step(syntheticFrame(time, [walker(x, 0, random, 0, 0.2)])).poses[0]?.id;
    expect(at(0.2, 0)).toBe(0);
    expect(at(0.8, 33)).toBe(1);
    expect(at(0.21, 66)).toBe(0);
  });

  it('forgets everybody and counts from 0 after a reset, and when time goes back', () => {
    const tracker = new PersonTracker();
    const random = noise(3);
    const frame = (x: number, time: number) => syntheticFrame(time, [walker(x, 0, random, 0)]);
    tracker.step(frame(0.2, 0));
    expect(tracker.step(frame(0.8, 33)).poses[0]?.id).toBe(1);
    tracker.reset();
    expect(tracker.step(frame(0.8, 66)).poses[0]?.id).toBe(0);
    expect(tracker.step(frame(0.8, 10)).poses[0]?.id).toBe(1);
  });

  it('hangs hands on the lasting id of their pose, and leaves out those of nobody', () => {
    const tracker = new PersonTracker();
    const random = noise(5);
    const hand = (poseId: number): Hand => ({
      poseId,
      side: 'left',
      score: 1,
      timestamp: 0,
      landmarks: [],
      worldLandmarks: [],
    });
    const people = (time: number, swap: boolean): PoseFrame => {
      const poses = [walker(0.3, 0, random, 0), walker(0.7, 0, random, 0)];
      const ordered = (swap ? poses.reverse() : poses).map((pose, id) => ({ ...pose, id }));
      // The engine's pose 0 waves.
      return syntheticFrame(time, ordered, { hands: [hand(0), hand(7)] });
    };
    expect(tracker.step(people(0, false)).hands.map(({ poseId }) => poseId)).toEqual([0]);
    expect(tracker.step(people(33, true)).hands.map(({ poseId }) => poseId)).toEqual([1]);
  });

  it('bears landmarks that are missing, hidden or not numbers', () => {
    const tracker = new PersonTracker();
    const random = noise(7);
    const whole = walker(0.5, 0, random, 0);
    const broken = (change: object) => ({
      ...whole,
      landmarks: whole.landmarks.map((point) => ({ ...point, ...change })),
    });
    tracker.step(syntheticFrame(0, [whole]));
    for (const [index, pose] of [
      broken({ x: Number.NaN }),
      broken({ visibility: 0 }),
      { ...whole, landmarks: [] },
    ].entries()) {
      const { poses } = tracker.step(syntheticFrame(33 * (index + 1), [pose]));
      expect(Number.isInteger(poses[0]?.id)).toBe(true);
    }
    expect(tracker.step(syntheticFrame(140, [whole])).poses[0]?.id).toBe(0);
  });
});
