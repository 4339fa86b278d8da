import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addClockSample, type ClockSample, estimateClock } from './clock-offset.ts';

/** An exchange with a clock that is `offset` ahead, over a way of `there` and `back` ms. */
function exchange(sentAt: number, offset: number, there: number, back: number): ClockSample {
  return { sentAt, serverTime: sentAt + there + offset, receivedAt: sentAt + there + back };
}

describe('the estimate of the server’s clock', () => {
  it('is exact when both ways take the same time', () => {
    expect(estimateClock([exchange(1000, 5000, 20, 20)])).toEqual({ offset: 5000, roundTrip: 40 });
  });

  it('is off by half the round trip at most, whatever the two ways took', () => {
    const way = fc.double({ min: 0, max: 5000, noNaN: true });
    const offset = fc.double({ min: -1e7, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(offset, fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 12 }), (ahead, ways) => {
        const samples = ways.map(([there, back], index) => exchange(index * 2000, ahead, there, back));
        const estimate = estimateClock(samples);
        const shortest = Math.min(...ways.map(([there, back]) => there + back));
        expect(Math.abs((estimate?.offset ?? Number.NaN) - ahead)).toBeLessThanOrEqual(shortest / 2 + 1e-6);
      }),
    );
  });

  it('believes the fastest exchange, not the newest or the average', () => {
    const samples = [exchange(0, 100, 300, 10), exchange(2000, 100, 4, 4), exchange(4000, 100, 10, 900)];
    expect(estimateClock(samples)).toEqual({ offset: 100, roundTrip: 8 });
  });

  it('keeps eight exchanges, so that a clock that drifts is followed', () => {
    let samples: readonly ClockSample[] = [exchange(0, 0, 1, 1)];
    for (let index = 1; index <= 8; index += 1) {
      samples = addClockSample(samples, exchange(index * 2000, 50, 5, 5));
    }
    expect(samples).toHaveLength(8);
    expect(estimateClock(samples)?.offset).toBe(50);
  });

  it('leaves out an answer from before its question, and says nothing without a good one', () => {
    expect(estimateClock([])).toBeUndefined();
    expect(estimateClock([{ sentAt: 1000, serverTime: 5, receivedAt: 900 }])).toBeUndefined();
  });
});
