import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PALM_GRIDS, POSE_GRIDS, ssdAnchors } from './anchors.ts';
import { type Candidate, decodeCandidates } from './candidates.ts';
import { intersectionOverUnion } from './overlap.ts';
import { suppressWeighted } from './weighted-suppression.ts';

const logit = (probability: number) => Math.log(probability / (1 - probability));

describe('anchors', () => {
  it('are as many as the detectors have outputs', () => {
    expect(ssdAnchors(224, POSE_GRIDS).length / 2).toBe(28 * 28 * 2 + 14 * 14 * 2 + 7 * 7 * 6);
    expect(ssdAnchors(224, POSE_GRIDS).length / 2).toBe(2254);
    expect(ssdAnchors(192, PALM_GRIDS).length / 2).toBe(2016);
  });

  it('lie in the middle of their cells, row by row, fine grids first', () => {
    const anchors = ssdAnchors(224, POSE_GRIDS);
    const at = (index: number) => [...anchors.subarray(index * 2, index * 2 + 2)];
    expect(at(0)).toEqual([0.5 / 28, 0.5 / 28].map(Math.fround));
    expect(at(1)).toEqual(at(0));
    expect(at(2)).toEqual([1.5 / 28, 0.5 / 28].map(Math.fround));
    expect(at(56)).toEqual([0.5 / 28, 1.5 / 28].map(Math.fround));
    expect(at(28 * 28 * 2)).toEqual([0.5 / 14, 0.5 / 14].map(Math.fround));
    expect(at(2253)).toEqual([6.5 / 7, 6.5 / 7].map(Math.fround));
    expect(at(2253 - 6)).toEqual([5.5 / 7, 6.5 / 7].map(Math.fround));
  });
});

describe('reading a detector', () => {
  const anchors = Float32Array.of(0.25, 0.5, 0.75, 0.5);
  // Of an input of 100 pixels: middle, size, two keypoints.
  const rows = Float32Array.of(...[10, -20, 30, 40, 5, 5, -25, 0], ...[0, 0, 10, 10, 1, 2, 3, 4]);

  it('makes pixels around an anchor into shares of the input', () => {
    const [first] = decodeCandidates(rows, Float32Array.of(logit(0.9), logit(0.2)), anchors, 100, 0.5);
    expect(first?.score).toBeCloseTo(0.9, 6);
    // Middle at 0.25 + 0.10 and 0.5 − 0.20; half of 0.3 and of 0.4 to every side.
    expect(first?.box.left).toBeCloseTo(0.2, 6);
    expect(first?.box.right).toBeCloseTo(0.5, 6);
    expect(first?.box.top).toBeCloseTo(0.1, 6);
    expect(first?.box.bottom).toBeCloseTo(0.5, 6);
    expect(first?.keypoints[0]?.x).toBeCloseTo(0.3, 6);
    expect(first?.keypoints[0]?.y).toBeCloseTo(0.55, 6);
    expect(first?.keypoints[1]?.x).toBeCloseTo(0, 6);
    expect(first?.keypoints[1]?.y).toBeCloseTo(0.5, 6);
  });

  it('leaves out what is not likely enough, and takes what just is', () => {
    const scores = (logits: readonly number[], least: number) =>
      decodeCandidates(rows, Float32Array.from(logits), anchors, 100, least).map(({ score }) => score);
    expect(scores([logit(0.9), logit(0.2)], 0.5)).toHaveLength(1);
    expect(scores([0, -1], 0.5)).toEqual([0.5]);
    expect(scores([-1000, 1000], 0)).toHaveLength(2);
  });

  it('leaves out boxes of negative size and all that is not a number', () => {
    const broken = (at: number, value: number) => {
      const copy = rows.slice();
      copy[at] = value;
      return decodeCandidates(copy, Float32Array.of(5, 5), anchors, 100, 0.5);
    };
    expect(broken(0, 10)).toHaveLength(2);
    expect(broken(2, -1)).toHaveLength(1);
    expect(broken(3, Number.NaN)).toHaveLength(1);
    expect(broken(6, Number.POSITIVE_INFINITY)).toHaveLength(1);
    expect(decodeCandidates(rows, Float32Array.of(Number.NaN, 5), anchors, 100, 0.5)).toHaveLength(1);
  });
});

