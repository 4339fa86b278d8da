import { describe, expect, it } from 'vitest';
import { FrameContinuity } from './frame-continuity.ts';

/** Which frames begin a new epoch, given [source's epoch, timestamp] of each. */
function breaks(frames: readonly (readonly [number, number])[]): boolean[] {
  const continuity = new FrameContinuity();
  let previous: number | undefined;
  return frames.map(([epoch, timestamp]) => {
    const current = continuity.step(epoch, timestamp);
    const changed = current !== previous;
    previous = current;
    return changed;
  });
}

describe('FrameContinuity', () => {
  it('gives the source’s own epoch while time runs on', () => {
    const continuity = new FrameContinuity();
    expect([0, 33, 66, 566].map((timestamp) => continuity.step(-7, timestamp))).toEqual([-7, -7, -7, -7]);
  });

  it.each([
    [
      'the source’s epoch changes',
      [
        [1, 0],
        [1, 33],
        [2, 66],
        [2, 100],
      ],
      [true, false, true, false],
    ],
    [
      'time goes back',
      [
        [1, 100],
        [1, 133],
        [1, 20],
        [1, 53],
      ],
      [true, false, true, false],
    ],
    [
      'time stands',
      [
        [1, 100],
        [1, 100],
        [1, 133],
      ],
      [true, true, false],
    ],
    [
      'more than half a second is missing',
      [
        [1, 0],
        [1, 500],
        [1, 1001],
        [1, 1034],
      ],
      [true, false, true, false],
    ],
  ] as const)('begins a new epoch when %s', (_, frames, expected) => {
    expect(breaks(frames)).toEqual(expected);
  });

  it('never gives two streams the same epoch of its own making', () => {
    const [one, other] = [new FrameContinuity(), new FrameContinuity()];
    for (const stream of [one, other]) stream.step(1, 100);
    expect(one.step(1, 50)).not.toBe(other.step(1, 50));
  });
});
