import { map, type Observable, take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { ManualClock } from '../base/manual-clock.ts';
import { JOINTS, jointAngles, type PoseFrame } from '../pose/index.ts';
import { ema } from './ema.ts';
import type { FilterFactory } from './filter.ts';
import { oneEuro } from './one-euro.ts';
import { smooth, trackAndFilter } from './smooth.ts';

const marbles = (run: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);

const frameAt = (timestamp: number, x: number, rest: Partial<PoseFrame> = {}) =>
  syntheticFrame(timestamp, [syntheticPose(0, syntheticBody(), { x, y: 0.5 })], rest);

/** Ids and places, rounded: what can be read in a diagram. */
const reading = (source: Observable<PoseFrame>) =>
  source.pipe(
    map(({ poses }) => poses.map(({ id, landmarks }) => `${id} at ${landmarks[0]?.x.toFixed(3)}`).join()),
  );

describe('smooth', () => {
  it('gives one frame for each, at once, and completes with its source', () => {
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-b--(c|)', {
        a: frameAt(0, 0.2),
        b: frameAt(33, 0.3),
        c: frameAt(66, 0.3),
      });
      expectObservable(reading(source.pipe(smooth(ema({ alpha: 0.5 }))))).toBe('-a-b--(c|)', {
        a: '0 at 0.200',
        b: '0 at 0.250',
        c: '0 at 0.275',
      });
    });
  });

  it('forgets everything when the epoch changes, both times', () => {
    marbles(({ cold, expectObservable }) => {
      const source = cold('a-b-c-d-|', {
        a: frameAt(0, 0.2),
        b: frameAt(33, 0.8),
        c: frameAt(66, 0.8, { epoch: 2 }),
        d: frameAt(99, 0.7, { epoch: 1 }),
      });
      expectObservable(reading(source.pipe(smooth(ema({ alpha: 0.5 }))))).toBe('a-b-c-d-|', {
        a: '0 at 0.200',
        // Too far for the same person.
        b: '1 at 0.800',
        c: '0 at 0.800',
        d: '0 at 0.700',
      });
    });
  });

  it('passes errors on and unsubscribes from its source', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const values = { a: frameAt(0, 0.2), b: frameAt(33, 0.2) };
      const broken = hot('--a-#', values);
      expectObservable(reading(broken.pipe(smooth(ema())))).toBe('--a-#', { a: '0 at 0.200' });
      const source = hot('--a-b-', values);
      expectObservable(reading(source.pipe(smooth(ema()), take(1)))).toBe('--(a|)', { a: '0 at 0.200' });
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('has a memory for every subscription', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('a-b-', { a: frameAt(0, 0.2), b: frameAt(33, 0.3) });
      const smoothed = reading(source.pipe(smooth(ema({ alpha: 0.5 }))));
      expectObservable(smoothed).toBe('a-b-', { a: '0 at 0.200', b: '0 at 0.250' });
      expectObservable(smoothed, '-^-').toBe('--b-', { b: '0 at 0.300' });
    });
  });

  it('adds what it cost to the timings and keeps the rest of the frame', () => {
    const clock = new ManualClock(1000);
    const slow: FilterFactory = {
      create: () => ({
        step(frame) {
          clock.advance(2.5);
          return frame;
        },
        reset: () => {},
      }),
    };
    const raw = frameAt(0, 0.2, {
      sequence: 7,
      dropped: 3,
      timings: { capturedAt: 990, stages: { body: 12 } },
    });
    const results: PoseFrame[] = [];
    marbles(({ cold, flush }) => {
      cold('a|', { a: raw })
        .pipe(smooth(slow, { clock }), toArray())
        .subscribe((frames) => results.push(...frames));
      flush();
    });
    expect(results).toEqual([{ ...raw, timings: { capturedAt: 990, stages: { body: 12, smoothing: 2.5 } } }]);
  });

  it('gives the same result for the same frames, at any speed', () => {
    const frames = Array.from({ length: 50 }, (_, index) => frameAt(index * 40, 0.5 + 0.1 * Math.sin(index)));
    const once = trackAndFilter(oneEuro());
    const twice = trackAndFilter(oneEuro());
    expect(frames.map((frame) => once.step(frame))).toEqual(frames.map((frame) => twice.step(frame)));
  });
});

describe('angles of smoothed frames', () => {
  /** Numbers that are normally distributed around 0, the same in every run (Box and Muller's method). */
  function gaussian(seed: number): () => number {
    let state = seed;
    const uniform = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  const deviation = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };

  /** Angle by angle over ten seconds of somebody who stands still before a noisy engine, from the third on. */
  function still(factory: FilterFactory | undefined): { angles: number[]; landmarks: number } {
    const random = gaussian(11);
    const filter = factory && trackAndFilter(factory);
    const body = syntheticBody({ elbow: 120, shoulder: 40, hip: 150, knee: 140 });
    const angles: number[][] = JOINTS.map(() => []);
    const knees: number[] = [];
    for (let index = 0; index < 300; index += 1) {
      // Two millimetres of jitter on every coordinate.
      const noisy = body.map((point) => ({
        ...point,
        x: point.x + 0.002 * random(),
        y: point.y + 0.002 * random(),
        z: point.z + 0.002 * random(),
      }));
      const raw = syntheticFrame((index * 1000) / 30, [syntheticPose(0, noisy)]);
      const pose = (filter ? filter.step(raw) : raw).poses[0];
      if (!pose || index < 60) continue;
      knees.push(pose.worldLandmarks[25]?.x as number);
      const { joints } = jointAngles(pose);
      JOINTS.forEach((joint, at) => {
        angles[at]?.push(joints[joint].degrees as number);
      });
    }
    return { angles: angles.map(deviation), landmarks: deviation(knees) };
  }

  it('are as steady as the landmarks: with oneEuro() a still person wavers less than half as much', () => {
    const raw = still(undefined);
    const smoothed = still(oneEuro());
    const steadier = smoothed.landmarks / raw.landmarks;
    expect(steadier).toBeLessThan(0.5);
    JOINTS.forEach((joint, at) => {
      const ratio = (smoothed.angles[at] as number) / (raw.angles[at] as number);
      expect(ratio, joint).toBeLessThan(0.5);
      expect(ratio, joint).toBeLessThan(1.5 * steadier);
    });
  });

  it('do not flip or jump while somebody turns around before a noisy engine', () => {
    const random = gaussian(5);
    const filter = trackAndFilter(oneEuro());
    const body = syntheticBody({ elbow: 120, shoulder: 40, hip: 150, knee: 140 });
    for (let index = 0; index < 300; index += 1) {
      const angle = (index / 300) * 4 * Math.PI;
      const points = body.map((point) => ({
        ...point,
        x: Math.cos(angle) * point.x + Math.sin(angle) * point.z + 0.005 * random(),
        y: point.y + 0.005 * random(),
        z: Math.cos(angle) * point.z - Math.sin(angle) * point.x + 0.005 * random(),
      }));
      const pose = filter.step(syntheticFrame((index * 1000) / 30, [syntheticPose(0, points)])).poses[0];
      const { joints } = jointAngles(pose ?? { worldLandmarks: [] });
      expect(joints.leftElbow.degrees, `elbow, frame ${index}`).toBeGreaterThan(105);
      expect(joints.leftElbow.degrees, `elbow, frame ${index}`).toBeLessThan(135);
      expect(joints.rightKnee.degrees, `knee, frame ${index}`).toBeGreaterThan(125);
      expect(joints.rightKnee.degrees, `knee, frame ${index}`).toBeLessThan(155);
    }
  });
});
