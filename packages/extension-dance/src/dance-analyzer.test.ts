import type { Beat, PoseFrame, Reading } from '@pose-coach/core';
import { AnalyzerRun, readingFault } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  dancerFrames,
  dancing,
  inTurn,
  jumping,
  squatting,
  standing,
  swinging,
  together,
  walking,
} from '../../../tests/motion/synthetic-dancer.ts';
import { dance } from './dance.ts';
import { DANCE_METRICS } from './dance-metrics.ts';
import { type DanceSummary, readDanceSummary } from './take/index.ts';

const DECLARED = new Map(DANCE_METRICS.map((metric) => [metric.id, metric]));
const BPM = 120;
const beats = (seconds: number) => beatTimes([{ beatsPerMinute: BPM, seconds }]);

/** Music whose beats are heard as they come. */
const music = (seconds: number): readonly Beat[] =>
  beats(seconds).map((second) => ({ timestamp: second * 1000, strength: 1 }));

interface Take {
  readonly readings: readonly Reading[];
  readonly summary: DanceSummary;
  readonly totals: readonly Reading[];
}

function analyse(frames: readonly PoseFrame[], heard: readonly Beat[] = []): Take {
  const run = new AnalyzerRun(dance().create());
  const readings = frames.flatMap((frame, index) => run.step(frame, index === 0 ? heard : []));
  const finished = run.finish();
  return {
    readings,
    totals: finished?.readings ?? [],
    summary: readDanceSummary(finished?.details),
  };
}

const known = (readings: readonly Reading[], metric: string) =>
  readings.filter((reading) => reading.metric === metric && reading.status === 'ok');

/** A bit of everything: standing, walking, dancing, jumps, squats, standing again. */
const EVERYTHING = inTurn(
  [standing(), 4],
  [walking({ stepsPerMinute: 110, stepLength: 0 }), 8],
  [together(dancing(beats(60)), swinging('nod', 1, 25), swinging('turn', 0.5, 20)), 20],
  [
    jumping([
      { takeOff: 1.5, height: 0.3 },
      { takeOff: 4.5, height: 0.2 },
    ]),
    7,
  ],
  [squatting(0.4), 8],
  [standing(), 5],
);
const LENGTH = 52;

