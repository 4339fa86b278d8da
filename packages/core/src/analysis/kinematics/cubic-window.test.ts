import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../../tests/motion/random-numbers.ts';
import { CubicWindow } from './cubic-window.ts';

const HALF_WIDTH = 0.15;
const LONGEST_GAP = 0.127;

/** One point; its x, y and z at moments in seconds. */
function fitted(
  times: readonly number[],
  place: (time: number) => readonly [number, number, number],
  centre: number,
  hidden: (time: number) => boolean = () => false,
): CubicWindow {
  const window = new CubicWindow(1);
  for (const time of times) {
    window.push(time, Float64Array.from(place(time)), Uint8Array.of(hidden(time) ? 0 : 1));
  }
  window.fit(centre, HALF_WIDTH, LONGEST_GAP);
  return window;
}

const regular = (rate: number, seconds: number) =>
  Array.from({ length: Math.round(seconds * rate) + 1 }, (_, index) => index / rate);

describe('a cubic fitted to a window', () => {
  it('gives value and derivatives of a cubic exactly, whatever the moments of the samples', () => {
    const chance = randomNumbers(3);
    const times = Array.from({ length: 14 }, (_, index) => 7 + (index + chance.uniform() * 0.9) / 30);
    const centre = (times.at(-1) ?? 0) - 0.125;
    const cubic = (time: number) => {
      const t = time - centre;
      return 0.5 - 1.5 * t + 2 * t * t - 30 * t * t * t;
    };
    const { coefficients } = fitted(times, (time) => [cubic(time), 2, -cubic(time)], centre);
    for (const [index, expected] of [0.5, -1.5, 2, -30, 2, 0, 0, 0, -0.5, 1.5, -2, 30].entries()) {
      expect(coefficients[index]).toBeCloseTo(expected, 6);
    }
  });

  it('leaves samples in which a point is hidden out of that point', () => {
    const window = new CubicWindow(2);
    for (const time of regular(60, 1)) {
      const hidden = Math.abs(time - 0.85) < 0.03;
      const x = hidden ? 99 : time;
      window.push(time, Float64Array.of(x, 0, 0, 2 * time, 0, 0), Uint8Array.of(hidden ? 0 : 1, 1));
    }
    window.fit(0.875, HALF_WIDTH, LONGEST_GAP);
    expect(window.coefficients[1]).toBeCloseTo(1, 6);
    expect(window.coefficients[13]).toBeCloseTo(2, 6);
  });

  it.each([
    ['a gap longer than allowed', (time: number) => Math.abs(time - 0.875) < 0.07],
    ['nothing before the centre', (time: number) => time < 0.87],
    ['nothing after the centre', (time: number) => time > 0.88],
    ['too few samples', (time: number) => Math.round(time * 30) % 3 !== 0],
  ])('knows nothing with %s', (_, hidden) => {
    const { coefficients, slopeVariance } = fitted(regular(30, 1), (time) => [time, 0, 0], 0.875, hidden);
    expect(coefficients[1]).toBeNaN();
    expect(slopeVariance[0]).toBeNaN();
  });

  it('knows the motion across a gap that is allowed, with more uncertainty', () => {
    const chance = randomNumbers(8);
    const place = (time: number): [number, number, number] => [time + 0.01 * chance.normal(), 0, 0];
    let whole = 0;
    let lossy = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      whole += fitted(regular(30, 1), place, 0.875).slopeVariance[0] ?? 0;
      const loses = (time: number) => time > 0.89 && time < 0.95;
      lossy += fitted(regular(30, 1), place, 0.875, loses).slopeVariance[0] ?? 0;
    }
    expect(lossy).toBeGreaterThan(1.1 * whole);
  });

  it.each([24, 30, 60])('says at %i Hz how far noise moves the slope', (rate) => {
    const chance = randomNumbers(rate);
    let squares = 0;
    let claimed = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial += 1) {
      const noisy = fitted(regular(rate, 1), () => [0.01 * chance.normal(), 0, 0], 0.875);
      squares += (noisy.coefficients[1] ?? 0) ** 2 / trials;
      claimed += (noisy.slopeVariance[0] ?? 0) / trials;
    }
    // 600 trials know a variance to about 6 %.
    expect(claimed / squares).toBeGreaterThan(0.85);
    expect(claimed / squares).toBeLessThan(1.15);
  });

  it('thins a source that is faster than it needs, and still measures it', () => {
    const { coefficients } = fitted(regular(1000, 1), (time) => [3 * time, 0, 0], 0.875);
    expect(coefficients[1]).toBeCloseTo(3, 6);
  });
});
