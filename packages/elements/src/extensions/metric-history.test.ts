import type { Reading } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { MetricHistory } from './metric-history.ts';

function reading(timestamp: number, changes: Partial<Reading> = {}): Reading {
  return { metric: 'hello.height', timestamp, status: 'ok', value: 1, confidence: 1, ...changes };
}

function unknownAt(timestamp: number): Reading {
  return { metric: 'hello.height', timestamp, status: 'unknown', reason: 'It is dark.', confidence: 0 };
}

describe('what is remembered of readings', () => {
  it('is no more than the last twenty seconds of media time', () => {
    const history = new MetricHistory();
    for (let second = 0; second <= 60; second++) history.add([reading(second * 1000, { value: second })]);
    const { points } = history.of('hello.height', undefined);
    expect(points.map(({ timestamp }) => timestamp / 1000)).toEqual(
      Array.from({ length: 21 }, (_, index) => 40 + index),
    );
    expect(history.now).toBe(60_000);
  });

  it('is kept apart by person', () => {
    const history = new MetricHistory();
    history.add([reading(0, { poseId: 1, value: 5 }), reading(0, { poseId: 2, value: 7 })]);
    expect(history.of('hello.height', 1).points).toEqual([{ timestamp: 0, values: [5] }]);
    expect(history.of('hello.height', 2).points).toEqual([{ timestamp: 0, values: [7] }]);
    expect(history.of('hello.height', undefined).points).toEqual([]);
  });

  it('counts what has happened, and neither what is unknown nor what has not', () => {
    const history = new MetricHistory();
    history.add([
      reading(0, { value: true }),
      reading(10, { value: false }),
      unknownAt(20),
      reading(30, { value: 'left' }),
    ]);
    expect(history.of('hello.height', undefined).events).toBe(2);
  });

  it('has a gap where a value is not known', () => {
    const history = new MetricHistory();
    history.add([reading(0), unknownAt(10), reading(20, { value: [3, 4] })]);
    expect(history.of('hello.height', undefined).points.map(({ values }) => values)).toEqual([
      [1],
      [],
      [3, 4],
    ]);
  });

  it('is forgotten when time goes back: another take has begun', () => {
    const history = new MetricHistory();
    history.add([reading(5000), reading(6000), reading(100, { value: 9 })]);
    expect(history.of('hello.height', undefined)).toMatchObject({
      points: [{ timestamp: 100, values: [9] }],
      events: 1,
    });
    expect(history.now).toBe(100);
  });

  it('looks at who is there: at the first to have come, and at the next when that one has left', () => {
    const history = new MetricHistory();
    expect(history.person).toBeUndefined();
    const both = (second: number) => [4, 7].map((poseId) => reading(second * 1000, { poseId }));
    for (let second = 0; second < 5; second++) history.add(both(second));
    expect(history.person).toBe(4);
    for (let second = 5; second < 10; second++) history.add([reading(second * 1000, { poseId: 7 })]);
    expect(history.person).toBe(7);
    history.add([reading(30_000, { metric: 'hello.other' })]);
    expect(history.person, 'nobody is there: who was last').toBe(7);
  });

  it('forgets people who have left, so that an evening of passers-by fills no memory', () => {
    const history = new MetricHistory();
    for (let second = 0; second < 300; second++) {
      history.add([reading(second * 1000, { poseId: Math.floor(second / 10) })]);
    }
    expect(history.of('hello.height', 0).points).toEqual([]);
    expect(history.of('hello.height', 29).points).toHaveLength(10);
  });
});
