import { describe, expect, it } from 'vitest';
import { signalsOf, stepping, wandering } from './synthetic-signals.test-support.ts';
import { estimateTempo, TempoComb } from './tempo.ts';

describe('the tempo of movement', () => {
  it.each([75, 80, 95, 104, 118, 126, 140])(
    'is found within one percent at %i BPM in eight seconds',
    (bpm) => {
      const found = estimateTempo(signalsOf(stepping(bpm), 8));
      expect(Math.abs((found?.bpm ?? 0) / bpm - 1)).toBeLessThan(0.01);
      expect(found?.confidence).toBeGreaterThan(0.8);
    },
  );

  it.each([24, 30, 60])('is the same at %i samples per second', (rate) => {
    const found = estimateTempo(signalsOf(stepping(112), 8, { rate }));
    expect(Math.abs((found?.bpm ?? 0) / 112 - 1)).toBeLessThan(0.01);
  });

  it('is a beat to each half of a swing: speed peaks twice in a cycle', () => {
    // One swing to and fro takes a second; the arm comes to rest every half second, 120 times a minute.
    const swing = signalsOf([(seconds) => [Math.cos(2 * Math.PI * seconds)]], 8);
    expect(estimateTempo(swing)?.bpm).toBeCloseTo(120, 0);
  });

  it('counts neither half nor double when a phrase of four beats is all that repeats', () => {
    // Four beats of different moves each, twelve times over: at 130 BPM a phrase lasts 1.85 s.
    for (const bpm of [80, 100, 130]) {
      const phrase = (240 / bpm) * 30;
      const moves = wandering(6, 0.1, 8, 7);
      const signals = signalsOf(
        moves.map((joint) => (seconds: number) => joint(((seconds * 30) % phrase) / 30)),
        12,
      );
      expect(Math.abs((estimateTempo(signals)?.bpm ?? 0) / bpm - 1)).toBeLessThan(0.02);
    }
  });

  it('is near what it is told to be near', () => {
    const signals = signalsOf(stepping(120), 8);
    expect(estimateTempo(signals, { near: 60 })?.bpm).toBeCloseTo(60, 0);
    expect(estimateTempo(signals, { near: 118 })?.bpm).toBeCloseTo(120, 0);
  });

  it('is not sure of a tempo for having been told so, unless it is the same in another octave', () => {
    const signals = signalsOf(stepping(100), 8);
    for (const near of [50, 100, 200])
      expect(estimateTempo(signals, { near })?.confidence).toBeGreaterThan(0.8);
    for (const near of [80, 120, 133])
      expect(estimateTempo(signals, { near })?.confidence ?? 0).toBeLessThan(0.2);
  });

  it.each([135, 145, 155, 170])(
    'takes bouncing at %i BPM for that or its half, never for two thirds',
    (bpm) => {
      const turn = (seconds: number) => (2 * Math.PI * seconds * bpm) / 60;
      const bouncing = [
        (seconds: number) => [0, 0.5 * Math.sin(turn(seconds))],
        (seconds: number) => [0.1 * Math.cos(turn(seconds)), 0.3 * Math.sin(turn(seconds) + 0.3)],
      ];
      for (const length of [8, 30]) {
        const ratio = (estimateTempo(signalsOf(bouncing, length))?.bpm ?? 0) / bpm;
        expect(Math.min(Math.abs(ratio - 1), Math.abs(ratio - 0.5)), `${length} s`).toBeLessThan(0.01);
      }
    },
  );

  it('stays within the range that it is given', () => {
    const signals = signalsOf(stepping(120), 8);
    expect(estimateTempo(signals, { range: [40, 70] })?.bpm).toBeCloseTo(60, 0);
    expect(estimateTempo(signals, { prior: { bpm: 60, octaves: 0.3 } })?.bpm).toBeCloseTo(60, 0);
  });

  it('gives other tempos that fit as well, the best first', () => {
    const { candidates = [], bpm } = estimateTempo(signalsOf(stepping(120), 8)) ?? {};
    expect(candidates[0]?.bpm).toBe(bpm);
    expect(candidates.some((candidate) => Math.abs(candidate.bpm - 60) < 1)).toBe(true);
    const strengths = candidates.map(({ strength }) => strength);
    expect(strengths).toEqual([...strengths].sort((one, other) => other - one));
  });

  it.each([
    ['one joint', 1, 0.2],
    ['two joints', 2, 0.1],
    ['two joints slowly', 2, 0.35],
    ['the whole body', 11, 0.15],
    ['noise', 11, 0.03],
  ] as const)('is not believed in when %s wanders by chance', (_, joints, smooth) => {
    const confidences = Array.from({ length: 40 }, (_, seed) => {
      const signals = signalsOf(wandering(joints, smooth, 8, seed + 1), 8);
      return estimateTempo(signals)?.confidence ?? 0;
    });
    // One in twenty may look a little like a rhythm by chance; none may look like a sure one.
    expect(confidences.filter((confidence) => confidence > 0.15).length).toBeLessThanOrEqual(2);
    expect(Math.max(...confidences)).toBeLessThan(0.5);
  });

  it('is not believed in for a single gesture, and not there for standing or for a moment', () => {
    const gesture = (seconds: number) => [2 * (seconds - 4) * Math.exp(-(((seconds - 4) / 0.4) ** 2))];
    expect(estimateTempo(signalsOf([gesture], 8))?.confidence ?? 0).toBeLessThan(0.1);
    expect(estimateTempo(signalsOf([() => [0, 0]], 8))).toBeUndefined();
    expect(estimateTempo(signalsOf(stepping(100), 1.5))).toBeUndefined();
    expect(estimateTempo({ rate: 30, start: 0, velocity: [], speed: [] })).toBeUndefined();
  });

  it('survives what is not known', () => {
    const signals = signalsOf(stepping(110), 8);
    for (const channel of [...signals.velocity, ...signals.speed]) channel.fill(Number.NaN, 60, 105);
    expect(Math.abs((estimateTempo(signals)?.bpm ?? 0) / 110 - 1)).toBeLessThan(0.02);
  });

  it('can be put together from the evidence of several windows', () => {
    const signals = signalsOf(stepping(90), 20);
    const comb = new TempoComb(signals.rate, 240);
    const evidence = comb.evidence(signals, 300, 540);
    if (!evidence) throw new Error('no evidence');
    expect(evidence.likeness).toHaveLength(comb.tempos.length);
    expect(comb.judge(evidence)).toEqual(comb.estimate(signals, 300, 540));
    expect(comb.confidenceAt(evidence, 90)).toBeGreaterThan(0.9);
    expect(comb.confidenceAt(evidence, 97)).toBeLessThan(0.7 * comb.confidenceAt(evidence, 90));
  });
});
