import { describe, expect, it } from 'vitest';
import { syntheticFrame } from '../../../../tests/synthetic-pose.ts';
import { FollowedBeat } from './followed-beat.ts';
import { MediaTime } from './media-time.ts';
import { BEAT_METRIC, reading } from './reading.test-data.ts';

const frame = (timestamp: number, epoch = 1) => syntheticFrame(timestamp, [], { epoch });

describe('media time on the stage', () => {
  it('is not known before a frame is shown', () => {
    expect(new MediaTime().toNow(1000, 5000)).toBeUndefined();
  });

  it('is told by the frames that are shown, also of moments that they have passed or not reached', () => {
    const time = new MediaTime();
    for (let step = 0; step < 60; step += 1) time.shown(frame(1000 + step * 16), 70_000 + step * 16);
    expect(time.toNow(1000, 71_000)).toBeCloseTo(70_000, 6);
    expect(time.toNow(2500, 71_000)).toBeCloseTo(71_500, 6);
  });

  it('hardly moves for frames that come unevenly', () => {
    const time = new MediaTime();
    // 12 ms early and late in turn: the mean is what counts.
    for (let step = 0; step < 200; step += 1) {
      time.shown(frame(step * 33), 10_000 + step * 33 + (step % 2 === 0 ? 12 : -12));
    }
    const off = (time.toNow(6600, 16_600) ?? 0) - 16_600;
    expect(Math.abs(off)).toBeLessThan(2);
  });

  it('goes with the frames when they jump, and stays when one is shown again and again', () => {
    const time = new MediaTime();
    time.shown(frame(1000), 50_000);
    time.shown(frame(9000), 50_033);
    expect(time.toNow(9000, 50_033)).toBe(50_033);
    time.shown(frame(20, 2), 50_066);
    expect(time.toNow(20, 50_066)).toBe(50_066);
    for (let at = 50_066; at < 51_000; at += 16) time.shown(frame(20, 2), at);
    expect(time.toNow(20, 51_000)).toBe(50_066);
  });

  it('is forgotten two seconds after the last frame, and at another publisher', () => {
    const time = new MediaTime();
    time.shown(frame(1000), 50_000);
    expect(time.toNow(1000, 52_000)).toBe(50_000);
    expect(time.toNow(1000, 52_001)).toBeUndefined();
    time.shown(frame(4000), 53_000);
    time.reset();
    expect(time.toNow(4000, 53_000)).toBeUndefined();
  });
});

describe('the beat that is followed', () => {
  it('has the tempo and the time of the newest event in BPM', () => {
    const beat = new FollowedBeat();
    expect(beat.at(0)).toBeUndefined();
    beat.note(reading('test.beat', 120), BEAT_METRIC, 1000);
    beat.note(reading('test.beat', 122), BEAT_METRIC, 1490);
    expect(beat.at(1500)).toEqual({ tempo: 122, at: 1490 });
  });

  it('goes on for four beats without another, and no longer', () => {
    const beat = new FollowedBeat();
    beat.note(reading('test.beat', 120), BEAT_METRIC, 1000);
    // 120 BPM: 500 ms.
    expect(beat.at(3000)).toBeDefined();
    expect(beat.at(3001)).toBeUndefined();
    expect(beat.at(2000)).toBeUndefined();
  });

  it.each([
    ['a tempo that is no event', reading('test.beat', 120), { ...BEAT_METRIC, kind: 'gauge' } as const],
    ['an event in another unit', reading('test.beat', 120), { ...BEAT_METRIC, unit: 'cm' }],
    ['an unknown one', reading('test.beat', undefined, { status: 'unknown', reason: 'No.' }), BEAT_METRIC],
    ['one without a tempo', reading('test.beat', undefined), BEAT_METRIC],
    ['no tempo at all', reading('test.beat', 0), BEAT_METRIC],
    ['a metric that nobody declares', reading('test.beat', 120), undefined],
  ])('is not %s', (_, event, metric) => {
    const beat = new FollowedBeat();
    beat.note(event, metric, 1000);
    expect(beat.at(1000)).toBeUndefined();
  });

  it('stays with one metric of two, until that falls silent', () => {
    const beat = new FollowedBeat();
    const other = { ...BEAT_METRIC, id: 'other.beat' };
    beat.note(reading('test.beat', 120), BEAT_METRIC, 1000);
    beat.note(reading('other.beat', 90), other, 1300);
    expect(beat.at(1300)?.tempo).toBe(120);
    beat.note(reading('other.beat', 90), other, 3400);
    expect(beat.at(3400)).toEqual({ tempo: 90, at: 3400 });
  });
});
