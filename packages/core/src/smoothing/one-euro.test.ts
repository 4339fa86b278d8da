import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { OneEuroScalar, oneEuro } from './one-euro.ts';

/**
 * The first 25 rows of the authors' own reference data: seconds, noisy input, filtered output, for minCutoff 1,
 * beta 0.1, derivativeCutoff 1 (casiez/OneEuroFilter, groundTruth.csv, made by their C++ implementation,
 * copyright Inria, BSD-3-Clause).
 */
const REFERENCE = [
  [0, -0.0385099, -0.0385099],
  [0.00833333, -0.0280664, -0.0379872],
  [0.0166667, 0.048622, -0.0334427],
  [0.025, 0.111498, -0.0252696],
  [0.0333333, 0.053026, -0.0207099],
  [0.0416667, 0.120548, -0.0119912],
  [0.05, 0.00972308, -0.0106507],
  [0.0583333, 0.074193, -0.00526521],
  [0.0666667, -0.0236801, -0.00641239],
  [0.075, 0.0462396, -0.00308863],
  [0.0833333, 0.0892027, 0.00291027],
  [0.0916667, 0.158329, 0.0135545],
  [0.1, 0.0423086, 0.01552],
  [0.108333, 0.0887203, 0.0206024],
  [0.116667, 0.039102, 0.0218784],
  [0.125, 0.140277, 0.030313],
  [0.133333, 0.156938, 0.0396331],
  [0.141667, 0.0961089, 0.0438101],
  [0.15, 0.216881, 0.0572083],
  [0.158333, 0.067538, 0.057997],
  [0.166667, 0.0737634, 0.0591871],
  [0.175, 0.0989231, 0.0621793],
  [0.183333, 0.148209, 0.0687489],
  [0.191667, 0.0959887, 0.0708137],
  [0.2, 0.225627, 0.0829925],
] as const;

