import { describe, expect, it } from 'vitest';
import { beatPhase } from './beat-phase.ts';
import { signalsOf } from './synthetic-signals.test-support.ts';

/** Milliseconds between a moment and the nearest beat. */
const offset = (moment: number, beat: number, period: number) => {
  const turns = (moment - beat) / period;
  return (turns - Math.round(turns)) * period;
};

describe('where beats lie', () => {
  it.each([
    [100, 0.1],
    [120, 0.37],
    [87, 0.5],
  ])('is where the movement comes to rest, at %i BPM', (bpm, rest) => {
    // A swing that rests at `rest` seconds and every beat after it: its velocity is 0 there.
    const swing = (seconds: number) => [Math.sin((Math.PI * (seconds - rest) * bpm) / 60)];
    const found = beatPhase(signalsOf([swing], 8, { start: 5000 }), bpm);
    expect(found?.period).toBeCloseTo(60_000 / bpm, 9);
    expect(Math.abs(offset(5000 + rest * 1000, found?.beat ?? 0, 60_000 / bpm))).toBeLessThan(5);
    expect(found?.confidence).toBeGreaterThan(0.8);
  });

  it('says how little a tempo has to do with the movement', () => {
    const swing = (seconds: number) => [Math.sin(Math.PI * seconds * 2)];
    expect(beatPhase(signalsOf([swing], 8), 97)?.confidence).toBeLessThan(0.1);
  });

  it('is not known of what does not move, or for less than a beat', () => {
    expect(beatPhase(signalsOf([() => [0, 0]], 8), 100)).toBeUndefined();
    expect(beatPhase(signalsOf([(seconds) => [seconds]], 0.4), 100)).toBeUndefined();
  });
});
