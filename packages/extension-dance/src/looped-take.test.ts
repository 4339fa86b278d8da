import { readFileSync } from 'node:fs';
import { oneEuro, type PoseFrame, trackAndFilter } from '@pose-coach/core';
import { AnalyzerRun, readingFault } from '@pose-coach/core/analysis';
import { readRecording } from '@pose-coach/core/session';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  dancerFrames,
  dancing,
  inTurn,
  jumping,
  standing,
} from '../../../tests/motion/synthetic-dancer.ts';
import { dance } from './dance.ts';
import { DANCE_METRICS } from './dance-metrics.ts';
import { readDanceSummary } from './take/index.ts';

const DECLARED = new Map(DANCE_METRICS.map((metric) => [metric.id, metric]));
const LAPS = 4;

/** The dance that "Play the sample" plays again and again. */
function sampleFrames(): readonly PoseFrame[] {
  const file = new URL('../../elements/assets/sample-dance.poses', import.meta.url);
  const recording = readRecording(new Uint8Array(readFileSync(file)));
  if (!recording.ok) throw recording.error;
  const smoothing = trackAndFilter(oneEuro());
  return recording.value.frames.map((frame) => smoothing.step(frame));
}

const SAMPLE = sampleFrames();
const lap = (epoch: number) => SAMPLE.map((frame) => ({ ...frame, epoch }));
const FIRST = SAMPLE[0]?.timestamp ?? 0;
const LAST = SAMPLE.at(-1)?.timestamp ?? 0;

function analyse(frames: readonly PoseFrame[]) {
  const run = new AnalyzerRun(dance().create());
  const readings = frames.flatMap((frame) =>
    run.step(frame).map((reading) => ({ reading, epoch: frame.epoch, now: frame.timestamp })),
  );
  const finished = run.finish();
  return { readings, totals: finished?.readings ?? [], summary: readDanceSummary(finished?.details) };
}

const LOOPED = analyse(Array.from({ length: LAPS }, (_, index) => lap(index)).flat());

describe('a take that is played in a loop', () => {
  it('gives readings that are in order in every lap, and none that reaches out of its own', () => {
    const { readings, totals } = LOOPED;
    const faults = [...readings.map(({ reading }) => reading), ...totals].flatMap(
      (reading) => readingFault(reading, DECLARED) ?? [],
    );
    expect(faults).toEqual([]);
    for (const { reading, now } of readings) {
      expect(reading.timestamp).toBeLessThanOrEqual(now);
      expect(reading.start ?? FIRST).toBeGreaterThanOrEqual(FIRST);
    }
  });

  it('does so, too, where time goes back without a new epoch', () => {
    const back = SAMPLE.filter(({ timestamp }) => timestamp > FIRST + 6000);
    const { readings, totals } = analyse(
      [...lap(0), ...back, ...lap(0)].map((frame) => ({ ...frame, epoch: 0 })),
    );
    const faults = [...readings.map(({ reading }) => reading), ...totals].flatMap(
      (reading) => readingFault(reading, DECLARED) ?? [],
    );
    expect(faults).toEqual([]);
    for (const { reading, now } of readings) expect(reading.timestamp).toBeLessThanOrEqual(now);
  });

  it('is told to be repeated, in each lap after the first', () => {
    const told = LOOPED.readings.filter(({ reading }) => reading.metric === 'dance.patterns');
    expect([...new Set(told.map(({ epoch }) => epoch))]).toEqual(expect.arrayContaining([1, 2, 3]));
  });

  it('is summed up with nothing that ends before it begins', () => {
    const person = LOOPED.summary.people[0];
    for (const { performances } of person?.patterns.patterns ?? []) {
      for (const { start, end } of performances) expect(end).toBeGreaterThanOrEqual(start);
    }
    for (const { start, end } of person?.movement.stretches ?? []) expect(end).toBeGreaterThanOrEqual(start);
    for (const { from, to } of person?.intensity.curve ?? []) expect(to).toBeGreaterThan(from);
    for (const { from, to } of person?.rhythm.curve ?? []) expect(to).toBeGreaterThan(from);
    expect(person?.inView ?? 0).toBeGreaterThan((LAPS - 0.2) * (LAST - FIRST));
  });

  it('is summed up by the clock of the take, which goes on from lap to lap', () => {
    const { duration, people } = LOOPED.summary;
    const [person] = people;
    if (!person?.best || !person.worst) throw new Error('nothing to compare');
    const { start, end, inView, best, worst } = person;
    expect(duration / (LAPS * (LAST - FIRST))).toBeCloseTo(1, 2);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(duration);
    expect(inView).toBeLessThanOrEqual(end - start);
    for (const { from, to } of [best, worst]) {
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(duration);
      // None is made of the end of one lap and the beginning of the next.
      expect(Math.abs((from % (LAST - FIRST)) - (to % (LAST - FIRST)))).toBeCloseTo(8000, -3);
    }
    const times = [duration, start, end, inView, best.from, best.to, person.movement.milliseconds.dancing];
    expect(times.every(Number.isInteger)).toBe(true);
  });

  it('has the movements of one lap as often as there are laps, in the order in which they were danced', () => {
    const beats = beatTimes([{ beatsPerMinute: 110, seconds: 20 }]);
    const move = inTurn([standing(), 4], [dancing(beats), 6], [jumping([{ takeOff: 1, height: 0.3 }]), 4]);
    const frames = (epoch: number) => dancerFrames({ move }, { seconds: 14, epoch });
    const movementOf = (take: readonly PoseFrame[]) => {
      const [person] = analyse(take).summary.people;
      if (!person) throw new Error('nobody was seen');
      return person.movement;
    };
    const one = movementOf(frames(0));
    const three = movementOf([...frames(0), ...frames(1), ...frames(2)]);
    expect(one.jumps.count).toBe(1);
    expect(three.jumps.count).toBe(3);
    expect(three.stretches).toEqual([...one.stretches, ...one.stretches, ...one.stretches]);
    for (const [movement, milliseconds] of Object.entries(one.milliseconds)) {
      const sum = three.milliseconds[movement as keyof typeof three.milliseconds];
      expect(Math.abs(sum - 3 * milliseconds), movement).toBeLessThanOrEqual(2);
    }
  });
});
