import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../../tests/motion/random-numbers.ts';
import { PointSequence } from './point-sequence.ts';
import { Recurrence } from './recurrence.ts';
import { repeatedSequences } from './repeated-sequences.ts';

const RATE = 8;
const POINTS = 6;

/** Where all the points are at a moment in seconds. */
type Motion = (seconds: number) => number[];

/** A smooth motion by chance, of 0.2 to 1.5 Hz; each coordinate strays by about 0.1. */
function wandering(seed: number): Motion {
  const chance = randomNumbers(seed);
  const parts = Array.from({ length: POINTS * 3 }, () =>
    Array.from(
      { length: 5 },
      () => [0.063 * chance.normal(), 0.2 + 1.3 * chance.uniform(), chance.uniform()] as const,
    ),
  );
  return (seconds) =>
    parts.map((waves) =>
      waves.reduce(
        (sum, [size, hertz, turn]) => sum + size * Math.cos(2 * Math.PI * (hertz * seconds + turn)),
        0,
      ),
    );
}

/** Motions one after another, each from its beginning, at a tempo. */
function inTurn(parts: readonly (readonly [motion: Motion, seconds: number, tempo?: number])[], noise = 0) {
  const chance = randomNumbers(77);
  const sequence = new PointSequence({ points: POINTS, rate: RATE });
  let end = 0;
  for (const [motion, seconds, tempo = 1] of parts) {
    const from = end;
    end += seconds;
    while (sequence.length / RATE < end) {
      const pose = motion((sequence.length / RATE - from) * tempo);
      sequence.push(pose.map((value) => value + noise * chance.normal()));
    }
  }
  return sequence;
}

const OPTIONS = { threshold: 0.7, smallestSpread: 0.03, furthest: 600 };
const [A, B, C, D] = [wandering(1), wandering(2), wandering(3), wandering(4)];

/** Seconds of the performances, to half a second. */
const places = (sequence: PointSequence) =>
  repeatedSequences(sequence, OPTIONS).map(({ performances }) =>
    performances.map(({ from, until, times }) => [
      Math.round((2 * from) / RATE) / 2,
      Math.round((2 * until) / RATE) / 2,
      times,
    ]),
  );

