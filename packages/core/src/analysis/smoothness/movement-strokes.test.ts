import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../../tests/motion/synthetic-dancer.ts';
import { logDimensionlessJerk } from './dimensionless-jerk.ts';
import { type MovementStroke, MovementStrokes, STROKE_RATE } from './movement-strokes.ts';
import { SpectralArcLength } from './spectral-arc-length.ts';

type Vector = readonly [x: number, y: number, z: number];
/** Velocity in metres per second at a moment in seconds. */
type Flow = (second: number) => Vector;

/** Speed of a movement of least jerk over distance 1 in time 1 (Flash, Hogan 1985). */
const leastJerk = (progress: number) =>
  progress <= 0 || progress >= 1 ? 0 : 30 * progress ** 2 - 60 * progress ** 3 + 30 * progress ** 4;

/** Along x over `distance` metres from `start` on. */
const reach = (start: number, seconds: number, distance: number): Flow => {
  return (second) => [(leastJerk((second - start) / seconds) * distance) / seconds, 0, 0];
};

const sum =
  (...flows: readonly Flow[]): Flow =>
  (second) => {
    const all = flows.map((flow) => flow(second));
    const along = (axis: 0 | 1 | 2) => all.reduce((total, vector) => total + vector[axis], 0);
    return [along(0), along(1), along(2)];
  };

const swing = (hertz: number, amplitude: number): Flow => {
  const turns = 2 * Math.PI * hertz;
  return (second) => [amplitude * turns * Math.cos(turns * second), 0, 0];
};

type Stroke = Omit<MovementStroke, 'speed'> & { readonly sparc: number; readonly jerk: number };

interface Sampling {
  readonly times: readonly number[];
  /** Metres per second. */
  readonly uncertainty?: number;
  /** Moments of which nothing is known. */
  readonly isHidden?: (second: number) => boolean;
}

const every = (rate: number, seconds: number) =>
  Array.from({ length: Math.round(seconds * rate) + 1 }, (_, index) => index / rate);

function strokesOf(flow: Flow, { times, uncertainty = 0, isHidden = () => false }: Sampling): Stroke[] {
  const found: Stroke[] = [];
  const sparc = new SpectralArcLength();
  const strokes = new MovementStrokes(({ speed, ...stroke }) => {
    found.push({
      ...stroke,
      sparc: sparc.of(speed, STROKE_RATE, 10, stroke.count),
      jerk: logDimensionlessJerk(speed, stroke.count),
    });
  });
  for (const time of times) {
    const velocity = flow(time).map((value) => (isHidden(time) ? Number.NaN : value));
    const [before, after] = [flow(time - 1e-4), flow(time + 1e-4)];
    const acceleration = [0, 1, 2].map((axis) => ((after[axis] ?? 0) - (before[axis] ?? 0)) / 2e-4);
    strokes.step(time * 1000, velocity, acceleration, 0, uncertainty);
  }
  return found;
}

