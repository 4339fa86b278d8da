import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import type { Hand, Landmark } from '../pose/index.ts';
import { ema } from './ema.ts';
import { oneEuro } from './one-euro.ts';

const at = (x: number, visibility = 1): Landmark => ({ x, y: 0.5, z: 0, visibility });

/** A pose all of whose landmarks stand at one x. */
const poseAt = (id: number, x: number) => ({
  ...syntheticPose(id, syntheticBody()),
  landmarks: Array.from({ length: 33 }, () => at(x)),
});

const handAt = (x: number, timestamp: number, rest: Partial<Hand> = {}): Hand => ({
  poseId: 0,
  side: 'left',
  score: 1,
  timestamp,
  landmarks: Array.from({ length: 21 }, () => at(x)),
  worldLandmarks: Array.from({ length: 21 }, () => at(x)),
  ...rest,
});

describe('ema()', () => {
  it('mixes 0.7 of the new with 0.3 of the previous result, on image and world landmarks', () => {
    const filter = ema().create();
    filter.step(syntheticFrame(0, [poseAt(0, 0.2)]));
    const second = filter.step(syntheticFrame(33, [poseAt(0, 0.4)])).poses[0];
    expect(second?.landmarks[7]?.x).toBeCloseTo(0.7 * 0.4 + 0.3 * 0.2, 12);
    const third = filter.step(syntheticFrame(66, [poseAt(0, 0.4)])).poses[0];
    expect(third?.landmarks[7]?.x).toBeCloseTo(0.7 * 0.4 + 0.3 * 0.34, 12);
    expect(third?.worldLandmarks[23]).toMatchObject({ x: 0.18, y: 0 });
  });

  it.each([0, -1, 1.1, Number.NaN])('refuses an alpha of %d', (alpha) => {
    expect(() => ema({ alpha })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe.each([
  ['ema', () => ema({ alpha: 0.5 })],
  ['oneEuro', () => oneEuro({ minCutoff: 1, beta: 0 })],
])('a filter per person (%s)', (_, factory) => {
  it('keeps the memories of two people apart, whatever their order', () => {
    const filter = factory().create();
    const alone = factory().create();
    filter.step(syntheticFrame(0, [poseAt(4, 0.1), poseAt(9, 0.8)]));
    alone.step(syntheticFrame(0, [poseAt(9, 0.8)]));
    const both = filter.step(syntheticFrame(33, [poseAt(9, 0.7), poseAt(4, 0.1)]));
    const one = alone.step(syntheticFrame(33, [poseAt(9, 0.7)]));
    expect(both.poses[0]?.landmarks).toEqual(one.poses[0]?.landmarks);
    expect(both.poses[1]?.landmarks[0]?.x).toBeCloseTo(0.1, 12);
  });

  it('starts afresh for somebody who was away for more than half a second, and not before', () => {
    const filter = factory().create();
    filter.step(syntheticFrame(0, [poseAt(0, 0.2)]));
    filter.step(syntheticFrame(300, []));
    const soon = filter.step(syntheticFrame(450, [poseAt(0, 0.6)])).poses[0]?.landmarks[0]?.x;
    expect(soon).toBeLessThan(0.6);
    filter.step(syntheticFrame(700, []));
    filter.step(syntheticFrame(1000, []));
    expect(filter.step(syntheticFrame(1100, [poseAt(0, 0.9)])).poses[0]?.landmarks[0]?.x).toBe(0.9);
    expect(filter.step(syntheticFrame(1601, [poseAt(0, 0.3)])).poses[0]?.landmarks[0]?.x).toBe(0.3);
  });

  it('starts afresh when time goes back, and after a reset', () => {
    const filter = factory().create();
    filter.step(syntheticFrame(100, [poseAt(0, 0.2)]));
    expect(filter.step(syntheticFrame(50, [poseAt(0, 0.6)])).poses[0]?.landmarks[0]?.x).toBe(0.6);
    filter.reset();
    expect(filter.step(syntheticFrame(80, [poseAt(0, 0.1)])).poses[0]?.landmarks[0]?.x).toBe(0.1);
  });

  it('lets no number that is not one through, hides the landmark meanwhile and recovers', () => {
    const filter = factory().create();
    const broken = (x: number) => ({
      ...poseAt(0, 0.2),
      landmarks: poseAt(0, 0.2).landmarks.map((point, index) => (index === 3 ? { ...point, x } : point)),
    });
    const first = filter.step(syntheticFrame(0, [broken(Number.NaN)])).poses[0]?.landmarks[3];
    expect(first).toMatchObject({ x: 0, y: 0.5, visibility: 0 });
    expect(filter.step(syntheticFrame(33, [broken(0.2)])).poses[0]?.landmarks[3]?.x).toBe(0.2);
    const held = filter.step(syntheticFrame(66, [broken(Number.POSITIVE_INFINITY)])).poses[0]?.landmarks[3];
    expect(held).toMatchObject({ x: 0.2, visibility: 0 });
    const well = filter.step(syntheticFrame(99, [broken(0.2)])).poses[0]?.landmarks[3];
    expect(well?.x).toBeCloseTo(0.2, 12);
    expect(well?.visibility).toBe(1);
  });

  it('starts afresh behind a frame whose time is not a number', () => {
    const filter = factory().create();
    for (const timestamp of [0, 33, Number.NaN]) filter.step(syntheticFrame(timestamp, [poseAt(0, 0.2)]));
    const fresh = factory().create();
    for (const [timestamp, x] of [
      [100, 0.4],
      [133, 0.5],
      [166, 0.7],
    ] as const) {
      const expected = fresh.step(syntheticFrame(timestamp, [poseAt(0, x)])).poses[0]?.landmarks[3];
      const got = filter.step(syntheticFrame(timestamp, [poseAt(0, x)])).poses[0]?.landmarks[3];
      expect(got).toEqual(expected);
    }
  });

  it('survives visibility that is not a number', () => {
    const filter = factory().create();
    const seen = (visibility: number) => ({ ...poseAt(0, 0.2), landmarks: [at(0.2, visibility)] });
    filter.step(syntheticFrame(0, [seen(0.8)]));
    expect(filter.step(syntheticFrame(33, [seen(Number.NaN)])).poses[0]?.landmarks[0]?.visibility).toBe(0);
    const well = filter.step(syntheticFrame(66, [seen(0.8)])).poses[0]?.landmarks[0];
    expect(well?.visibility).toBeCloseTo(0.8, 12);
  });

  it('steps a hand by its own time: a hand shown again is not smoothed again', () => {
    const filter = factory().create();
    filter.step(syntheticFrame(0, [], { hands: [handAt(0.2, 0)] }));
    const second = filter.step(syntheticFrame(100, [], { hands: [handAt(0.6, 100)] })).hands[0];
    expect(second?.landmarks[0]?.x).toBeGreaterThan(0.2);
    expect(second?.landmarks[0]?.x).toBeLessThan(0.6);
    const again = filter.step(syntheticFrame(133, [], { hands: [handAt(0.6, 100)] })).hands[0];
    expect(again?.landmarks).toBe(second?.landmarks);
    expect(again?.timestamp).toBe(100);
  });

  it("keeps a person's left hand apart from the right one", () => {
    const filter = factory().create();
    const hands = (left: number, right: number, time: number) => [
      handAt(left, time),
      handAt(right, time, { side: 'right' }),
    ];
    filter.step(syntheticFrame(0, [], { hands: hands(0.1, 0.9, 0) }));
    const after = filter.step(syntheticFrame(33, [], { hands: hands(0.1, 0.9, 33) }));
    expect(after.hands.map((hand) => hand.landmarks[0]?.x)).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(0.9, 12),
    ]);
  });

  it('never changes what it is given, nor what it gave before', () => {
    const filter = factory().create();
    const raw = syntheticFrame(0, [poseAt(0, 0.2)], { hands: [handAt(0.2, 0)] });
    const copy = structuredClone(raw);
    const first = filter.step(raw);
    const firstCopy = structuredClone(first);
    filter.step(syntheticFrame(33, [poseAt(0, 0.7)], { hands: [handAt(0.7, 33)] }));
    expect(raw).toEqual(copy);
    expect(first).toEqual(firstCopy);
  });
});
