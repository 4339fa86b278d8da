import type { PaintedMessage } from '@pose-coach/core/protocol';
import { describe, expect, it } from 'vitest';
import { PaintDelays } from './paint-delays.ts';
import type { Peer } from './peer.ts';

const painted = (frames: number, median: number, longest: number): PaintedMessage => ({
  type: 'painted',
  frames,
  median,
  longest,
});

/** Peers are only told apart here. */
const overlay = () => ({}) as Peer;

describe('the delay of overlays', () => {
  it('is the median over all frames of all overlays, and the longest of all', () => {
    const delays = new PaintDelays();
    const [one, two] = [overlay(), overlay()];
    delays.note(one, painted(60, 40, 90), 1000);
    delays.note(one, painted(60, 44, 70), 2000);
    // One that hardly paints hardly counts.
    delays.note(two, painted(10, 500, 900), 2000);
    expect(delays.measure(2500)).toMatchObject({ median: 44, longest: 900, overlays: 2 });
  });

  it('is that of the last five seconds, and of overlays that are still there', () => {
    const delays = new PaintDelays();
    const [one, two] = [overlay(), overlay()];
    delays.note(one, painted(60, 40, 90), 1000);
    delays.note(two, painted(60, 80, 100), 6500);
    expect(delays.measure(7000)).toMatchObject({ median: 80, longest: 100, overlays: 1 });
    delays.forget(two);
    expect(delays.measure(7000)).toEqual({ overlays: 0, message: expect.stringContaining('go live') });
  });

  it('is not known from overlays that painted nothing', () => {
    const delays = new PaintDelays();
    delays.note(overlay(), painted(0, 0, 0), 1000);
    expect(delays.measure(1000)).not.toHaveProperty('median');
  });

  it('is not made up by an overlay that tells what cannot be', () => {
    const delays = new PaintDelays();
    delays.note(overlay(), painted(60, 40, 90), 1000);
    delays.note(overlay(), painted(60, 48, 95), 1000);
    const liar = overlay();
    for (const [median, longest] of [
      [-1e300, 1],
      [1, 1e300],
      [20_000, 20_000],
    ] as const) {
      delays.note(liar, painted(Number.MAX_SAFE_INTEGER, median, longest), 1000);
    }
    expect(delays.measure(1000)).toMatchObject({ median: 40, longest: 95, overlays: 2 });
    // One that says it has painted without end counts for no more than one that paints a lot.
    delays.note(liar, painted(Number.MAX_SAFE_INTEGER, 9000, 9000), 1000);
    for (const median of [40, 41, 42, 43]) delays.note(overlay(), painted(120, median, 90), 1000);
    expect(delays.measure(1000).median).toBeLessThan(50);
  });
});
