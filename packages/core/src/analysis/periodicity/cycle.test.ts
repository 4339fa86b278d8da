import { describe, expect, it } from 'vitest';
import { estimateCycle } from './cycle.ts';
import { signalsOf, stepping, wandering } from './synthetic-signals.test-support.ts';

/** Repetitions one after the other: what a joint does within one of length 1, played at given lengths in seconds. */
function repeated(lengths: readonly number[], within: (phase: number) => readonly number[], from = 0) {
  return (seconds: number): readonly number[] => {
    let begin = from;
    for (const length of lengths) {
      if (seconds >= begin && seconds < begin + length) {
        return within((seconds - begin) / length).map((distance) => distance / length);
      }
      begin += length;
    }
    return within(0).map(() => 0);
  };
}

/** Down and up again, in metres per repetition. */
const squat = (phase: number) => [Math.sin(2 * Math.PI * phase), 0.4 * Math.sin(2 * Math.PI * phase + 0.5)];

describe('one whole repetition', () => {
  it.each([0.45, 0.9, 1.5, 3, 5.5])('of %f seconds is found within two percent', (seconds) => {
    const lengths = Array.from({ length: 8 }, () => seconds);
    const found = estimateCycle(signalsOf([repeated(lengths, squat)], seconds * 8));
    expect(Math.abs((found?.period ?? 0) / (seconds * 1000) - 1)).toBeLessThan(0.02);
    expect(found?.confidence).toBeGreaterThan(0.8);
  });

  it('is the whole one, not its half, when the way there is not the way back', () => {
    // Up and down twice, but to the left the first time and to the right the second.
    const found = estimateCycle(signalsOf(stepping(120), 12));
    const beat = 500;
    expect([2 * beat, 4 * beat].some((cycle) => Math.abs((found?.period ?? 0) / cycle - 1) < 0.02)).toBe(
      true,
    );
  });

  it('is the middle one of repetitions that become slower', () => {
    const lengths = Array.from({ length: 15 }, (_, index) => 1.6 + index * 0.05);
    const seconds = lengths.reduce((sum, length) => sum + length, 0);
    const found = estimateCycle(signalsOf([repeated(lengths, squat)], seconds));
    // The eighth of fifteen: 1.6 + 7 × 0.05 = 1.95 s.
    expect(Math.abs((found?.period ?? 0) / 1950 - 1)).toBeLessThan(0.04);
  });

  it('does not mind standing and fidgeting before and after', () => {
    const lengths = Array.from({ length: 6 }, () => 2.4);
    const fidget = wandering(1, 0.2, 40, 3)[0];
    const joint = repeated(lengths, squat, 12);
    const found = estimateCycle(
      signalsOf(
        [
          (seconds) =>
            joint(seconds).map((velocity, axis) => velocity + 0.03 * (fidget?.(seconds)[axis] ?? 0)),
        ],
        38,
      ),
    );
    expect(Math.abs((found?.period ?? 0) / 2400 - 1)).toBeLessThan(0.04);
  });

  it('is not there for standing, for one gesture, or for less than two', () => {
    expect(estimateCycle(signalsOf([() => [0, 0]], 10))).toBeUndefined();
    expect(estimateCycle(signalsOf([repeated([2], squat, 4)], 10))).toBeUndefined();
    expect(estimateCycle({ rate: 30, start: 0, velocity: [], speed: [] })).toBeUndefined();
  });

  it('is believed in less when the body wanders by chance', () => {
    const confidences = Array.from(
      { length: 20 },
      (_, seed) => estimateCycle(signalsOf(wandering(11, 0.15, 20, seed + 1), 20))?.confidence ?? 0,
    );
    expect(Math.max(...confidences)).toBeLessThan(0.3);
  });
});
