import type { PoseFrame } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { danceSequences, exerciseSequences, recordedSequences } from '../../../../tests/motion/sequences.ts';
import {
  beatTimes,
  type DancerFramesOptions,
  dancerFrames,
  dancing,
  inTurn,
  type Move,
  type SyntheticDancer,
  standing,
  swinging,
  together,
  turning,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { runPart } from '../part-run.test-support.ts';
import { IntensityCurve } from './intensity-curve.ts';
import { INTENSITY_METRICS, IntensityPart } from './intensity-part.ts';

const METRIC = 'dance.intensity';

const watched = (dancer: Move | SyntheticDancer, options: Partial<DancerFramesOptions> = {}) =>
  runPart(
    new IntensityPart(),
    INTENSITY_METRICS,
    dancerFrames(typeof dancer === 'function' ? { move: dancer } : dancer, { seconds: 8, ...options }),
  );
const meanOf = (...of: Parameters<typeof watched>) => watched(...of).summary.mean ?? Number.NaN;

/** The scale as it is documented. */
const effort = (power: number) => (100 * power ** (2 / 3)) / (1 + power ** (2 / 3));

const dance = dancing(beatTimes([{ beatsPerMinute: 110, seconds: 20 }]));
const moving = together(dance, swinging('rightArmSpread', 0.9, 25, 40));

describe('intensity', () => {
  it.each([0.3, 0.5, 0.8])('is the power of a body that sways at %d Hz, by arithmetic', (hertz) => {
    const { summary, last } = watched(swinging('roomX', hertz, 0.1));
    const expected = effort(8 * Math.PI ** 2 * 0.1 ** 2 * hertz ** 3);
    expect(Math.abs((summary.mean ?? Number.NaN) / expected - 1)).toBeLessThan(0.05);
    // Two seconds are not whole numbers of these swings.
    expect(Math.abs((last(METRIC).value as number) / expected - 1)).toBeLessThan(0.2);
  });

  it('is the power of two stretched arms that swing against each other, by arithmetic', () => {
    // Segments as Winter gives them: lengths in body heights, masses of the body's, centres of the way down.
    const [height, upper, lower] = [1.7, 0.186, 0.146];
    const radii = [0.436 * upper * height, (upper + 0.682 * lower) * height];
    const work = 0.028 * (radii[0] ?? 0) ** 2 + 0.022 * (radii[1] ?? 0) ** 2;
    const angle = (25 * Math.PI) / 180;
    const expected = 2 * work * 8 * Math.PI ** 2 * angle ** 2 * 0.7 ** 3;
    const move = together(swinging('leftArmRaise', 0.7, 25, 40), swinging('rightArmRaise', 0.7, 25, 40, 0.5));
    expect(Math.abs(meanOf(move) / effort(expected) - 1)).toBeLessThan(0.05);
  });

  it('rises with tempo and with amplitude', () => {
    const byTempo = [0.4, 0.8, 1.2, 1.6, 2, 2.5, 3].map((hertz) =>
      meanOf(swinging('rightArmRaise', hertz, 20, 60)),
    );
    const byAmplitude = [5, 10, 20, 40, 60].map((degrees) =>
      meanOf(swinging('rightArmRaise', 1, degrees, 60)),
    );
    for (const series of [byTempo, byAmplitude]) {
      expect(series).toEqual([...series].sort((one, other) => one - other));
      expect(new Set(series).size).toBe(series.length);
    }
  });

  it('has 30 more at twice the tempo in the middle of its scale', () => {
    const sway = (hertz: number) => meanOf(swinging('roomX', hertz, 0.25));
    // 20 and 50 on the scale, at which a quarter of a metre is swayed 0.294 and 0.587 times a second.
    expect(Math.abs(sway(0.587) - sway(0.294) - 30)).toBeLessThan(2);
  });

  it('is the same within 5 % at 24, 30 and 60 Hz, live and over the take', () => {
    const reference = watched(moving, { rate: 60 });
    for (const rate of [24, 30]) {
      const other = watched(moving, { rate });
      expect(Math.abs((other.summary.mean ?? 0) / (reference.summary.mean ?? 1) - 1)).toBeLessThan(0.05);
      const [one, two] = [other.last(METRIC).value as number, reference.last(METRIC).value as number];
      expect(Math.abs(one / two - 1)).toBeLessThan(0.05);
    }
  });

  it('hardly changes when the picture is mirrored, taken from elsewhere, or misses frames', () => {
    const reference = meanOf(moving);
    expect(meanOf(moving, { camera: { mirrored: true } })).toBeCloseTo(reference, 6);
    for (const camera of [{ distance: 6 }, { pan: 8 }, { pictureWidth: 640, pictureHeight: 360 }]) {
      expect(Math.abs(meanOf(moving, { camera }) / reference - 1)).toBeLessThan(0.05);
    }
    expect(Math.abs(meanOf(moving, { droppedShare: 0.1, seed: 4 }) / reference - 1)).toBeLessThan(0.05);
  });

  it('does not take noise for movement, nor loses much of a movement in it', () => {
    const noise = 0.005;
    const still = watched(standing(), { noise });
    expect(still.summary.mean).toBeLessThan(3);
    expect(Math.max(...still.numbers(METRIC))).toBeLessThan(8);
    const { value, uncertainty = 0 } = still.last(METRIC);
    // That little is not known for certain: it is said.
    expect((value as number) + uncertainty).toBeGreaterThan(5);
    expect(meanOf(turning(180), { noise })).toBeLessThan(8);
    const noisy = watched(moving, { noise });
    const error = Math.abs((noisy.summary.mean ?? Number.NaN) - meanOf(moving));
    expect(error / meanOf(moving)).toBeLessThan(0.1);
    expect(error).toBeLessThan(noisy.last(METRIC).uncertainty ?? 0);
  });

  it('is nothing for somebody who stands, or turns evenly', () => {
    expect(meanOf(standing())).toBeLessThan(1);
    expect(meanOf(turning(120))).toBeLessThan(2);
  });

  it('is not known in the first second, and then becomes surer until two have gone by', () => {
    const { readings } = watched(moving, { seconds: 4 });
    expect(readings[0]).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('less than a second'),
    });
    const known = readings.filter(({ status }) => status === 'ok');
    expect(known[0]?.timestamp).toBeGreaterThan(1000);
    expect(known[0]?.timestamp).toBeLessThan(1500);
    expect(known[0]?.confidence).toBeCloseTo(0.5, 1);
    expect(known.at(-1)?.confidence).toBeCloseTo(1, 6);
  });

  it('is less sure without the legs and not known without the hips', () => {
    const hide = (...landmarks: NonNullable<SyntheticDancer['hidden']>[number]['landmarks']) =>
      watched({ move: moving, hidden: [{ landmarks, from: 0, until: 99 }] }).last(METRIC);
    const all = watched(moving).last(METRIC);
    const legs = hide('leftKnee', 'rightKnee', 'leftAnkle', 'rightAnkle');
    expect(legs.status).toBe('ok');
    // Winter: thigh 0.1 and shin with foot 0.061 of the body's mass, twice.
    expect(legs.confidence).toBeCloseTo(1 - 2 * 0.161, 2);
    expect(legs.uncertainty).toBeGreaterThan((all.uncertainty ?? 0) + 1);
    expect(hide('leftHip', 'rightHip')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('Too little'),
    });
  });

  it('sums up a take: mean, peak and a point for every two seconds', () => {
    const move = inTurn([standing(), 6], [swinging('leftArmRaise', 1.2, 50, 60), 6], [standing(), 8]);
    const { summary } = watched(move, { seconds: 20 });
    expect(summary.seen / 1000).toBeCloseTo(20, 0);
    expect(summary.curve).toHaveLength(10);
    expect(summary.peak?.from).toBeGreaterThan(5500);
    expect(summary.peak?.to).toBeLessThan(12_500);
    for (const { from, to, value } of summary.curve) {
      expect(to - from).toBeGreaterThanOrEqual(1000);
      if (to < 5800 || from > 12_500) expect(value).toBeLessThan(2);
      if (from > 6500 && to < 11_500) expect(value).toBeGreaterThan(20);
    }
    expect(summary.isComplete).toBe(true);
  });

  it('leaves out of a take what was not seen, and begins the next take afresh', () => {
    const part = new IntensityPart();
    const run = (frames: ReturnType<typeof dancerFrames>) => runPart(part, INTENSITY_METRICS, frames).summary;
    const gap = run(dancerFrames({ move: moving, absent: [{ from: 4, until: 10 }] }, { seconds: 14 }));
    expect(gap.seen).toBeLessThan(8200);
    expect(gap.curve.every(({ from, to }) => to <= 4500 || from >= 3500)).toBe(true);
    expect(gap.curve.length).toBeLessThanOrEqual(5);
    const next = run(dancerFrames({ move: standing() }, { seconds: 6, from: 100, epoch: 2 }));
    expect(next.mean).toBeLessThan(1);
    expect(next.curve.every(({ from }) => from >= 100_000)).toBe(true);
    expect(new IntensityPart().finish()).toEqual({
      seen: 0,
      mean: null,
      meanPower: null,
      peak: null,
      curve: [],
      isComplete: true,
    });
  });

  it('keeps an hour of the curve, and says when there was more', () => {
    const curve = new IntensityCurve(0.5);
    const sample = new Float64Array(22);
    for (let second = 0; second < 3600; second += 1) curve.add(second * 1000, (second + 1) * 1000, sample);
    expect([curve.points.length, curve.isFull]).toEqual([1800, false]);
    for (let second = 3600; second < 3700; second += 1) curve.add(second * 1000, (second + 1) * 1000, sample);
    expect([curve.points.length, curve.isFull]).toEqual([1800, true]);
    curve.clear();
    expect([curve.points.length, curve.isFull]).toEqual([0, false]);
  });
});

