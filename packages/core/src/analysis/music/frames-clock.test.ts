import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { FramesClock, onFramesClock, type TimedFrame } from './frames-clock.ts';

/** A Friday in 2023, in ms since the Unix epoch. */
const START = 1_700_000_000_000;

const frameAt = (timestamp: number, capturedAt: number, epoch = 1): TimedFrame => ({
  epoch,
  timestamp,
  timings: { capturedAt, stages: {} },
});

/** Even numbers in [-1, 1), always the same. */
function noise(index: number): number {
  const value = Math.sin(index * 12.9898) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

describe('the frames’ clock', () => {
  it('knows nothing before the first frame, and nothing of what was before it', () => {
    const clock = new FramesClock();
    expect(clock.mediaTime(START)).toBeUndefined();
    clock.see(frameAt(40, START));
    expect(clock.mediaTime(START - 1)).toBeUndefined();
    expect(clock.mediaTime(START + 10)).toBeCloseTo(50, 6);
  });

  it.each([24, 30, 60])('is right within 2 ms at %i Hz though captures jitter by ±8 ms', (rate) => {
    const clock = new FramesClock();
    for (let index = 0; index < 5 * rate; index += 1) {
      const timestamp = (index * 1000) / rate;
      clock.see(frameAt(timestamp, START + timestamp + 8 * noise(index)));
    }
    expect(Math.abs((clock.mediaTime(START + 5000) ?? 0) - 5000)).toBeLessThan(2);
  });

  it('is not moved by a few frames whose time is far off', () => {
    const clock = new FramesClock();
    for (let index = 0; index < 60; index += 1) {
      clock.see(frameAt(index * 40, START + index * 40 + (index % 7 === 0 ? 300 : 0)));
    }
    expect(clock.mediaTime(START + 2400)).toBeCloseTo(2400, 6);
  });

  it.each([0.5, 0.75, 1.5, 2])('follows a film played at speed %f', (speed) => {
    const clock = new FramesClock();
    // Presented with the screen's refreshes, 60 a second, while the film is at 25.
    for (let index = 0; index < 100; index += 1) {
      const timestamp = index * 40;
      const shown = Math.ceil(timestamp / speed / (1000 / 60)) * (1000 / 60);
      clock.see(frameAt(timestamp, START + shown));
    }
    const end = (99 * 40) / speed;
    // Shown up to a refresh late, 8 ms on average, which is `speed` times as much of the film.
    expect(Math.abs((clock.mediaTime(START + end) ?? 0) - 99 * 40)).toBeLessThan(20 * speed);
  });

  it('begins anew in a new epoch', () => {
    const clock = new FramesClock();
    for (let index = 0; index < 30; index += 1) clock.see(frameAt(index * 33, START + index * 33));
    clock.see(frameAt(60_000, START + 1000, 2));
    expect(clock.mediaTime(START + 1100)).toBe(60_100);
    expect(clock.mediaTime(START + 900)).toBeUndefined();
  });

  it('stands still when no frames come', () => {
    const clock = new FramesClock();
    clock.see(frameAt(0, START));
    expect(clock.mediaTime(START + 900)).toBe(900);
    expect(clock.mediaTime(START + 1100)).toBeUndefined();
  });
});

describe('onFramesClock', () => {
  it('moves beats to the frames’ clock, less what sound is late', () => {
    const [beats, frames] = [
      new Subject<{ timestamp: number; strength: number }>(),
      new Subject<TimedFrame>(),
    ];
    const heard: unknown[] = [];
    const subscription = onFramesClock(beats, frames, { delay: 80 }).subscribe((beat) => heard.push(beat));
    beats.next({ timestamp: START, strength: 1 });
    frames.next(frameAt(5000, START));
    beats.next({ timestamp: START + 500, strength: 0.7 });
    expect(heard).toEqual([{ timestamp: 5420, strength: 0.7 }]);
    subscription.unsubscribe();
    expect([beats.observed, frames.observed]).toEqual([false, false]);
  });

  it('passes on errors of both, and completes with the sounds', () => {
    for (const failing of ['sounds', 'frames'] as const) {
      const streams = { sounds: new Subject<{ timestamp: number }>(), frames: new Subject<TimedFrame>() };
      const errors: unknown[] = [];
      onFramesClock(streams.sounds, streams.frames).subscribe({ error: (error) => errors.push(error) });
      streams[failing].error('gone');
      expect(errors).toEqual(['gone']);
      expect(streams[failing === 'sounds' ? 'frames' : 'sounds'].observed).toBe(false);
    }
    const sounds = new Subject<{ timestamp: number }>();
    let complete = false;
    onFramesClock(sounds, new Subject<TimedFrame>()).subscribe({ complete: () => (complete = true) });
    sounds.complete();
    expect(complete).toBe(true);
  });
});
