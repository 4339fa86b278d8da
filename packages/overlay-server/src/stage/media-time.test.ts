import { describe, expect, it } from 'vitest';
import { MediaTime } from './media-time.ts';

const readings = (...timestamps: number[]) =>
  timestamps.map((timestamp) => ({
    metric: 'test.a',
    timestamp,
    status: 'ok' as const,
    value: 1,
    confidence: 1,
  }));

describe('the media time', () => {
  it('is that of the newest frame', () => {
    const time = new MediaTime();
    expect(time.now).toBeUndefined();
    expect(time.noteFrame({ epoch: 1, timestamp: 500 })).toBe(false);
    time.noteFrame({ epoch: 1, timestamp: 533 });
    expect(time.now).toBe(533);
  });

  it('does not go back for a reading that speaks of what was', () => {
    const time = new MediaTime();
    time.noteFrame({ epoch: 1, timestamp: 5000 });
    expect(time.noteReadings(readings(4300, 4700))).toBe(false);
    expect(time.noteReadings(readings(1000))).toBe(false);
    expect(time.now).toBe(5000);
  });

  it('follows readings where frames were left out, but not those of before a jump back', () => {
    const time = new MediaTime();
    time.noteFrame({ epoch: 1, timestamp: 60_000 });
    time.noteReadings(readings(60_400));
    expect(time.now).toBe(60_400);
    // The film begins anew, and an isolated analyzer is late.
    expect(time.noteFrame({ epoch: 2, timestamp: 0 })).toBe(true);
    expect(time.noteReadings(readings(60_450))).toBe(false);
    expect(time.now).toBe(0);
  });

  it('is that of the newest reading where there are no frames, and goes back with them', () => {
    const time = new MediaTime();
    time.noteReadings(readings(9000, 10_000));
    expect(time.noteReadings(readings(9100))).toBe(false);
    expect(time.now).toBe(10_000);
    expect(time.noteReadings([])).toBe(false);
    expect(time.noteReadings(readings(100))).toBe(true);
    expect(time.now).toBe(100);
  });

  it('begins anew with another publisher', () => {
    const time = new MediaTime();
    time.noteFrame({ epoch: 1, timestamp: 5000 });
    time.forget();
    expect(time.now).toBeUndefined();
    expect(time.noteFrame({ epoch: 9, timestamp: 10 })).toBe(false);
    expect(time.now).toBe(10);
  });
});
