import type { Reading } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { QualityCurve, type QualityPoint } from './quality-curve.ts';
import { bestAndWorst as bestAndWorstUntil } from './stretches.ts';

/** A take of so many seconds in which everything is as told, two seconds by two seconds. */
const take = (
  seconds: number,
  point: (second: number) => Omit<QualityPoint, 'from' | 'media'>,
): QualityPoint[] =>
  Array.from({ length: seconds / 2 }, (_, index) => ({
    from: index * 2000,
    media: index * 2000,
    ...point(2 * index),
  }));

const bestAndWorst = (points: readonly QualityPoint[], end = 3_600_000) => bestAndWorstUntil(points, end);

const between = (second: number, from: number, to: number) => second >= from && second < to;

describe('bestAndWorst', () => {
  it('finds the eight seconds with the highest and the lowest mean of the criteria', () => {
    const points = take(40, (second) => ({
      intensity: 50,
      smoothness: between(second, 10, 18) ? 90 : between(second, 26, 34) ? 20 : 60,
      consistency: between(second, 10, 18) ? 80 : 70,
    }));
    expect(bestAndWorst(points)).toEqual({
      best: { from: 10_000, to: 18_000, score: 85, criteria: { smoothness: 90, consistency: 80 } },
      worst: { from: 26_000, to: 34_000, score: 45, criteria: { smoothness: 20, consistency: 70 } },
    });
  });

  it('compares by the music where there is some for most of the take', () => {
    const points = take(30, (second) => ({
      intensity: 50,
      smoothness: 50,
      onBeat: second < 12 ? 30 : 95,
    }));
    const { best, worst } = bestAndWorst(points);
    expect(best?.criteria).toEqual({ onBeat: 95, smoothness: 50 });
    expect(worst).toMatchObject({ from: 0, to: 8000, score: 40 });
  });

  it('leaves music out that was heard for a moment only', () => {
    const points = take(40, (second) => ({
      intensity: 50,
      smoothness: second < 20 ? 40 : 70,
      ...(second < 8 ? { onBeat: 100 } : {}),
    }));
    expect(bestAndWorst(points).best?.criteria).toEqual({ smoothness: 70 });
  });

  it('calls resting neither good nor bad', () => {
    const points = take(40, (second) => ({
      intensity: second < 20 ? 50 : 2,
      smoothness: between(second, 0, 8) ? 40 : second < 20 ? 60 : 100,
    }));
    const { best, worst } = bestAndWorst(points);
    expect(best?.score).toBe(60);
    expect(best?.to).toBeLessThanOrEqual(24_000);
    expect(worst?.score).toBe(40);
  });

  it('compares nothing that is interrupted', () => {
    const points = take(40, (second) => ({ intensity: 50, smoothness: second < 20 ? 40 : 80 }));
    // Media time begins anew at second 20.
    const anew = points.map((point, index) =>
      index < 10 ? point : { ...point, media: point.media - 20_000 },
    );
    const { best, worst } = bestAndWorst(anew);
    expect([best?.score, worst?.score]).toEqual([80, 40]);
    expect(bestAndWorst(points.filter((_, index) => index % 4 !== 3))).toEqual({ best: null, worst: null });
  });

  it('ends no later than the take', () => {
    const points = take(40, (second) => ({
      intensity: 50,
      smoothness: second < 20 ? 40 : 80 - second / 100 + second,
    }));
    expect(bestAndWorst(points, 39_200).best).toMatchObject({ from: 32_000, to: 39_200 });
  });

  it('says neither when there are no two stretches, or nothing that could be judged', () => {
    expect(bestAndWorst(take(14, () => ({ intensity: 50, smoothness: 50 })))).toEqual({
      best: null,
      worst: null,
    });
    expect(bestAndWorst(take(60, () => ({ intensity: 50 })))).toEqual({ best: null, worst: null });
    expect(bestAndWorst([])).toEqual({ best: null, worst: null });
  });
});

describe('QualityCurve', () => {
  const read = (metric: string, value: number, rest: Partial<Reading> = {}): Reading => ({
    metric,
    timestamp: 0,
    status: 'ok',
    value,
    confidence: 1,
    ...rest,
  });

  it('takes means of two seconds, of what is sure', () => {
    const curve = new QualityCurve();
    // The take began at second 5 of the media.
    curve.add(read('dance.smoothness', 40, { timestamp: 5100 }), 100);
    curve.add(read('dance.smoothness', 60), 1900);
    curve.add(read('dance.smoothness', 100, { confidence: 0.2 }), 1950);
    curve.add(read('dance.jump', 30), 1960);
    curve.add(read('dance.intensity', 20, { timestamp: 9500 }), 4500);
    expect(curve.points).toEqual([
      { from: 0, media: 5000, smoothness: 50 },
      { from: 4000, media: 9000, intensity: 20 },
    ]);
  });

  it('keeps an hour and no more', () => {
    const curve = new QualityCurve();
    for (let second = 0; second < 4000; second += 1) {
      curve.add(read('dance.onBeat', 50, { timestamp: second * 1000 }), second * 1000);
    }
    expect(curve.points).toHaveLength(1800);
    expect(curve.points.at(-1)).toEqual({ from: 3_598_000, media: 3_598_000, onBeat: 50 });
  });
});