describe('the dance analysis', () => {
  it.each([24, 30, 60])('gives readings that are in order throughout, at %d Hz', (rate) => {
    const frames = dancerFrames({ move: EVERYTHING }, { seconds: LENGTH, rate, noise: 0.002 });
    const { readings, totals } = analyse(frames, music(LENGTH));
    const faults = [...readings, ...totals].flatMap((reading) => readingFault(reading, DECLARED) ?? []);
    expect(faults).toEqual([]);
    const last = frames.at(-1)?.timestamp ?? 0;
    for (const { timestamp } of readings) expect(timestamp).toBeLessThanOrEqual(last);
  });

  it('reads every metric that it declares, of somebody who does a bit of everything to music', () => {
    const frames = dancerFrames({ move: EVERYTHING }, { seconds: LENGTH, noise: 0.002 });
    const twice = [
      ...frames,
      ...frames.map((frame) => ({ ...frame, timestamp: frame.timestamp + LENGTH * 1000 })),
    ];
    const { readings } = analyse(twice, music(2 * LENGTH));
    const silent = DANCE_METRICS.filter(({ id }) => known(readings, id).length === 0).map(({ id }) => id);
    expect(silent).toEqual([]);
  });

  it('tells two people apart, each with readings and a summary of their own', () => {
    const frames = dancerFrames(
      [
        { id: 3, move: dancing(beats(30)) },
        { id: 8, move: standing() },
      ],
      { seconds: 20 },
    );
    const { readings, summary } = analyse(frames);
    expect(new Set(readings.map(({ poseId }) => poseId))).toEqual(new Set([3, 8]));
    const intensity = (id: number) =>
      known(readings, 'dance.intensity')
        .filter(({ poseId }) => poseId === id)
        .at(-1)?.value;
    expect(intensity(3)).toBeGreaterThan(30);
    expect(intensity(8)).toBeLessThan(10);
    expect(summary.people.map(({ poseId }) => poseId).sort()).toEqual([3, 8]);
    expect(summary.duration).toBeCloseTo(20_000 - 1000 / 30, 0);
  });

  it('says once of who has left that nothing is known of them, and nothing while nobody is there', () => {
    const frames = dancerFrames(
      { move: dancing(beats(30)), absent: [{ from: 8, until: 14 }] },
      { seconds: 20, epoch: 1 },
    );
    const { readings } = analyse(frames);
    const gone = readings.filter(({ timestamp }) => timestamp >= 8200 && timestamp < 14_000);
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every(({ status, reason }) => status === 'unknown' && reason === 'Not in view.')).toBe(true);
    expect(new Set(gone.map(({ metric }) => metric)).size).toBe(gone.length);
    expect(
      known(
        readings.filter(({ timestamp }) => timestamp > 16_000),
        'dance.intensity',
      ).length,
    ).toBeGreaterThan(0);
  });

  it('says nothing of an empty stage, and sums nobody up', () => {
    const frames = dancerFrames({ move: standing(), absent: [{ from: 0, until: 10 }] }, { seconds: 5 });
    const { readings, summary, totals } = analyse(frames);
    expect([readings, totals, summary.people]).toEqual([[], [], []]);
  });

  it('repeats that something is unknown once a second and not with every frame', () => {
    const { readings } = analyse(dancerFrames({ move: standing() }, { seconds: 10 }));
    const noMusic = readings.filter(
      ({ metric, status }) => metric === 'dance.onBeat' && status === 'unknown',
    );
    expect(noMusic.length).toBeGreaterThan(5);
    expect(noMusic.length).toBeLessThan(15);
  });

  it('leaves people who pass through out of the summary, and keeps those who came back', () => {
    const frames = dancerFrames(
      [
        { id: 1, move: standing(), absent: [{ from: 5, until: 15 }] },
        { id: 2, move: walking({ stepsPerMinute: 110 }), absent: [{ from: 1.5, until: 99 }] },
      ],
      { seconds: 20 },
    );
    const { people } = analyse(frames).summary;
    expect(people.map(({ poseId }) => poseId)).toEqual([1]);
    expect((people[0]?.inView ?? 0) / 1000).toBeCloseTo(10, 0);
  });

  it('keeps a bounded number of people, however many come and go', () => {
    const visitor = (id: number) => ({
      id,
      move: standing(),
      absent: [
        { from: 0, until: 4 * id },
        { from: 4 * id + 3, until: 999 },
      ],
    });
    const frames = dancerFrames(
      Array.from({ length: 20 }, (_, id) => visitor(id)),
      { seconds: 80, rate: 20 },
    );
    const { summary } = analyse(frames);
    expect(summary.people).toHaveLength(16);
    expect(summary.peopleLeftOut).toBe(4);
  });

  it('measures eight of a crowd, the same ones all the time', () => {
    const people = Array.from({ length: 20 }, (_, id) => ({ id, move: standing() }));
    const { readings, summary } = analyse(dancerFrames(people, { seconds: 6, rate: 15 }));
    expect(new Set(readings.map(({ poseId }) => poseId)).size).toBe(8);
    expect(summary.people).toHaveLength(8);
    expect(summary.peopleLeftOut).toBe(0);
  });

  it('continues nothing over a new epoch, and sums up both', () => {
    const part = (epoch: number) => dancerFrames({ move: dancing(beats(20)) }, { seconds: 12, epoch });
    const { summary, readings } = analyse([...part(1), ...part(2)]);
    expect(summary.duration / 1000).toBeCloseTo(24, 0);
    expect((summary.people[0]?.inView ?? 0) / 1000).toBeGreaterThan(23);
    expect(readings.some(({ status, reason }) => status === 'unknown' && reason === 'Not in view.')).toBe(
      false,
    );
  });

  it('begins a new take when one has been summed up', () => {
    const run = new AnalyzerRun(dance().create());
    const frames = dancerFrames({ move: dancing(beats(40)) }, { seconds: 30 });
    for (const frame of frames.slice(0, 600)) run.step(frame);
    const first = readDanceSummary(run.finish()?.details);
    for (const frame of frames.slice(600)) run.step(frame);
    const second = readDanceSummary(run.finish()?.details);
    expect(first.duration / 1000).toBeCloseTo(20, 0);
    expect(second.duration / 1000).toBeCloseTo(10, 0);
    expect(second.people[0]?.start).toBeLessThan(100);
    expect(second.people[0]?.end).toBeGreaterThan(9500);
  });

  it('gives every pipeline a memory of its own', () => {
    const factory = dance();
    const [one, other] = [factory.create(), factory.create()];
    const frames = dancerFrames({ move: dancing(beats(20)) }, { seconds: 10 });
    for (const frame of frames) one.step({ frame, beats: [] });
    const rest = other.step({ frame: frames[0] as PoseFrame, beats: [] });
    expect(rest.filter(({ status }) => status === 'ok')).toEqual([]);
  });
});
