import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { CapturedFrame } from './captured-frame.ts';
import { continuity, inEpochs, type TakenFrame } from './taken-frame.ts';

const moment = (timestamp: number, width = 640, height = 480) => ({ timestamp, width, height });

describe('continuity', () => {
  it('begins with the first frame', () => {
    expect(continuity(undefined, moment(0))).toBe('new');
  });

  it('goes on at the next frame, and across a gap of half a second', () => {
    expect(continuity(moment(0), moment(33))).toBe('same');
    expect(continuity(moment(0), moment(500))).toBe('same');
  });

  it('begins anew after more than half a second, when time goes back, and when the picture is turned', () => {
    expect(continuity(moment(0), moment(501))).toBe('new');
    expect(continuity(moment(1000), moment(999))).toBe('new');
    expect(continuity(moment(0), moment(33, 480, 640))).toBe('new');
  });

  it('knows the same frame given twice', () => {
    expect(continuity(moment(33), moment(33))).toBe('repeated');
  });
});

describe('inEpochs', () => {
  function start() {
    const source = new Subject<TakenFrame>();
    const frames: CapturedFrame[] = [];
    let closed = 0;
    source.pipe(inEpochs()).subscribe((frame) => frames.push(frame));
    const give = (
      timestamp: number,
      more: Partial<TakenFrame> & { width?: number; height?: number } = {},
    ) => {
      const { width = 640, height = 480, ...rest } = more;
      const image = { width, height, close: () => (closed += 1) } as unknown as ImageBitmap;
      source.next({ image, timestamp, capturedAt: timestamp, skipped: 0, ...rest });
    };
    return { give, frames, closed: () => closed, source };
  }

  it('keeps one epoch while frames continue each other, and takes another at each break', () => {
    const { give, frames } = start();
    give(0);
    give(33);
    give(40, { interrupted: true });
    give(73);
    give(10);
    give(43, { width: 480, height: 640 });
    const epochs = frames.map(({ epoch }) => epoch);
    expect(epochs.map((epoch) => [...new Set(epochs)].indexOf(epoch))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(frames.at(-1)).toMatchObject({ width: 480, height: 640 });
  });

  it('closes a frame given twice and one without pixels, and adds what they skipped to the next', () => {
    const { give, frames, closed } = start();
    give(0);
    give(0, { skipped: 2 });
    give(20, { width: 0, skipped: 1 });
    give(33, { skipped: 4 });
    expect(closed()).toBe(2);
    expect(frames.map(({ timestamp, skipped }) => [timestamp, skipped])).toEqual([
      [0, 0],
      [33, 7],
    ]);
  });

  it('gives two sources epochs of their own', () => {
    const first = start();
    const second = start();
    first.give(0);
    second.give(0);
    first.give(33);
    expect(first.frames[0]?.epoch).not.toBe(second.frames[0]?.epoch);
    expect(first.frames[1]?.epoch).toBe(first.frames[0]?.epoch);
  });
});
