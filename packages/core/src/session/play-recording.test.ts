import { EMPTY, from, lastValueFrom, type Observable, take, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/manual-clock.ts';
import type { PoseFrame } from '../pose/index.ts';
import { oneEuro, smooth } from '../smoothing/index.ts';
import { playRecording, RecordingWriter, readRecording } from './index.ts';
import { danceFrames } from './recorded-dance.ts';

const START = 1_800_000_000_000;

/** Everything a stream gives, with the clock's time at which it came. */
function watch(frames: Observable<PoseFrame>, clock: ManualClock) {
  const seen: { frame: PoseFrame; at: number }[] = [];
  let completed = false;
  const subscription = frames.subscribe({
    next: (frame) => seen.push({ frame, at: clock.now() - START }),
    complete: () => {
      completed = true;
    },
  });
  return { seen, subscription, completed: () => completed };
}

/** What stays the same whenever and wherever a frame is played. */
function content({ epoch, timings, ...rest }: PoseFrame) {
  return { ...rest, stages: timings.stages };
}

describe('playing a recording', () => {
  test('gives the frames of the recording at the times of the recording', () => {
    const frames = danceFrames(20, { sequence: 7, epoch: 4, timestamp: 5000 });
    const clock = new ManualClock(START);
    const { seen, completed } = watch(playRecording({ frames }, { clock }), clock);
    expect(seen.length).toBe(1);
    clock.advance(10_000);
    expect(seen.map(({ frame }) => content(frame))).toEqual(frames.map(content));
    expect(seen.map(({ at }) => at)).toEqual(frames.map(({ timestamp }) => timestamp - 5000));
    expect(seen.map(({ frame, at }) => frame.timings.capturedAt - START - at)).toEqual(frames.map(() => 0));
    expect(new Set(seen.map(({ frame }) => frame.epoch)).size).toBe(1);
    expect(completed()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('at another rate takes as much less time and changes nothing else', () => {
    const frames = danceFrames(20);
    const clock = new ManualClock(START);
    const { seen } = watch(playRecording({ frames }, { clock, rate: 2 }), clock);
    clock.advance(10_000);
    expect(seen.map(({ at }) => at)).toEqual(frames.map(({ timestamp }) => timestamp / 2));
    expect(seen.map(({ frame }) => content(frame))).toEqual(frames.map(content));
  });

  test('recorded, read and played smooths to the same skeleton, to the last bit, at any speed', async () => {
    const frames = danceFrames(60);
    const pieces: Uint8Array[] = [];
    const writer = new RecordingWriter((bytes) => void pieces.push(bytes));
    for (const frame of frames) writer.append(frame);
    await writer.close();
    const recording = readRecording(new Uint8Array(pieces.flatMap((piece) => [...piece])));
    if (!recording.ok) throw recording.error;
    const skeletons = (played: readonly PoseFrame[]) => played.map(({ poses }) => poses);
    const live = await lastValueFrom(from(frames).pipe(smooth(oneEuro()), toArray()));
    for (const rate of [0.5, 1, 3]) {
      const clock = new ManualClock(START);
      const played = playRecording(recording.value, { clock, rate }).pipe(smooth(oneEuro()));
      const { seen } = watch(played, clock);
      clock.advance(60_000);
      expect(skeletons(seen.map(({ frame }) => frame))).toEqual(skeletons(live));
    }
    const atOnce = playRecording(recording.value, { pace: 'immediate' }).pipe(smooth(oneEuro()), toArray());
    expect(skeletons(await lastValueFrom(atOnce))).toEqual(skeletons(live));
  });

  test('in a loop starts a new epoch with each pass, and its sequence numbers go on', () => {
    const frames = danceFrames(3, { sequence: 5, epoch: 1, timestamp: 0 });
    const clock = new ManualClock(START);
    const { seen, subscription, completed } = watch(playRecording({ frames }, { clock, loop: true }), clock);
    clock.advance(300);
    subscription.unsubscribe();
    // 34 and 33 ms apart; the median of the two, 34, between the last and the first.
    expect(seen.map(({ at }) => at)).toEqual([0, 34, 67, 101, 135, 168, 202, 236, 269]);
    expect(seen.map(({ frame }) => frame.sequence)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
    const epochs = seen.map(({ frame }) => frame.epoch);
    expect(epochs.map((epoch) => epoch - (epochs[0] ?? 0))).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(completed()).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test('waits no longer than a second where the recording was interrupted', () => {
    const before = danceFrames(2);
    const after = danceFrames(1, { sequence: 2, epoch: 2, timestamp: 600_000 });
    const soon = danceFrames(1, { sequence: 3, epoch: 3, timestamp: 600_500 });
    const clock = new ManualClock(START);
    const { seen } = watch(playRecording({ frames: [...before, ...after, ...soon] }, { clock }), clock);
    clock.advance(5000);
    expect(seen.map(({ at }) => at)).toEqual([0, 34, 1034, 1534]);
    expect(new Set(seen.map(({ frame }) => frame.epoch)).size).toBe(3);
  });

  test('loses nothing to late timers, and goes on where it stood after the machine slept', () => {
    const frames = danceFrames(400);
    /** Timers that fire late, as in a hidden page. */
    class LateClock extends ManualClock {
      late = 0;
      override delay(milliseconds: number, callback: () => void) {
        return super.delay(milliseconds + this.late, callback);
      }
    }
    const clock = new LateClock(START);
    const { seen } = watch(playRecording({ frames }, { clock }), clock);
    clock.late = 960;
    clock.advance(3100);
    expect(seen.map(({ frame }) => frame.sequence)).toEqual(seen.map((_, index) => index));
    // The newest frame is at most a late timer behind.
    const newest = seen.at(-1)?.frame.timestamp ?? 0;
    expect(clock.now() - START - newest).toBeLessThan(1100);
    clock.late = 60_000;
    clock.advance(59_000);
    const awake = seen.length;
    clock.late = 0;
    clock.advance(62_000);
    expect(seen.map(({ frame }) => frame.sequence)).toEqual(frames.map((_, index) => index));
    // Waking up gave one frame, not the minute that was slept through.
    const after = seen.slice(awake);
    expect(after.length).toBeGreaterThan(200);
    expect(new Set(after.slice(1, 100).map(({ at }) => at)).size).toBe(99);
  });

  test('gives every subscriber the whole recording, with epochs of their own', async () => {
    const played = playRecording({ frames: danceFrames(5) }, { pace: 'immediate' });
    const first = await lastValueFrom(played.pipe(toArray()));
    const second = await lastValueFrom(played.pipe(toArray()));
    expect(second.map(content)).toEqual(first.map(content));
    expect(second[0]?.epoch).not.toBe(first[0]?.epoch);
  });

  test('at once leaves even the capture times as they were recorded, and stops when asked to', async () => {
    const frames = danceFrames(5);
    const played = await lastValueFrom(
      playRecording({ frames }, { pace: 'immediate', loop: true }).pipe(take(12), toArray()),
    );
    expect(played.length).toBe(12);
    expect(played.slice(0, 5).map(({ timings }) => timings)).toEqual(frames.map(({ timings }) => timings));
  });

  test('of nothing completes, even in a loop', async () => {
    const nothing = playRecording({ frames: [] }, { loop: true }).pipe(toArray());
    expect(await lastValueFrom(nothing)).toEqual(await lastValueFrom(EMPTY.pipe(toArray())));
  });

  test.each([0, -1, NaN, Infinity])('at the rate %d is refused with OPTION_INVALID', (rate) => {
    expect(() => playRecording({ frames: [] }, { rate })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
