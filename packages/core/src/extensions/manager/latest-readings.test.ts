import { describe, expect, it } from 'vitest';
import type { Reading } from '../../analysis/index.ts';
import { LatestReadings } from './latest-readings.ts';

const reading = (metric: string, value: number, poseId?: number): Reading => ({
  metric,
  timestamp: value,
  status: 'ok',
  value,
  confidence: 1,
  ...(poseId === undefined ? {} : { poseId }),
});

describe('LatestReadings', () => {
  it('keeps one reading per metric and person, and per metric of everybody', () => {
    const latest = new LatestReadings();
    latest.add([
      reading('a', 1, 0),
      reading('a', 2, 1),
      reading('a', 3),
      reading('b', 4, 0),
      reading('a', 5, 0),
    ]);
    expect(latest.of('a').map(({ value }) => value)).toEqual([2, 3, 5]);
    expect(latest.of('b').map(({ value }) => value)).toEqual([4]);
    latest.forget(['a']);
    expect([latest.of('a'), latest.of('b').length]).toEqual([[], 1]);
  });

  it('does not grow with the people who come and go', () => {
    const latest = new LatestReadings();
    for (let person = 0; person < 10_000; person += 1) latest.add([reading('a', person, person)]);
    expect(latest.of('a').map(({ poseId }) => poseId)).toEqual(
      Array.from({ length: 32 }, (_, index) => 9968 + index),
    );
  });
});
