import type { BodyLandmark } from '@pose-coach/core';
import { spectralArcLength } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { danceSequences, recordedSequences } from '../../../../tests/motion/sequences.ts';
import {
  beatTimes,
  type DancerFramesOptions,
  dancerFrames,
  dancing,
  type Move,
  type SyntheticDancer,
  smoothStep,
  standing,
  swinging,
  together,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { runPart } from '../part-run.test-support.ts';
import { SMOOTHNESS_METRICS } from './smoothness-metrics.ts';
import { SmoothnessPart } from './smoothness-part.ts';
import { smoothnessOf } from './smoothness-scale.ts';

const watched = (dancer: Move | SyntheticDancer, options: Partial<DancerFramesOptions> = {}) =>
  runPart(
    new SmoothnessPart(),
    SMOOTHNESS_METRICS,
    dancerFrames(typeof dancer === 'function' ? { move: dancer } : dancer, { seconds: 12, ...options }),
  );

/** Where a movement of least jerk is after a share of its time: `smoothStep` is that very polynomial. */
const leastJerk = smoothStep;

/** Lifts an arm by 80° and lowers it, a second each, a second of rest between; in `steps` with stops between them. */
const lifting =
  (steps: number): Move =>
  (seconds) => {
    const cycle = seconds % 4;
    const way = (start: number) => {
      let share = 0;
      for (let index = 0; index < steps; index += 1)
        share += leastJerk((cycle - start) * steps - index) / steps;
      return share;
    };
    return { rightArmRaise: 10 + 80 * (way(0.5) - way(2.5)) };
  };

const ARM: readonly BodyLandmark[] = ['rightElbow', 'rightWrist'];
const dance = dancing(beatTimes([{ beatsPerMinute: 80, seconds: 20 }]));

/** 30τ² − 60τ³ + 30τ⁴ in a second, `count` times on end. */
const bells = (count: number) =>
  Array.from({ length: 100 * count + 1 }, (_, index) => {
    const progress = (index / 100) % 1;
    return 30 * progress ** 2 * (1 - progress) ** 2;
  });

describe('the scale of smoothness', () => {
  it('has 100 for a movement of least jerk, 50 for two with a stop between, and never more than 100', () => {
    expect(smoothnessOf(spectralArcLength(bells(1), 100))).toBeCloseTo(100, 0);
    expect(Math.abs(smoothnessOf(spectralArcLength(bells(2), 100)) - 50)).toBeLessThan(2.5);
    expect(smoothnessOf(-1)).toBe(100);
    const halfSine = Array.from({ length: 101 }, (_, index) => Math.sin((Math.PI * index) / 100));
    expect(Math.abs(smoothnessOf(spectralArcLength(halfSine, 100)) - 89)).toBeLessThan(1);
  });
});

describe('smoothness', () => {
  it('of an arm that is lifted in one go is near 100, and falls with every stop on the way', () => {
    const series = [1, 2, 3].map((steps) => watched(lifting(steps)).summary.parts.rightArm);
    const values = series.map(({ smoothness }) => smoothness ?? Number.NaN);
    expect(values[0]).toBeGreaterThan(92);
    expect(values[0] ?? 0).toBeGreaterThan((values[1] ?? Number.NaN) + 20);
    expect(values[1] ?? 0).toBeGreaterThan((values[2] ?? Number.NaN) + 5);
    const [first, second, third] = series.map(({ jerk }) => jerk ?? Number.NaN);
    // Least jerk has −ln 204.8; it begins and ends in rest that is not quite seen.
    expect(Math.abs((first ?? 0) + Math.log(204.8))).toBeLessThan(1.2);
    expect(second).toBeLessThan((first ?? 0) - 1);
    expect(third).toBeLessThan((second ?? 0) - 0.5);
  });

  it('of the body is that of what moves, with raw measures beside it', () => {
    const run = watched(lifting(1));
    expect(run.last('dance.smoothness').value).toBeCloseTo(
      run.last('dance.smoothness.rightArm').value as number,
      6,
    );
    const sparc = run.last('dance.smoothness.sparc').value as number;
    expect(smoothnessOf(sparc)).toBeCloseTo(run.last('dance.smoothness').value as number, 6);
    expect(run.last('dance.smoothness.jerk').value).toBeLessThan(-3.5);
    expect(run.last('dance.smoothness.parts')).toMatchObject({
      status: 'unknown',
      reason: 'Too little to judge of: head, torso, left arm, left leg, right leg.',
    });
  });

  it('does not depend on how large a movement is', () => {
    const [small, large] = [15, 45].map(
      (degrees) =>
        watched(swinging('rightArmRaise', 0.6, degrees, 60)).summary.parts.rightArm.smoothness ?? 0,
    );
    expect(Math.abs((small ?? 0) - (large ?? 0))).toBeLessThan(3);
  });

  it('is the same within 5 % at 24, 30 and 60 Hz', () => {
    for (const move of [dance, lifting(2)]) {
      const reference = watched(move, { rate: 60 }).summary;
      for (const rate of [24, 30]) {
        const { smoothness, sparc, jerk } = watched(move, { rate }).summary;
        expect(Math.abs((smoothness ?? 0) / (reference.smoothness ?? 1) - 1)).toBeLessThan(0.05);
        expect(Math.abs((sparc ?? 0) / (reference.sparc ?? 1) - 1)).toBeLessThan(0.05);
        expect(Math.abs((jerk ?? 0) / (reference.jerk ?? 1) - 1)).toBeLessThan(0.05);
      }
    }
  });

  it('changes sides in a mirror, and hardly with distance, lost frames or noise', () => {
    const move = together(dance, swinging('rightArmSpread', 0.45, 25, 40));
    const { parts, smoothness } = watched(move).summary;
    const mirrored = watched(move, { camera: { mirrored: true } }).summary;
    expect(mirrored.parts.leftArm.smoothness).toBeCloseTo(parts.rightArm.smoothness ?? Number.NaN, 6);
    expect(mirrored.parts.rightLeg.smoothness).toBeCloseTo(parts.leftLeg.smoothness ?? Number.NaN, 6);
    for (const options of [{ camera: { distance: 6 } }, { droppedShare: 0.1 }, { noise: 0.005 }]) {
      const other = watched(move, options).summary.smoothness ?? Number.NaN;
      expect(Math.abs(other / (smoothness ?? 1) - 1)).toBeLessThan(0.1);
    }
  });

  it('is not known of somebody who rests, however much noise there is', () => {
    for (const noise of [0, 0.005]) {
      const run = watched(standing(), { noise });
      expect(run.readings.length).toBeGreaterThan(100);
      expect(run.readings.every(({ status }) => status === 'unknown')).toBe(true);
      expect(run.last('dance.smoothness').reason).toBe('There is too little movement.');
      expect(run.summary).toMatchObject({ smoothness: null, sparc: null, jerk: null, strokes: 0 });
    }
  });

  it('is not known of movement too fast for the frames to show whether it is rough', () => {
    const run = watched(swinging('rightArmRaise', 1.8, 25, 60));
    expect(run.last('dance.smoothness')).toMatchObject({
      status: 'unknown',
      reason: 'The movement is too fast for this frame rate.',
    });
  });

  it('is not known from fewer than 15 frames a second, which show rough movement as smooth', () => {
    for (const rate of [8, 10, 12]) {
      const run = watched(lifting(2), { rate });
      expect(run.last('dance.smoothness')).toMatchObject({
        status: 'unknown',
        reason: 'The movement is too fast for this frame rate.',
      });
      expect(run.summary.smoothness).toBeNull();
    }
    expect(watched(lifting(2), { rate: 15 }).summary.smoothness).not.toBeNull();
  });

  it('is not known of an arm that is hidden, nor of what it did meanwhile', () => {
    const hidden = watched({ move: lifting(1), hidden: [{ landmarks: ARM, from: 0, until: 99 }] });
    expect(hidden.last('dance.smoothness.rightArm')).toMatchObject({
      status: 'unknown',
      reason: 'Not in view for long enough.',
    });
    expect(hidden.summary.parts.rightArm.strokes).toBe(0);
    const once = watched({ move: lifting(1), hidden: [{ landmarks: ARM, from: 0.7, until: 1.2 }] });
    expect(once.summary.parts.rightArm.strokes).toBe(watched(lifting(1)).summary.parts.rightArm.strokes - 1);
  });

  it('speaks twice a second and begins anew with the next take', () => {
    const part = new SmoothnessPart();
    const run = runPart(part, SMOOTHNESS_METRICS, dancerFrames({ move: dance }, { seconds: 10 }));
    const times = run.readings.flatMap(({ metric, timestamp }) =>
      metric === 'dance.smoothness' ? [timestamp] : [],
    );
    expect(times.length).toBeGreaterThan(17);
    expect(times.length).toBeLessThan(21);
    expect(run.summary.strokes).toBeGreaterThan(10);
    expect(part.finish().strokes).toBe(0);
  });
});

describe('smoothness of real clips', () => {
  it('can be told of most of the time', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const clips = [
      ...danceSequences(fixtures).filter(({ view }) => view === '3d'),
      ...recordedSequences(fixtures).filter(({ name }) => name === 'dance_phrase_talmolab'),
    ];
    expect(clips).toHaveLength(4);
    for (const { frames } of clips) {
      const run = runPart(new SmoothnessPart(), SMOOTHNESS_METRICS, frames);
      const all = run.readings.filter(({ metric }) => metric === 'dance.smoothness');
      const known = all.filter(({ status }) => status === 'ok');
      expect(known.length / all.length).toBeGreaterThan(0.75);
      expect(run.summary.smoothness).toBeGreaterThan(50);
      expect(run.summary.smoothness).toBeLessThan(95);
    }
  });

  it('is the same within 5 % when every other frame is left out', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    for (const { view, frames } of danceSequences(fixtures)) {
      if (view !== '3d') continue;
      const [all, half] = [1, 2].map((step) => {
        const kept = frames.filter((_, index) => index % step === 0);
        return runPart(new SmoothnessPart(), SMOOTHNESS_METRICS, kept).summary.smoothness ?? Number.NaN;
      });
      expect(Math.abs((half ?? 0) / (all ?? 1) - 1)).toBeLessThan(0.05);
    }
  });
});
