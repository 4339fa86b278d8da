import type { PoseFrame, Reading } from '@pose-coach/core';
import { type BodyMotion, BodyMotions, readingFault } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  type Camera,
  dancerFrames,
  inTurn,
  type Move,
  type Posture,
  randomNumbers,
  squatting,
  standing,
  turning,
  walking,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { PATTERNS_METRICS } from './patterns-metrics.ts';
import { PatternsPart } from './patterns-part.ts';
import { PoseSamples } from './pose-samples.ts';

/** Fields that a dance by chance moves: how far, and about which middle. */
const FIELDS: readonly (readonly [field: keyof Posture, reach: number, middle: number])[] = [
  ['leftArmRaise', 60, 70],
  ['rightArmRaise', 60, 70],
  ['leftArmSpread', 30, 30],
  ['rightArmSpread', 30, 30],
  ['leftElbow', 40, 50],
  ['rightElbow', 40, 50],
  ['hipsUp', 0.05, -0.08],
  ['hipsLeft', 0.08, 0],
  ['leftFootOut', 0.1, 0.1],
  ['rightFootOut', 0.1, 0.1],
  ['leftFootForward', 0.15, 0],
  ['rightFootForward', 0.15, 0],
  ['twist', 20, 0],
  ['lean', 10, 5],
];

/** A dance that nobody has danced before: every joint goes its own way at 0.2 to 1.5 Hz. */
function improvised(seed: number, tempo = 1): Move {
  const chance = randomNumbers(seed);
  const ways = FIELDS.map(([field, reach, middle]) => {
    const waves = Array.from(
      { length: 5 },
      () => [(reach * chance.normal()) / 2, 0.2 + 1.3 * chance.uniform(), chance.uniform()] as const,
    );
    return (seconds: number) => [
      field,
      middle +
        waves.reduce(
          (sum, [size, hertz, phase]) =>
            sum + size * Math.cos(2 * Math.PI * (hertz * tempo * seconds + phase)),
          0,
        ),
    ];
  });
  return (seconds) => Object.fromEntries(ways.map((way) => way(seconds)));
}

function observe(frames: readonly PoseFrame[], part = new PatternsPart()) {
  const motions = new BodyMotions();
  const readings: Reading[] = [];
  for (const frame of frames) {
    for (const motion of motions.step(frame)) readings.push(...part.step({ frame, motion, beats: [] }));
  }
  return { readings, summary: part.finish() };
}

const [A, B, C] = [improvised(1), improvised(2), improvised(3)];
/** A at 0, 16 and 32 seconds. */
const CHOREOGRAPHY = inTurn([A, 8], [B, 8], [A, 8], [C, 8], [A, 8]);

const starts = ({ performances }: { readonly performances: readonly { readonly start: number }[] }) =>
  performances.map(({ start }) => start / 1000);

