import { describe, expect, it } from 'vitest';
import { rounded } from './rounded.ts';

describe('a summary', () => {
  it('has milliseconds as integers and other numbers to three decimals', () => {
    expect(
      rounded({
        duration: 15_399.999999999998,
        people: [
          {
            start: -0.2,
            movement: { milliseconds: { dancing: 12.5001, standing: 99.7 }, isComplete: true },
            intensity: { mean: 43.123456, peak: null, curve: [{ from: 0.4, to: 2000.4, value: 1 / 3 }] },
            rhythm: { cycle: 3249.6, changes: [{ at: 1000.4, from: 80.1234, to: 120.5678 }] },
            best: { from: 33.3, to: 8033.3, criteria: { onBeat: 66.66666 } },
          },
        ],
      }),
    ).toEqual({
      duration: 15_400,
      people: [
        {
          start: 0,
          movement: { milliseconds: { dancing: 13, standing: 100 }, isComplete: true },
          intensity: { mean: 43.123, peak: null, curve: [{ from: 0, to: 2000, value: 0.333 }] },
          rhythm: { cycle: 3250, changes: [{ at: 1000, from: 80.123, to: 120.568 }] },
          best: { from: 33, to: 8033, criteria: { onBeat: 66.667 } },
        },
      ],
    });
  });
});
