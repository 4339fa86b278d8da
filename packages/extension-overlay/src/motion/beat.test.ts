import { describe, expect, it } from 'vitest';
import { moment } from '../overlay.test-support.ts';
import { beatPulse, beatsSince } from './beat.ts';

// 120 beats a minute: every 500 ms, from 250.
const beat = { tempo: 120, at: 250 };

describe('the beat', () => {
  it('is 1 on each beat, before its time too, and falls until the next', () => {
    for (const now of [-250, 250, 750, 10_250]) expect(beatPulse(moment({ now, beat }))).toBeCloseTo(1, 6);
    const between = [300, 400, 500, 600, 740].map((now) => beatPulse(moment({ now, beat })));
    expect(between).toEqual([...between].sort((one, other) => other - one));
    expect(between.at(-1)).toBeLessThan(0.02);
  });

  it('is nothing when it is not known or no beat at all', () => {
    expect(beatPulse(moment({ now: 250 }))).toBe(0);
    for (const tempo of [0, -10, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(beatPulse(moment({ now: 250, beat: { tempo, at: 250 } }))).toBe(0);
      expect(beatsSince(moment({ now: 250, elapsed: 16, beat: { tempo, at: 250 } }))).toBe(0);
    }
  });

  it('counts each beat once, whatever the frame rate', () => {
    for (const step of [4, 16, 33, 66, 400]) {
      let beats = 0;
      for (let now = step; now <= 10_000; now += step)
        beats += beatsSince(moment({ now, elapsed: step, beat }));
      // From 250 to 9 750 there are 20.
      expect(beats, `every ${step} ms`).toBe(20);
    }
  });
});
