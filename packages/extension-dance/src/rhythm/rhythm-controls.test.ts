import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  bouncing,
  dancerFrames,
  dancing,
  twoStep,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { Live } from './live-rhythm.test-support.ts';
import { RhythmControls } from './rhythm-controls.ts';

const danceAt = (beatsPerMinute: number) => dancing(beatTimes([{ beatsPerMinute, seconds: 60 }]));
const invalid = expect.objectContaining({ code: 'OPTION_INVALID' });

describe('tempo controls', () => {
  it('take the tempo of taps from the third one on', () => {
    const controls = new RhythmControls();
    expect(controls.tapTempo(1000)).toBeUndefined();
    expect(controls.tapTempo(1500)).toBeUndefined();
    expect(controls.tapTempo(2000)).toBe(120);
    // Taps that are off by the length of a frame even out.
    expect(controls.tapTempo(2533)).toBeCloseTo((60_000 * 3) / 1533, 6);
    expect(controls.tempo).toBeCloseTo((60_000 * 3) / 1533, 6);
  });

  it('begin anew after a pause and when the rhythm of the taps changes', () => {
    const controls = new RhythmControls();
    for (const tap of [0, 500, 1000]) controls.tapTempo(tap);
    expect(controls.tapTempo(9000)).toBeUndefined();
    expect(controls.tapTempo(9800)).toBeUndefined();
    expect(controls.tapTempo(10_600)).toBe(75);
    expect(controls.tapTempo(11_000)).toBeUndefined();
    expect(controls.tapTempo(11_400)).toBe(150);
  });

  it('take a tap that bounces for one, and no tempo from a double click', () => {
    const controls = new RhythmControls();
    for (const tap of [0, 40, 600, 640, 1200]) controls.tapTempo(tap);
    expect(controls.tapTempo(1233)).toBe(100);
    expect(controls.tapTempo(1800)).toBe(100);
    const hasty = new RhythmControls();
    for (let tap = 0; tap < 5; tap += 1) expect(hasty.tapTempo(tap * 40)).toBeUndefined();
    expect(hasty.tempo).toBeUndefined();
  });

  it('take no tempo from taps that are further apart than beats, nor from before a seek', () => {
    const slow = new RhythmControls();
    for (let tap = 0; tap < 5; tap += 1) expect(slow.tapTempo(tap * 2400)).toBeUndefined();
    expect(slow.tempo).toBeUndefined();
    const sought = new RhythmControls();
    for (const tap of [60_000, 60_500, 3000, 3500]) expect(sought.tapTempo(tap)).toBeUndefined();
    expect(sought.tapTempo(4000)).toBe(120);
  });

  it('refuse what is no tempo, and keep the one they had', () => {
    const controls = new RhythmControls();
    controls.setTempo(90);
    for (const bpm of [Number.NaN, 29, 301, Number.POSITIVE_INFINITY]) {
      expect(() => controls.setTempo(bpm)).toThrow(invalid);
    }
    expect(() => controls.tapTempo(Number.NaN)).toThrow(invalid);
    expect(controls.tempo).toBe(90);
  });

  it('halve and double a tempo that is set, within 30 to 300', () => {
    const controls = new RhythmControls();
    controls.setTempo(100);
    controls.halve();
    expect(controls.tempo).toBe(50);
    expect(() => controls.halve()).toThrow(invalid);
    controls.double();
    controls.double();
    expect(controls.tempo).toBe(200);
    expect(() => controls.double()).toThrow(invalid);
    expect(controls.factor).toBe(1);
  });

  it('shift the octave of the tempo that is found, and forget all with a reset', () => {
    const controls = new RhythmControls();
    controls.halve();
    controls.halve();
    expect(controls.factor).toBe(0.25);
    expect(() => controls.halve()).toThrow(invalid);
    controls.setTempo(120);
    controls.reset();
    expect(controls).toMatchObject({ tempo: undefined, factor: 1 });
  });
});

describe('a person who knows the tempo', () => {
  it('sets its octave, and the movement the rest', () => {
    for (const [set, found] of [
      [160, 156],
      [80, 78],
    ] as const) {
      const controls = new RhythmControls();
      controls.setTempo(set);
      const live = new Live(dancerFrames({ move: danceAt(156) }, { seconds: 9 }), { controls });
      expect(Math.abs(Number(live.last('dance.rhythm')?.value) - found), `set to ${set}`).toBeLessThan(2);
      expect(Math.abs(Number(live.rhythm.bpm) - found), `summary, set to ${set}`).toBeLessThan(2);
    }
  });

  it('is told that the movement does not keep to another tempo, however often the two meet', () => {
    for (const move of [danceAt(100), bouncing(100 / 60), twoStep(100)]) {
      const frames = dancerFrames({ move }, { seconds: 14, noise: 0.003 });
      // Four fifths, six fifths, four thirds of it.
      for (const set of [80, 120, 137]) {
        const controls = new RhythmControls();
        controls.setTempo(set);
        const live = new Live(frames, { controls });
        expect(live.values('dance.rhythm'), `set to ${set}`).toEqual([]);
        expect(live.last('dance.rhythm')?.reason).toBe(
          'The movement does not keep to the tempo that has been set.',
        );
        expect(live.rhythm.bpm, `summary, set to ${set}`).toBeNull();
      }
    }
  });

  it('taps another octave while the dance goes on', () => {
    const controls = new RhythmControls();
    const taps = [8000, 8600, 9200, 9800];
    const frames = dancerFrames({ move: danceAt(100) }, { seconds: 16 });
    const live = new Live(frames, {
      controls,
      onFrame: (timestamp) => {
        // Twice per beat.
        while ((taps[0] ?? Number.POSITIVE_INFINITY) <= timestamp) {
          controls.tapTempo(timestamp);
          controls.tapTempo(timestamp + 300);
          taps.shift();
        }
      },
    });
    expect(Math.abs(Number(live.last('dance.rhythm', 7900)?.value) - 100)).toBeLessThan(2);
    expect(Math.abs(Number(live.last('dance.rhythm')?.value) - 200)).toBeLessThan(4);
  });

  it('halves and doubles, and the beats follow', () => {
    const controls = new RhythmControls();
    const frames = dancerFrames({ move: danceAt(100) }, { seconds: 26 });
    const live = new Live(frames, {
      controls,
      onFrame: (timestamp) => {
        if (timestamp === 10_000) controls.halve();
        if (timestamp === 18_000) {
          controls.double();
          controls.double();
        }
      },
    });
    const perSecond = (from: number, until: number) =>
      live.of('dance.rhythm.beat').filter(({ at }) => at >= from && at < until).length /
      ((until - from) / 1000);
    expect(perSecond(6000, 9900)).toBeCloseTo(100 / 60, 0.5);
    expect(perSecond(11_000, 17_900)).toBeCloseTo(50 / 60, 0.5);
    expect(perSecond(19_000, 25_900)).toBeCloseTo(200 / 60, 0.5);
    expect(live.last('dance.rhythm', 17_000)?.value).toBeCloseTo(50, 0);
    expect(live.last('dance.rhythm')?.value).toBeCloseTo(200, -0.5);
  });
});
