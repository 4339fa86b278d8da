import { describe, expect, it } from 'vitest';
import { Trail } from './trail.ts';

/** A hand on a circle of 100 pixels, once a second. */
const circle = (time: number) => ({
  x: 100 * Math.cos((2 * Math.PI * time) / 1000),
  y: 100 * Math.sin((2 * Math.PI * time) / 1000),
});

function circled(rate: number, until: number): Trail {
  const trail = new Trail();
  const step = 1000 / rate;
  for (let time = until % step; time <= until + 1e-6; time += step) {
    const { x, y } = circle(time);
    trail.add(x, y, time);
  }
  return trail;
}

describe('Trail', () => {
  it.each([15, 24, 30, 60, 240])(
    'says where a joint was at any time, whether painted %i times a second or not',
    (rate) => {
      const path = new Float64Array(2 * 21);
      expect(circled(rate, 1500).sample(path, 1500, 400)).toBe(21);
      for (let point = 0; point < 21; point += 1) {
        const { x, y } = circle(1500 - point * 20);
        // No farther off than straight lines between its points would be: their sagitta.
        expect(Math.hypot((path[point * 2] ?? 0) - x, (path[point * 2 + 1] ?? 0) - y)).toBeLessThan(
          100 * (1 - Math.cos(Math.PI / rate)) + 0.02,
        );
      }
    },
  );

  it('is as long as what was seen, and no longer', () => {
    const trail = new Trail();
    const path = new Float64Array(2 * 11);
    expect(trail.sample(path, 0, 100)).toBe(0);
    for (const time of [0, 10, 20, 30, 40, 50]) trail.add(time, 0, time);
    // Steps of 10 ms back from 50: 50, 40 … 0 are six.
    expect(trail.sample(path, 50, 100)).toBe(6);
    expect([...path.slice(0, 12)].filter((_, index) => index % 2 === 0)).toEqual([50, 40, 30, 20, 10, 0]);
  });

  it('begins anew after a gap, and when time goes back', () => {
    const path = new Float64Array(2 * 11);
    for (const next of [400, 20]) {
      const trail = new Trail();
      for (const time of [0, 10, 20, 30, 40, 50]) trail.add(time, 0, time);
      trail.add(500, 0, next);
      trail.add(501, 0, next + 10);
      expect(trail.sample(path, next + 10, 100)).toBe(2);
    }
  });

  it('keeps the newest of several places for one time', () => {
    const trail = new Trail();
    const path = new Float64Array(4);
    trail.add(1, 0, 0);
    trail.add(7, 0, 10);
    trail.add(9, 0, 10);
    expect(trail.sample(path, 10, 10)).toBe(2);
    expect([...path]).toEqual([9, 0, 1, 0]);
  });
});
