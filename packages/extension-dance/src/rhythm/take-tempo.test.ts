import type { MotionSignals } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../tests/motion/random-numbers.ts';
import { takeTempo } from './take-tempo.ts';

const RATE = 30;

/** Signals of a body whose beats are counted by a function of seconds: side steps with bent knees. */
function stepping(seconds: number, beats: (seconds: number) => number): MotionSignals {
  const chance = randomNumbers(11);
  const joints = [
    (beat: number) => [0.6 * Math.cos(Math.PI * beat), 0.15 * Math.sin(2 * Math.PI * beat)],
    (beat: number) => [0.5 * Math.cos(Math.PI * beat + 0.4), 0.3 * Math.cos((Math.PI / 2) * beat)],
    (beat: number) => [0.1 * Math.sin(Math.PI * beat), 0.5 * Math.sin(2 * Math.PI * beat + 0.2)],
  ];
  const moved = joints.map((joint) =>
    Array.from({ length: seconds * RATE }, (_, index) => {
      const beat = beats(index / RATE);
      const velocity = Number.isNaN(beat) ? [0, 0] : joint(beat);
      return velocity.map((value) => value + 0.01 * chance.normal());
    }),
  );
  return {
    rate: RATE,
    start: 1000,
    velocity: moved.flatMap((moments) =>
      [0, 1].map((axis) => Float32Array.from(moments, (velocity) => velocity[axis] ?? 0)),
    ),
    speed: moved.map((moments) => Float32Array.from(moments, (velocity) => Math.hypot(...velocity))),
  };
}

describe("a take's tempo", () => {
  it.each([78, 96, 113, 132])('is %i BPM all along when it is steady', (bpm) => {
    const found = takeTempo(stepping(40, (seconds) => (seconds * bpm) / 60));
    expect(Math.abs((found.bpm ?? 0) / bpm - 1)).toBeLessThan(0.01);
    expect(found.confidence).toBeGreaterThan(0.8);
    expect(found.consistency).toBe(100);
    expect(found.changes).toEqual([]);
    // Two beats bring the feet back, four the whole of it.
    const beat = 60_000 / bpm;
    expect([2, 4].some((beats) => Math.abs((found.cycle ?? 0) / (beats * beat) - 1) < 0.02)).toBe(true);
  });

  it('has a curve without gaps from the beginning to the end', () => {
    const { curve } = takeTempo(stepping(31, (seconds) => seconds * 2));
    expect(curve[0]?.from).toBe(1000);
    expect(curve.at(-1)?.to).toBeCloseTo(32_000, 6);
    curve.slice(1).forEach((span, index) => {
      expect(span.from).toBe(curve[index]?.to);
    });
  });

  it('changes where it changes, to within four seconds', () => {
    // 100 BPM for thirty seconds, 50 beats; then 110.
    const beats = (seconds: number) =>
      seconds < 30 ? (seconds * 100) / 60 : 50 + ((seconds - 30) * 110) / 60;
    const found = takeTempo(stepping(75, beats));
    expect(found.changes).toHaveLength(1);
    const [change] = found.changes;
    expect(Math.abs((change?.at ?? 0) - 31_000)).toBeLessThan(4000);
    expect(Math.abs((change?.from ?? 0) / 100 - 1)).toBeLessThan(0.02);
    expect(Math.abs((change?.to ?? 0) / 110 - 1)).toBeLessThan(0.02);
    expect(Math.abs((found.bpm ?? 0) / 110 - 1)).toBeLessThan(0.02);
    // 45 of 75 seconds are at 110 BPM.
    expect(Math.abs((found.consistency ?? 0) - 60)).toBeLessThan(7);
  });

  it('is null where nobody dances, and for nobody at all', () => {
    const resting = takeTempo(stepping(44, (seconds) => (seconds < 20 ? seconds * 2 : Number.NaN)));
    expect(resting.bpm).toBeCloseTo(120, 0);
    expect(resting.curve.slice(0, 8).every(({ bpm }) => Math.abs((bpm ?? 0) - 120) < 2)).toBe(true);
    expect(resting.curve.slice(-8).every(({ bpm }) => bpm === null)).toBe(true);
    const standing = takeTempo(stepping(20, () => Number.NaN));
    expect(standing).toMatchObject({ bpm: null, confidence: 0, consistency: null, cycle: null, changes: [] });
    const nothing = takeTempo({ rate: RATE, start: 0, velocity: [], speed: [] });
    expect(nothing).toMatchObject({ bpm: null, cycle: null });
  });

  it('is the one near what the person has set', () => {
    const signals = stepping(30, (seconds) => seconds * 2);
    expect(takeTempo(signals, { near: 61 }).bpm).toBeCloseTo(60, 0);
  });
});