describe('MovementStrokes', () => {
  it('finds one reach between two rests, when it was, how far and how fast', () => {
    // The speed's peak of least jerk is 1.875 times the mean.
    const [stroke, ...more] = strokesOf(reach(1, 0.8, 0.6), { times: every(30, 3) });
    expect(more).toEqual([]);
    expect(stroke?.way).toBeCloseTo(0.6, 1);
    expect(stroke?.peakSpeed).toBeCloseTo((1.875 * 0.6) / 0.8, 1);
    // It begins and ends where it is faster than rest, 0.1 m/s.
    expect(stroke?.start).toBeGreaterThan(1000);
    expect(stroke?.start).toBeLessThan(1100);
    expect(stroke?.end).toBeGreaterThan(1700);
    expect(stroke?.end).toBeLessThan(1800);
    expect(stroke?.sparc).toBeCloseTo(-1.4, 1);
  });

  it.each([24, 30, 60])('cuts a swing to and fro at its reversals at %i Hz', (rate) => {
    const strokes = strokesOf(swing(1, 0.3), { times: every(rate, 6) });
    // From the second on: they begin in a reversal, a quarter of a second off the whole ones.
    const whole = strokes.slice(1);
    expect(whole.length).toBeGreaterThanOrEqual(9);
    for (const [index, { start, end, way, peakSpeed }] of whole.entries()) {
      expect(Math.abs(start - (250 + 500 * index))).toBeLessThanOrEqual(1000 / STROKE_RATE);
      expect(Math.abs(end - start - 500)).toBeLessThanOrEqual(1000 / STROKE_RATE);
      expect(way).toBeCloseTo(0.6, 1);
      expect(peakSpeed).toBeCloseTo(2 * Math.PI * 0.3, 1);
    }
  });

  it('takes a hesitation on the way into the stroke, and so makes it rougher', () => {
    const twice = sum(reach(1, 0.8, 0.5), reach(1.7, 0.8, 0.5));
    const [stroke, ...more] = strokesOf(twice, { times: every(60, 4) });
    expect(more).toEqual([]);
    expect(stroke?.way).toBeCloseTo(1, 1);
    expect(stroke?.sparc).toBeLessThan(-1.7);
    expect(stroke?.jerk).toBeLessThan(-Math.log(204.8) - 1);
  });

  it('ends a stroke where the point rests', () => {
    const twice = sum(reach(1, 0.8, 0.5), reach(2.3, 0.8, 0.5));
    const strokes = strokesOf(twice, { times: every(60, 4) });
    expect(strokes).toHaveLength(2);
    for (const { sparc } of strokes) expect(sparc).toBeCloseTo(-1.4, 1);
  });

  it('does not take a tremble for strokes, but for roughness', () => {
    const trembling = (share: number): Flow => {
      return (second) => [leastJerk(second - 1) * (1 + share * Math.sin(12 * Math.PI * second)), 0, 0];
    };
    const [still] = strokesOf(trembling(0), { times: every(60, 3) });
    const [rough, ...more] = strokesOf(trembling(0.9), { times: every(60, 3) });
    expect(more).toEqual([]);
    expect(rough?.sparc).toBeLessThan((still?.sparc ?? Number.NaN) - 0.3);
    // Even where it goes back for a twelfth of a second, nothing shorter than 0.2 s is a stroke.
    for (const { start, end } of strokesOf(trembling(2.5), { times: every(60, 3) })) {
      expect(end - start).toBeGreaterThanOrEqual(199);
    }
  });

  it('hears nothing rough in a circle, which never rests', () => {
    const circle: Flow = (second) => [Math.cos(3 * second), Math.sin(3 * second), 0];
    const strokes = strokesOf(circle, { times: every(30, 12) });
    expect(strokes.length).toBeGreaterThan(3);
    // Half a cosine on either side of constant speed leaves a bell: about that of least jerk.
    for (const { sparc } of strokes) expect(sparc).toBeCloseTo(-1.4, 1);
  });

  it('gives the same from frames that come unevenly', () => {
    const random = randomNumbers(3);
    const flow = sum(swing(0.7, 0.3), (second) => [0, 0.5 * Math.sin(2 * Math.PI * 0.7 * second), 0]);
    const even = strokesOf(flow, { times: every(60, 10) });
    const times = every(30, 10).map((time) => time + 0.01 * random.uniform());
    const uneven = strokesOf(flow, { times });
    expect(uneven).toHaveLength(even.length);
    for (const [index, stroke] of uneven.entries()) {
      expect(stroke.sparc).toBeCloseTo(even[index]?.sparc ?? Number.NaN, 1);
      expect(stroke.way).toBeCloseTo(even[index]?.way ?? Number.NaN, 2);
    }
  });

  it('finds no stroke in a speed that could as well be none', () => {
    const error = (hertz: number) => (second: number) => 0.4 * Math.sin(2 * Math.PI * hertz * second);
    const noise: Flow = (second) => [error(3.1)(second), error(4.3)(second), error(3.7)(second)];
    expect(strokesOf(noise, { times: every(30, 20), uncertainty: 0.01 }).length).toBeGreaterThan(10);
    expect(strokesOf(noise, { times: every(30, 20), uncertainty: 0.3 })).toEqual([]);
  });

  it('makes no stroke of what was not seen to its end', () => {
    const flow = sum(reach(1, 0.8, 0.6), reach(3, 0.8, 0.6));
    const isHidden = (second: number) => second > 1.3 && second < 1.6;
    const strokes = strokesOf(flow, { times: every(30, 5), isHidden });
    expect(strokes).toHaveLength(1);
    expect(strokes[0]?.start).toBeGreaterThan(2900);
    const gap = every(30, 5).filter((time) => !isHidden(time));
    expect(strokesOf(flow, { times: gap })).toHaveLength(1);
  });
});
