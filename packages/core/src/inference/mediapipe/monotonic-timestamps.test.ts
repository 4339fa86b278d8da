import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monotonicTimestamps } from './monotonic-timestamps.ts';

describe('monotonicTimestamps', () => {
  it('keeps real intervals', () => {
    const repair = monotonicTimestamps();
    const [a = 0, b = 0, c = 0] = [5000, 5033, 5100].map(repair);
    expect(b - a).toBeCloseTo(33, 9);
    expect(c - b).toBeCloseTo(67, 9);
  });

  it('goes on by a usual interval where time goes back, stands or is not a number, then keeps intervals again', () => {
    const repair = monotonicTimestamps();
    const outputs = [1000, 200, 200, Number.NaN, 240].map(repair);
    const steps = outputs.slice(1).map((output, index) => output - (outputs[index] ?? 0));
    expect(steps.map((step) => Math.round(step * 10) / 10)).toEqual([33.3, 33.3, 33.3, 40]);
  });

  it('strictly increases, by at least the microsecond that the engine counts in, for any numbers at all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noDefaultInfinity: true })), (inputs) => {
        const repair = monotonicTimestamps();
        let previous = Number.NEGATIVE_INFINITY;
        for (const output of inputs.map(repair)) {
          expect(Math.floor(output * 1000)).toBeGreaterThan(Math.floor(previous * 1000));
          previous = output;
        }
      }),
    );
  });
});