describe('intensity of real clips', () => {
  const taken = (frames: readonly PoseFrame[]) =>
    runPart(new IntensityPart(), INTENSITY_METRICS, frames).summary.mean ?? Number.NaN;

  it('lies where the scale says: slow squats at 20, a calm dance towards 50, break-dance at 60 to 80, jumping jacks at 80', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const recorded = new Map(recordedSequences(fixtures).map(({ name, frames }) => [name, taken(frames)]));
    expect(recorded.get('squat_front_5reps')).toBeGreaterThan(12);
    expect(recorded.get('squat_front_5reps')).toBeLessThan(28);
    expect(recorded.get('dance_phrase_talmolab')).toBeGreaterThan(35);
    expect(recorded.get('dance_phrase_talmolab')).toBeLessThan(55);
    for (const { name, view, frames } of danceSequences(fixtures)) {
      if (view !== '3d' || !name.startsWith('gBR')) continue;
      expect(taken(frames)).toBeGreaterThan(60);
      expect(taken(frames)).toBeLessThan(80);
    }
    const jacks = [...exerciseSequences(fixtures)]
      .filter(({ exercise }) => exercise === 'jumping_jack')
      .map(({ frames }) => taken(frames))
      .sort((one, other) => one - other);
    expect(Math.abs((jacks[jacks.length >> 1] ?? Number.NaN) - 80)).toBeLessThan(8);
  });

  it('is the same within 3 % from half and a third of the frames', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    for (const { view, frames } of danceSequences(fixtures)) {
      if (view !== '3d') continue;
      const all = taken(frames);
      for (const step of [2, 3]) {
        const fewer = taken(frames.filter((_, index) => index % step === 0));
        expect(Math.abs(fewer / all - 1)).toBeLessThan(0.03);
      }
    }
  });
});
