import type { Reading } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { NewestReadings } from './newest-readings.ts';

const reading = (metric: string, value: number, poseId?: number): Reading => ({
  metric,
  timestamp: value,
  status: 'ok',
  value,
  confidence: 1,
  ...(poseId === undefined ? {} : { poseId }),
});

describe('the newest readings', () => {
  it('are one for every metric and person', () => {
    const newest = new NewestReadings();
    newest.note([reading('a.x', 1, 0), reading('a.x', 2, 1), reading('a.x', 3), reading('a.y', 4)]);
    newest.note([reading('a.x', 5, 0)]);
    expect(newest.list().map(({ value }) => value)).toEqual([2, 3, 4, 5]);
  });

  it('are 300 at most: what has not been read for longest goes', () => {
    const newest = new NewestReadings();
    for (let index = 0; index < 1000; index += 1) newest.note([reading(`a.m${index}`, index)]);
    expect(newest.list().map(({ value }) => value)).toEqual(Array.from({ length: 300 }, (_, at) => 700 + at));
  });

  it('are not those of somebody who left: what nobody repeats for ten seconds is forgotten', () => {
    const newest = new NewestReadings();
    newest.note([reading('a.x', 1000, 0), reading('a.x', 4000, 7)]);
    newest.note([reading('a.x', 11_001, 8)]);
    expect(newest.list().map(({ poseId }) => poseId)).toEqual([7, 8]);
    expect(newest.of('a.x')?.poseId).toBe(7);
  });

  it('of a metric are those of everybody, or of the first person', () => {
    const newest = new NewestReadings();
    newest.note([reading('a.x', 1, 4), reading('a.x', 2, 3), reading('a.y', 3)]);
    expect(newest.of('a.x')?.value).toBe(2);
    newest.note([reading('a.x', 9)]);
    expect(newest.of('a.x')?.value).toBe(9);
    expect(newest.of('a.z')).toBeUndefined();
    newest.clear();
    expect(newest.list()).toEqual([]);
  });
});
