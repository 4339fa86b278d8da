import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clapping, clapping } from './clapping.ts';
import { clappingFrames } from './clapping-person.test-data.ts';

/** Seconds: uneven, as people clap. */
const CLAPS = [1.013, 1.96, 3.04, 3.911, 5.027, 5.944, 6.871, 8.002, 9.1, 10.05];

/** Plays frames and sounds in the order of their times; gives what was told. */
function played(
  claps: readonly number[],
  heard: readonly number[],
  milliseconds: number,
): readonly Clapping[] {
  const [frames, sounds] = [
    new Subject<ReturnType<typeof clappingFrames>[number]>(),
    new Subject<{ timestamp: number }>(),
  ];
  const told: Clapping[] = [];
  const subscription = clapping(frames, sounds).subscribe((each) => told.push(each));
  const waiting = [...heard];
  for (const frame of clappingFrames(claps, milliseconds)) {
    while ((waiting[0] ?? Number.POSITIVE_INFINITY) * 1000 <= frame.timestamp) {
      sounds.next({ timestamp: (waiting.shift() ?? 0) * 1000 });
    }
    frames.next(frame);
  }
  subscription.unsubscribe();
  return told;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('clapping', () => {
  it('counts what is seen and heard, and ends with the delay once eight claps agree', () => {
    const told = played(
      CLAPS,
      CLAPS.map((clap) => clap + 0.08),
      20_000,
    );
    const end = told.at(-1);
    if (end?.kind !== 'done' || end.calibration.status !== 'ok') throw new Error(JSON.stringify(end));
    expect(end.calibration.claps).toBe(8);
    expect(Math.abs(end.calibration.delay - 80)).toBeLessThan(12);
    expect(told[0]).toEqual({ kind: 'clapping', seen: 0, heard: 0 });
    expect(told).toContainEqual({ kind: 'clapping', seen: 3, heard: 3 });
  });

  it('says after twenty seconds what was missing', () => {
    const told = played(CLAPS, [], 25_000);
    expect(told.at(-1)).toMatchObject({ kind: 'done', calibration: { status: 'unknown' } });
    expect(told.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('says that no picture comes, instead of waiting for ever', () => {
    const told: Clapping[] = [];
    clapping(new Subject(), new Subject()).subscribe((each) => told.push(each));
    vi.advanceTimersByTime(60_000);
    expect(told.at(-1)).toMatchObject({
      kind: 'done',
      calibration: { status: 'unknown', reason: expect.stringContaining('Start the camera') },
    });
  });

  it('tells what goes wrong with the sound', () => {
    const sounds = new Subject<{ timestamp: number }>();
    let error: unknown;
    clapping(new Subject(), sounds).subscribe({ error: (thrown) => (error = thrown) });
    sounds.error(new Error('unplugged'));
    expect(error).toEqual(new Error('unplugged'));
    expect(vi.getTimerCount()).toBe(0);
  });
});