describe('repeated sequences', () => {
  it('are found where they are, through noise', () => {
    const sequence = inTurn(
      [
        [A, 8],
        [B, 7],
        [A, 8],
        [C, 5],
        [A, 8],
      ],
      0.02,
    );
    expect(places(sequence)).toEqual([
      [
        [0, 8, 1],
        [15, 23, 1],
        [28, 36, 1],
      ],
    ]);
    const [found] = repeatedSequences(sequence, OPTIONS);
    expect((found?.length ?? 0) / RATE).toBeCloseTo(8, 0);
    // Two performances with noise of 0.02 in three directions each are √(2 · 3) · 0.02 apart; warping takes a little away.
    expect(found?.distance).toBeGreaterThan(0.035);
    expect(found?.distance).toBeLessThan(0.055);
    expect(found?.likeness).toBeGreaterThan(0.9);
  });

  it.each([0.85, 0.9, 1.1, 1.15])('are found at %d of the tempo', (tempo) => {
    const seconds = Math.round((8 / tempo) * RATE) / RATE;
    const [first, ...others] = repeatedSequences(
      inTurn([
        [A, 8],
        [B, 6],
        [A, seconds, tempo],
        [C, 4],
      ]),
      OPTIONS,
    );
    expect(others).toEqual([]);
    expect(first?.performances.map(({ times }) => times)).toEqual([1, 1]);
    const again = first?.performances[1];
    expect(Math.abs((again?.from ?? 0) / RATE - 14)).toBeLessThan(0.8);
    expect(Math.abs((again?.until ?? 0) / RATE - 14 - seconds)).toBeLessThan(0.8);
    expect(first?.likeness).toBeGreaterThan(0.8);
  });

  it('are told apart when there are several', () => {
    const sequence = inTurn(
      [
        [A, 7],
        [B, 7],
        [C, 5],
        [B, 7],
        [D, 5],
        [A, 7],
      ],
      0.01,
    );
    const found = repeatedSequences(sequence, OPTIONS).map(({ performances }) => performances);
    const truths = [
      [0, 31],
      [7, 19],
    ];
    expect(found).toHaveLength(truths.length);
    for (const truth of truths) {
      const near = found.find(([first]) => Math.abs((first?.from ?? 0) / RATE - (truth[0] ?? 0)) < 1.6);
      expect(near).toHaveLength(2);
      // Where one movement passes into the next is not sharp.
      expect(Math.abs((near?.[1]?.from ?? 0) / RATE - (truth[1] ?? 0))).toBeLessThan(1.6);
    }
  });

  it('count what goes on the same as one sequence, as long as its period, many times in a row', () => {
    for (const period of [0.9, 1.7, 3.3]) {
      const round: Motion = (seconds) => {
        const turn = (2 * Math.PI * seconds) / period;
        return Array.from(
          { length: POINTS * 3 },
          (_, index) => 0.1 * Math.cos(turn + index) + 0.05 * Math.sin(2 * turn),
        );
      };
      const found = repeatedSequences(
        inTurn(
          [
            [A, 6],
            [round, 40],
            [B, 6],
          ],
          0.005,
        ),
        OPTIONS,
      );
      expect(found).toHaveLength(1);
      expect((found[0]?.length ?? 0) / RATE / period).toBeCloseTo(1, 1);
      expect(found[0]?.performances).toHaveLength(1);
      expect(Math.abs((found[0]?.performances[0]?.times ?? 0) - 40 / period)).toBeLessThan(2);
    }
  });

  it('are none in movement by chance, in standing still, in noise, in a slow drift and in a posture taken twice', () => {
    const still: Motion = () => new Array<number>(POINTS * 3).fill(0.3);
    const drift: Motion = (seconds) => new Array<number>(POINTS * 3).fill(0.01 * seconds);
    const swayed: Motion = (seconds) =>
      new Array<number>(POINTS * 3).fill(seconds < 6 || seconds > 20 ? 0 : 0.5);
    for (const seed of [11, 12, 13, 14]) expect(places(inTurn([[wandering(seed), 180]]))).toEqual([]);
    expect(places(inTurn([[still, 60]]))).toEqual([]);
    expect(places(inTurn([[still, 60]], 0.05))).toEqual([]);
    expect(places(inTurn([[drift, 60]], 0.005))).toEqual([]);
    expect(places(inTurn([[swayed, 30]], 0.005))).toEqual([]);
  });

  it('are found with a third of the points unknown, and not across what is not known at all', () => {
    const whole = inTurn([
      [A, 8],
      [B, 6],
      [A, 8],
      [C, 4],
    ]);
    const partly = new PointSequence({ points: POINTS, rate: RATE });
    const blind = new PointSequence({ points: POINTS, rate: RATE });
    for (let sample = 0; sample < whole.length; sample += 1) {
      const pose = [...whole.moments(sample, sample + 1).means];
      partly.push(pose.map((value, index) => (index < 6 ? Number.NaN : value)));
      blind.push(sample / RATE < 14 ? pose : undefined);
    }
    expect(places(partly)).toEqual(places(whole));
    expect(places(blind)).toEqual([]);
    expect(places(new PointSequence({ points: POINTS, rate: RATE }))).toEqual([]);
  });
});

describe('the newest seconds of a sequence', () => {
  const watch = (sequence: PointSequence) => {
    const growing = new PointSequence({ points: POINTS, rate: RATE });
    const recurrence = new Recurrence(growing, { threshold: 0.75, smallestSpread: 0.03, memory: 60 });
    return Array.from({ length: sequence.length }, (_, sample) => {
      growing.push(sequence.moments(sample, sample + 1).means);
      return recurrence.step();
    });
  };

  it('are like earlier ones while a sequence is repeated, and at no other time', () => {
    const all = watch(
      inTurn(
        [
          [A, 9],
          [B, 8],
          [A, 9],
          [C, 9],
        ],
        0.01,
      ),
    );
    const times = all.flatMap((one, sample) => (one ? [(sample + 1) / RATE] : []));
    // Four seconds are compared: in full from 21 s on, and nearly so a little earlier.
    expect(Math.min(...times)).toBeGreaterThan(20);
    expect(Math.max(...times)).toBeLessThan(27);
    expect(times.length).toBeGreaterThan(16);
    expect(all[25 * RATE]?.lag).toBe(17 * RATE);
    expect(all[25 * RATE]?.likeness).toBeGreaterThan(0.95);
  });

  it('have a period when they go on the same', () => {
    const round: Motion = (seconds) =>
      Array.from({ length: POINTS * 3 }, (_, index) => 0.1 * Math.cos((2 * Math.PI * seconds) / 1.5 + index));
    const all = watch(inTurn([[round, 20]]));
    expect(all.at(-2)?.period ?? all.at(-1)?.period).toBe(1.5 * RATE);
  });

  it('are like nothing that was forgotten', () => {
    const all = watch(
      inTurn([
        [A, 9],
        [B, 60],
        [A, 9],
      ]),
    );
    expect(all.slice(-40).every((one) => one === undefined)).toBe(true);
  });
});