describe('the One Euro filter on a number', () => {
  it("gives the authors' reference values", () => {
    const filter = new OneEuroScalar({ minCutoff: 1, beta: 0.1, derivativeCutoff: 1 });
    for (const [seconds, noisy, filtered] of REFERENCE) {
      // The reference is printed with six digits, times included: that leaves a few millionths.
      expect(Math.abs(filter.step(noisy, seconds * 1000) - filtered)).toBeLessThan(2e-6);
    }
  });

  it('follows the formula at irregular intervals', () => {
    const filter = new OneEuroScalar({ minCutoff: 2, beta: 0.5, derivativeCutoff: 1 });
    filter.step(10, 0);
    // 100 ms later: rate of change (14 − 10) / 0.1 = 40; its factor r = 2π · 1 · 0.1 = 0.62832, r / (r + 1) =
    // 0.385870; speed 15.4348; cutoff 2 + 0.5 · 15.4348 = 9.7174; r = 6.10563, factor 0.859266.
    expect(filter.step(14, 100)).toBeCloseTo(10 + 4 * 0.859266, 4);
    // 20 ms later, the same value: rate (14 − 13.437064) / 0.02 = 28.1468; factor 0.111638; speed 16.8539;
    // cutoff 10.42695; r = 1.310289, factor 0.567154.
    expect(filter.step(14, 120)).toBeCloseTo(13.437064 + 0.562936 * 0.567154, 4);
  });

  it('is not spoilt by a time that is not a number', () => {
    const filter = new OneEuroScalar({ minCutoff: 1, beta: 0.1, derivativeCutoff: 1 });
    const twin = new OneEuroScalar({ minCutoff: 1, beta: 0.1, derivativeCutoff: 1 });
    for (const step of [0, 1, 2]) {
      filter.step(step * 0.3, step * 33);
      twin.step(step * 0.3, step * 33);
    }
    const last = twin.step(0.9, 99);
    expect(filter.step(0.9, 99)).toBe(last);
    expect(filter.step(5, Number.NaN)).toBe(last);
    for (const step of [4, 5, 6]) expect(filter.step(step, step * 33)).toBe(twin.step(step, step * 33));
  });

  it('repeats its last result for what is not a number and for time that stands or goes back', () => {
    const filter = new OneEuroScalar({ minCutoff: 1, beta: 0, derivativeCutoff: 1 });
    expect(filter.step(Number.NaN, 0)).toBeNaN();
    expect(filter.step(5, 10)).toBe(5);
    expect(filter.step(Number.NaN, 20)).toBe(5);
    expect(filter.step(9, 20)).toBe(5);
    expect(filter.step(9, 15)).toBe(5);
    expect(filter.step(9, 40)).toBeGreaterThan(5);
    filter.reset();
    expect(filter.step(2, 0)).toBe(2);
  });

  it.each([{ minCutoff: 0 }, { beta: -1 }, { derivativeCutoff: Number.NaN }, { minCutoff: Infinity }])(
    'refuses %o with a typed error',
    (wrong) => {
      const settings = { minCutoff: 1, beta: 0, derivativeCutoff: 1, ...wrong };
      expect(() => new OneEuroScalar(settings)).toThrowError(
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      );
      expect(() => oneEuro(wrong)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
    },
  );
});

describe('oneEuro()', () => {
  it('is the published filter on every coordinate, in person sizes in the picture and in metres in the world', () => {
    const filter = oneEuro({ minCutoff: 0.3, beta: 7, world: { minCutoff: 0.4, beta: 3 } }).create();
    const image = new OneEuroScalar({ minCutoff: 0.3, beta: 7, derivativeCutoff: 1 });
    const vertical = new OneEuroScalar({ minCutoff: 0.3, beta: 7, derivativeCutoff: 1 });
    const world = new OneEuroScalar({ minCutoff: 0.4, beta: 3, derivativeCutoff: 1 });
    const places = [0.5, 0.52, 0.49, 0.55, 0.6];
    for (const [index, x] of places.entries()) {
      const timestamp = index * 33;
      const body = syntheticBody().map((point) => ({ ...point, x: point.x + x, y: point.y + x }));
      const raw = syntheticPose(3, body);
      // The box around the standing body in pixels is the same in all frames; in sizes, x is x · width / size.
      const xs = raw.landmarks.map((point) => point.x * 1000);
      const ys = raw.landmarks.map((point) => point.y * 500);
      const size = (Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys)) / 2;
      const smoothed = filter.step(syntheticFrame(timestamp, [raw], { height: 500 })).poses[0];
      const across = image.step(((raw.landmarks[25]?.x ?? 0) * 1000) / size, timestamp);
      const down = vertical.step(((raw.landmarks[25]?.y ?? 0) * 500) / size, timestamp);
      expect(smoothed?.landmarks[25]?.x).toBeCloseTo((across * size) / 1000, 9);
      expect(smoothed?.landmarks[25]?.y).toBeCloseTo((down * size) / 500, 9);
      expect(smoothed?.worldLandmarks[25]?.x).toBeCloseTo(world.step(body[25]?.x ?? 0, timestamp), 9);
      expect(smoothed).toMatchObject({ id: 3, score: 1 });
    }
  });

  it('smooths the same movement alike near and far', () => {
    const run = (scale: number) => {
      const filter = oneEuro().create();
      let result: number | undefined;
      for (const [index, sway] of [0, 0.05, -0.02, 0.08].entries()) {
        const pose = syntheticPose(0, syntheticBody(), { x: 0.5 + sway * scale, y: 0.5 }, scale);
        result = filter.step(syntheticFrame(index * 33, [pose])).poses[0]?.landmarks[0]?.x;
      }
      return ((result as number) - 0.5) / scale;
    };
    expect(run(0.1)).toBeCloseTo(run(0.4), 9);
  });

  it('leaves visibility as it is, or smooths it with a time constant', () => {
    const pose = (visibility: number) =>
      syntheticPose(
        0,
        syntheticBody().map((point) => ({ ...point, visibility })),
      );
    const smoothed = oneEuro({ visibilityTime: 300 }).create();
    smoothed.step(syntheticFrame(0, [pose(1)]));
    const after = smoothed.step(syntheticFrame(100 / 3, [pose(0.2)])).poses[0]?.landmarks[5]?.visibility;
    // One frame at 30 per second: α = 0.1.
    expect(after).toBeCloseTo(0.1 * 0.2 + 0.9 * 1, 9);
    const raw = oneEuro().create();
    raw.step(syntheticFrame(0, [pose(1)]));
    expect(raw.step(syntheticFrame(33, [pose(0.2)])).poses[0]?.landmarks[5]?.visibility).toBeCloseTo(0.2, 12);
  });
});
