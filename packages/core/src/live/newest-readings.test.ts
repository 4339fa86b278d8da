import { describe, expect, it } from 'vitest';
import { JUMP, jump, tempo } from './live-readings.test-data.ts';
import { NewestReadings } from './newest-readings.ts';

const EVENTS = new Set([JUMP.id]);

describe('the newest readings', () => {
  it('are one of each metric and person, without events', () => {
    const newest = new NewestReadings();
    newest.add([tempo(10), tempo(10, 90, { poseId: 1 }), jump(10)], EVENTS);
    newest.add([tempo(20, 124)], EVENTS);
    expect(newest.all).toEqual([tempo(10, 90, { poseId: 1 }), tempo(20, 124)]);
  });

  it('do not stand longer than ten seconds beside newer ones', () => {
    const newest = new NewestReadings();
    newest.add([tempo(0, 90, { poseId: 1 })], EVENTS);
    newest.add([tempo(10_000)], EVENTS);
    expect(newest.all).toHaveLength(2);
    newest.add([tempo(10_001)], EVENTS);
    expect(newest.all).toEqual([tempo(10_001)]);
  });

  it('follow a video that begins again', () => {
    const newest = new NewestReadings();
    newest.add([tempo(60_000, 90, { poseId: 1 })], EVENTS);
    newest.add([tempo(33)], EVENTS);
    expect(newest.all).toEqual([tempo(33)]);
  });

  it('are three hundred at most', () => {
    const newest = new NewestReadings();
    for (let person = 0; person < 1000; person += 1) newest.add([tempo(0, 1, { poseId: person })], EVENTS);
    expect(newest.all.map(({ poseId }) => poseId)).toEqual(
      Array.from({ length: 300 }, (_, index) => 700 + index),
    );
  });
});
