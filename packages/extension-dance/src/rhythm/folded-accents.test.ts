import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../tests/motion/synthetic-dancer.ts';
import { fitBeat } from './beat-fit.ts';
import { agreementBeyondChance, circularMean, wrapped } from './circular.ts';
import { foldAccents, regularity } from './folded-accents.ts';

const TURN = 2 * Math.PI;

describe('circular statistics', () => {
  it('draw angles together as vectors', () => {
    // Two unit vectors at right angles: their mean points between them and is √½ long.
    const { direction, agreement } = circularMean([0, Math.PI / 2], [1, 1]);
    expect(direction).toBeCloseTo(Math.PI / 4, 12);
    expect(agreement).toBeCloseTo(Math.SQRT1_2, 12);
    expect(circularMean([0, Math.PI], [3, 1])).toEqual({ direction: expect.closeTo(0, 12), agreement: 0.5 });
    expect(circularMean([], [])).toEqual({ direction: 0, agreement: 0 });
  });

  it('leave nothing of the agreement of random angles', () => {
    const chance = randomNumbers(3);
    let sum = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const angles = Array.from({ length: 10 }, () => TURN * chance.uniform());
      const { agreement } = circularMean(
        angles,
        angles.map(() => 1),
      );
      sum += 10 * agreement ** 2;
    }
    // 10 · R² has a mean of 1: that is what is taken off.
    expect(sum / 400).toBeCloseTo(1, 0.5);
    expect(agreementBeyondChance(Math.sqrt(1 / 10), 10)).toBeCloseTo(0, 6);
    expect(agreementBeyondChance(1, 10)).toBe(1);
    expect(agreementBeyondChance(1, 1)).toBe(0);
  });

  it('wrap angles to within half a turn', () => {
    expect(wrapped(TURN + 0.5)).toBeCloseTo(0.5, 12);
    expect(wrapped(-3 * Math.PI + 0.1)).toBeCloseTo(-Math.PI + 0.1, 12);
  });
});

describe('accents laid on one beat', () => {
  const beats = Array.from({ length: 12 }, (_, index) => index);

  it('give the direction that they agree on', () => {
    const angles = beats.map((beat) => TURN * (beat + 0.2));
    const folded = foldAccents(
      angles,
      beats.map(() => 1),
      0,
    );
    expect(folded.direction).toBeCloseTo(0.2 * TURN, 6);
    expect(folded).toMatchObject({ agreement: 1, parts: 1 });
  });

  it('put the beat on the stronger of two stops per beat, and on the preferred one when they are alike', () => {
    const angles = beats.map((beat) => TURN * (beat / 2 + 0.1));
    const strong = beats.map((beat) => (beat % 2 === 0 ? 0.5 : 1));
    expect(foldAccents(angles, strong, 0.1 * TURN).direction).toBeCloseTo(-0.4 * TURN, 6);
    const alike = beats.map(() => 1);
    expect(foldAccents(angles, alike, 0.15 * TURN).direction).toBeCloseTo(0.1 * TURN, 6);
    expect(foldAccents(angles, alike, -0.35 * TURN).direction).toBeCloseTo(-0.4 * TURN, 6);
    expect(foldAccents(angles, alike, 0).parts).toBe(2);
  });

  it('put the beat on one of the stronger stops when there are four', () => {
    const angles = beats.map((beat) => TURN * (beat / 4));
    const strengths = beats.map((beat) => (beat % 2 === 0 ? 1.2 : 0.4));
    const { direction, parts } = foldAccents(angles, strengths, 0.3 * TURN);
    expect(parts).toBe(4);
    expect(Math.abs(direction)).toBeCloseTo(TURN / 2, 6);
  });

  it('are regular when they mark the beat, its half or its quarter, and not when they come at random', () => {
    const chance = randomNumbers(7);
    for (const part of [1, 2, 4]) {
      expect(
        regularity(
          beats.map((beat) => (TURN * beat) / part),
          beats.map(() => 1),
        ),
      ).toBeCloseTo(1, 6);
    }
    const random = Array.from({ length: 100 }, () =>
      regularity(
        beats.map(() => TURN * chance.uniform()),
        beats.map(() => 1),
      ),
    );
    expect(random.reduce((sum, value) => sum + value, 0) / 100).toBeLessThan(0.3);
  });
});

describe('a beat fitted through accents', () => {
  const accent = (timestamp: number, strength = 1) => ({ timestamp, strength, uncertainty: 10 });

  it('finds the period that an estimate has missed by a percent', () => {
    const accents = Array.from({ length: 8 }, (_, index) => accent(1000 + 500 * index));
    const fitted = fitBeat(accents, 4490, 505, 4600);
    expect(fitted.period).toBeCloseTo(500, 6);
    expect(fitted.beat).toBeCloseTo(4500, 6);
  });

  it('leaves out what lies between the beats', () => {
    const accents = [0, 500, 1000, 1230, 1500, 1770, 2000, 2500].map((timestamp) => accent(timestamp));
    expect(fitBeat(accents, 2500, 500, 2500)).toEqual({
      beat: expect.closeTo(2500, 6),
      period: expect.closeTo(500, 6),
    });
  });

  it('trusts few accents with the phase only', () => {
    const fitted = fitBeat([accent(1000), accent(1520)], 1500, 500, 1500);
    expect(fitted).toEqual({ beat: expect.closeTo(1510, 6), period: 500 });
  });
});
