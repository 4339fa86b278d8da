import { describe, expect, it } from 'vitest';
import { PaintPace } from './paint-pace.ts';

/** Pictures painted in a second of a screen at 60 Hz, each at such a cost. */
function pictures(pace: PaintPace, cost: number, shared: boolean, from = 0): number {
  let painted = 0;
  for (let repaint = 0; repaint < 60; repaint += 1) {
    const now = from + (repaint * 1000) / 60;
    if (!pace.isDue(now, shared)) continue;
    painted += 1;
    pace.painted(now, cost);
  }
  return painted;
}

describe('PaintPace', () => {
  it('paints with every repaint while that costs little', () => {
    expect(pictures(new PaintPace(), 2, true)).toBe(60);
  });

  it('paints at most twenty times a second where it costs much and somebody is live', () => {
    const pace = new PaintPace();
    pictures(pace, 25, true);
    const settled = pictures(pace, 25, true, 1000);
    expect(settled).toBeLessThanOrEqual(20);
    expect(settled).toBeGreaterThanOrEqual(14);
  });

  it('paints with every repaint where it costs much and nothing else needs the machine', () => {
    expect(pictures(new PaintPace(), 25, false)).toBe(60);
  });

  it('paints with every repaint again once it costs little again', () => {
    const pace = new PaintPace();
    pictures(pace, 25, true);
    for (let second = 1; second < 4; second += 1) pictures(pace, 1, true, second * 1000);
    expect(pictures(pace, 1, true, 4000)).toBe(60);
  });
});