describe('repeated sequences of a dance', () => {
  const cases: readonly (readonly [
    string,
    Parameters<typeof dancerFrames>[1] & { readonly camera?: Camera },
  ])[] = [
    ['at 30 Hz', { seconds: 40 }],
    ['at 24 Hz', { seconds: 40, rate: 24 }],
    ['at 60 Hz', { seconds: 40, rate: 60 }],
    ['in a mirror', { seconds: 40, camera: { mirrored: true } }],
    [
      'from twice as far, in a small picture',
      { seconds: 40, camera: { distance: 7, pictureWidth: 320, pictureHeight: 240 } },
    ],
    ['from above', { seconds: 40, camera: { distance: 4, height: 1.6, tilt: 8 } }],
    ['with noise of half a percent of the height', { seconds: 40, noise: 0.005 }],
    ['with a tenth of the frames lost', { seconds: 40, droppedShare: 0.1 }],
  ];

  it.each(cases)('are found where they are, %s', (_, options) => {
    const { summary } = observe(dancerFrames({ move: CHOREOGRAPHY }, options));
    expect(summary.patterns).toHaveLength(1);
    const [pattern] = summary.patterns;
    if (!pattern) return;
    expect(starts(pattern).map((start) => Math.round(start / 8) * 8)).toEqual([0, 16, 32]);
    expect(pattern.times).toBe(3);
    expect(Math.abs(pattern.length / 1000 - 8)).toBeLessThan(1.2);
    expect(pattern.likeness).toBeGreaterThan(85);
    expect(summary.isComplete).toBe(true);
  });

  it('are found a tenth faster and a tenth slower, and less alike', () => {
    const faster = inTurn(
      [A, 8],
      [B, 8],
      [improvised(1, 1.1), 8 / 1.1],
      [C, 8],
      [improvised(1, 1 / 1.1), 8.8],
    );
    const { summary } = observe(dancerFrames({ move: faster }, { seconds: 40 }));
    expect(summary.patterns).toHaveLength(1);
    expect(summary.patterns[0]?.times).toBe(3);
    expect(summary.patterns[0]?.likeness).toBeGreaterThan(85);
  });

  it('are the same facing another way', () => {
    const turned: Move = (seconds) => ({ ...A(seconds), turn: 60 });
    const { summary } = observe(dancerFrames({ move: inTurn([A, 8], [B, 8], [turned, 8]) }, { seconds: 24 }));
    expect(summary.patterns.map(({ times }) => times)).toEqual([2]);
  });

  it('are told while they are danced, within two seconds', () => {
    const { readings } = observe(dancerFrames({ move: CHOREOGRAPHY, id: 5 }, { seconds: 40, noise: 0.003 }));
    expect(readings.length).toBeGreaterThanOrEqual(2);
    const declared = new Map(PATTERNS_METRICS.map((metric) => [metric.id, metric]));
    for (const reading of readings) {
      expect(readingFault(reading, declared)).toBeUndefined();
      const { start = 0, end = 0, timestamp } = reading;
      // In the second or the third performance of A; a second of what comes after may be in it.
      const [from, until] = [start / 1000, end / 1000];
      expect((from > 15 && until < 25) || (from > 31 && until < 41)).toBe(true);
      expect(timestamp - end).toBeLessThan(2000);
      expect(reading.value).toBeGreaterThan(75);
      expect(reading.poseId).toBe(5);
    }
  });

  it('are none in improvising, standing and turning on the spot', () => {
    for (const move of [improvised(21), standing(), turning(90)]) {
      const { readings, summary } = observe(dancerFrames({ move }, { seconds: 60, noise: 0.003 }));
      expect(readings).toEqual([]);
      expect(summary.patterns).toEqual([]);
    }
  });

  it('are one when somebody walks, with a cycle of two steps, and nothing is told of it', () => {
    const move = walking({ stepsPerMinute: 110, stepLength: 0 });
    const { readings, summary } = observe(dancerFrames({ move }, { seconds: 60, noise: 0.003 }));
    expect(readings).toEqual([]);
    expect(summary.patterns).toHaveLength(1);
    expect((summary.patterns[0]?.length ?? 0) / (120_000 / 110)).toBeCloseTo(1, 1);
    expect(Math.abs((summary.patterns[0]?.times ?? 0) - 55)).toBeLessThan(3);
  });

  it('are one with its count when an exercise is repeated', () => {
    const { summary } = observe(dancerFrames({ move: squatting(0.3) }, { seconds: 30, noise: 0.003 }));
    expect(summary.patterns).toHaveLength(1);
    expect((summary.patterns[0]?.length ?? 0) / 1000).toBeCloseTo(1 / 0.3, 1);
    expect(summary.patterns[0]?.times).toBe(9);
    expect(summary.patterns[0]?.performances).toHaveLength(1);
  });

  it('are found across an interruption, but nothing is made of the interruption itself', () => {
    const part = new PatternsPart();
    const motions = new BodyMotions();
    const take = (move: Move, from: number, epoch: number) => {
      for (const frame of dancerFrames({ move }, { seconds: 9, from: 0, epoch })) {
        const later = { ...frame, timestamp: frame.timestamp + from };
        for (const motion of motions.step(later)) part.step({ frame: later, motion, beats: [] });
      }
    };
    take(A, 0, 1);
    part.reset();
    take(B, 500_000, 2);
    part.reset();
    take(A, 700_000, 3);
    const [pattern] = part.finish().patterns;
    expect(pattern && starts(pattern).map(Math.round)).toEqual([0, 700]);
  });

  it('begin anew with a take', () => {
    const part = new PatternsPart();
    observe(dancerFrames({ move: A }, { seconds: 8 }), part);
    const { readings, summary } = observe(dancerFrames({ move: A }, { seconds: 8, from: 8 }), part);
    expect(readings).toEqual([]);
    expect(summary.patterns).toEqual([]);
  });

  it('are of the last hour when a take is longer', () => {
    const samples = new PoseSamples();
    const position = new Float64Array(99);
    for (let timestamp = 0; timestamp < 3_700_000; timestamp += 125) {
      samples.add({ timestamp, bodyHeight: 1.7, trunk: { position } } as unknown as BodyMotion, () => {});
    }
    expect(samples.isCut).toBe(true);
    expect(samples.sequence.length).toBeLessThanOrEqual(3600 * 8);
    expect(samples.timeOf(samples.sequence.length - 1)).toBe(3_699_875);
    expect(samples.timeOf(0)).toBeGreaterThan(90_000);
  });
});