describe('overlap', () => {
  const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

  it('is what both cover of what either covers', () => {
    // 1 × 2 of 2 × 2 + 2 × 2 − 2.
    expect(intersectionOverUnion(box(0, 0, 2, 2), box(1, 0, 3, 2))).toBeCloseTo(1 / 3, 12);
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(1, 1, 3, 3))).toBeCloseTo(1 / 4, 12);
    expect(intersectionOverUnion(box(0, 0, 2, 2), box(0, 0, 2, 2))).toBe(1);
  });

  it('is nothing where boxes only touch, or are empty', () => {
    expect(intersectionOverUnion(box(0, 0, 1, 1), box(1, 0, 2, 1))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, 0, 0), box(0, 0, 0, 0))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, Number.NaN, 1), box(0, 0, 1, 1))).toBe(0);
  });
});

describe('weighted suppression', () => {
  const candidate = (score: number, left: number, size = 10): Candidate => ({
    score,
    box: { left, top: 0, right: left + size, bottom: size },
    keypoints: [{ x: left, y: size }],
  });

  it('averages those that overlap, by their scores, and keeps the best score', () => {
    // They share 8 × 10 of 120: two thirds.
    const [only, ...rest] = suppressWeighted([candidate(0.3, 2), candidate(0.9, 0)], 0.5);
    expect(rest).toEqual([]);
    expect(only?.score).toBe(0.9);
    expect(only?.box.left).toBeCloseTo(0.5, 12);
    expect(only?.box.right).toBeCloseTo(10.5, 12);
    expect(only?.keypoints[0]?.x).toBeCloseTo(0.5, 12);
    expect(only?.keypoints[0]?.y).toBeCloseTo(10, 12);
  });

  it('keeps apart those that overlap no more than allowed, best first', () => {
    // 5 × 10 of 150: a third.
    const two = [candidate(0.6, 0), candidate(0.8, 5)];
    expect(suppressWeighted(two, 1 / 3).map(({ score }) => score)).toEqual([0.8, 0.6]);
    expect(suppressWeighted(two, 0.33)).toHaveLength(1);
    expect(suppressWeighted([], 0.5)).toEqual([]);
  });

  it('compares with the best of each group only, so that a row of neighbours does not become one', () => {
    // Each overlaps with the next by 6 of 14, but the outer two do not meet.
    const row = [candidate(0.7, 0), candidate(0.9, 4), candidate(0.8, 8), candidate(0.5, 12)];
    expect(suppressWeighted(row, 0.4).map(({ score }) => score)).toEqual([0.9, 0.5]);
  });

  it('loses and invents nobody, whatever the order', () => {
    const scores = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 12 });
    const place = fc.double({ min: 0, max: 60, noNaN: true });
    const candidates = scores.chain((all) =>
      fc.tuple(
        ...all.map((score) =>
          fc
            .tuple(place, fc.integer({ min: 0, max: 12 }))
            .map(([left, size]) => candidate(score / 1000, left, size)),
        ),
      ),
    );
    fc.assert(
      fc.property(candidates, fc.double({ min: 0, max: 1, noNaN: true }), (all, overlap) => {
        const kept = suppressWeighted(all, overlap);
        const given = all.map(({ score }) => score).sort((a, b) => b - a);
        expect(kept.map(({ score }) => score)).toEqual(
          given.filter((score) => kept.some((one) => one.score === score)),
        );
        // The best of all stays, and all lie within what was given.
        expect(kept[0]?.score).toBe(given[0]);
        const lefts = all.map(({ box }) => box.left);
        for (const { box } of kept) {
          expect(box.left).toBeGreaterThanOrEqual(Math.min(...lefts) - 1e-9);
          expect(box.left).toBeLessThanOrEqual(Math.max(...lefts) + 1e-9);
        }
        expect(suppressWeighted([...all].reverse(), overlap)).toEqual(kept);
      }),
    );
  });
});
