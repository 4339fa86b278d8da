import { BODY_LANDMARK_NAMES } from '@pose-coach/core';
import { BodyMotions, type MetricDeclaration, readingFault } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  bouncing,
  crouching,
  dancerFrames,
  dancing,
  inTurn,
  type Move,
  randomNumbers,
  standing,
  twoStep,
  unevenTimes,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { Live } from './live-rhythm.test-support.ts';
import { RHYTHM_METRICS } from './rhythm-metrics.ts';
import { RhythmPart } from './rhythm-part.ts';

const danceAt = (beatsPerMinute: number, seconds = 60): Move =>
  dancing(beatTimes([{ beatsPerMinute, seconds }]));

/** Milliseconds from each moment to the grid of a tempo whose first beat is at 0. */
const errors = (moments: readonly number[], bpm: number) =>
  moments.map((moment) => {
    const period = 60_000 / bpm;
    return moment - Math.round(moment / period) * period;
  });

const beatsOf = (live: Live, from: number) =>
  live
    .of('dance.rhythm.beat')
    .flatMap(({ reading }) => (reading.timestamp >= from ? [reading.timestamp] : []));

/** Stretches the arms to places that chance chooses, at moments that chance chooses. */
function gesturing(seed: number): Move {
  const chance = randomNumbers(seed);
  const gestures: { at: number; targets: readonly [number, number, number] }[] = [];
  for (let at = 0; at < 30; at += 0.3 + 1.4 * chance.uniform()) {
    gestures.push({ at, targets: [150 * chance.uniform(), 150 * chance.uniform(), 100 * chance.uniform()] });
  }
  const place = (seconds: number, which: 0 | 1 | 2) => {
    let angle = 20;
    let before = 20;
    for (const { at, targets } of gestures) {
      const share = Math.min(1, Math.max(0, (seconds - at) / 0.35));
      angle += (targets[which] - before) * share * share * (3 - 2 * share);
      before = targets[which];
    }
    return angle;
  };
  return (seconds) => ({
    leftArmRaise: place(seconds, 0),
    rightArmRaise: place(seconds, 1),
    leftElbow: place(seconds, 2),
  });
}

describe('live rhythm', () => {
  it('locks on to steady dancing within six seconds, from 80 to 140 BPM', () => {
    for (const bpm of [80, 100, 120, 140]) {
      const live = new Live(dancerFrames({ move: danceAt(bpm) }, { seconds: 9 }));
      expect(live.within(0.04, bpm), `${bpm} BPM`).toBeLessThan(6000);
      expect(live.last('dance.rhythm')?.value, `${bpm} BPM`).toBeCloseTo(bpm, -0.5);
      expect(live.last('dance.rhythm')?.confidence).toBeGreaterThan(0.8);
    }
  });

  it('gives a tempo or its octave for the slowest and the fastest dancing', () => {
    for (const bpm of [60, 160, 180]) {
      const live = new Live(dancerFrames({ move: danceAt(bpm) }, { seconds: 9 }));
      const octaves = Math.log2(Number(live.last('dance.rhythm')?.value) / bpm);
      expect(Math.abs(octaves - Math.round(octaves)), `${bpm} BPM`).toBeLessThan(0.03);
    }
  });

  it('puts beats where the movement comes to rest, to within 15 ms', () => {
    for (const bpm of [80, 120]) {
      const moves = { dancing: danceAt(bpm), 'two-step': twoStep(bpm), bouncing: bouncing(bpm / 60) };
      for (const [name, move] of Object.entries(moves)) {
        const live = new Live(dancerFrames({ move }, { seconds: 14, noise: 0.002 }));
        const beats = beatsOf(live, 7000);
        expect(beats.length, name).toBeGreaterThan((5.5 * bpm) / 60);
        for (const error of errors(beats, bpm)) expect(Math.abs(error), `${name} at ${bpm}`).toBeLessThan(15);
      }
    }
  });

  it('says beats in order, none twice, and none before its time', () => {
    const live = new Live(
      dancerFrames({ move: danceAt(110), absent: [{ from: 9, until: 10 }] }, { seconds: 16 }),
    );
    let before = Number.NEGATIVE_INFINITY;
    for (const { at, reading } of live.of('dance.rhythm.beat')) {
      expect(reading.timestamp).toBeLessThanOrEqual(at);
      expect(reading.timestamp - before).toBeGreaterThan(400);
      before = reading.timestamp;
    }
  });

  it('has a phase that runs from one beat to the next', () => {
    const live = new Live(dancerFrames({ move: danceAt(120) }, { seconds: 10 }));
    for (const { reading } of live.of('dance.rhythm.phase').filter(({ at }) => at > 7000)) {
      const expected = (reading.timestamp / 500) % 1;
      const error = Number(reading.value) - expected;
      expect(Math.abs(error - Math.round(error))).toBeLessThan(0.03);
    }
  });

  it('follows a change of tempo by a tenth within five seconds', () => {
    for (const [before, after] of [
      [100, 110],
      [120, 108],
    ] as const) {
      const beats = beatTimes([
        { beatsPerMinute: before, seconds: 12 },
        { beatsPerMinute: after, seconds: 14 },
      ]);
      const changed = 1000 * (beats[Math.round((12 * before) / 60)] ?? 0);
      const live = new Live(dancerFrames({ move: dancing(beats) }, { seconds: 24 }));
      expect(live.within(0.04, after, changed)).toBeLessThan(changed + 5000);
      expect(live.last('dance.rhythm')?.value).toBeCloseTo(after, -0.5);
    }
  });

  it('keeps its octave while the movement stays the same', () => {
    for (const [name, move] of Object.entries({ 'two-step': twoStep(120), dancing: danceAt(90) })) {
      const live = new Live(dancerFrames({ move }, { seconds: 24, noise: 0.004 }));
      const tempos = live.values('dance.rhythm');
      expect(Math.max(...tempos) / Math.min(...tempos), name).toBeLessThan(1.08);
    }
  });

  it('survives two seconds in which the person cannot be seen, with falling confidence, and keeps the phase', () => {
    const hidden = [{ landmarks: BODY_LANDMARK_NAMES, from: 10, until: 12 }];
    const live = new Live(dancerFrames({ move: danceAt(110), hidden }, { seconds: 16 }));
    expect(live.of('dance.rhythm').filter(({ at, reading }) => at > 6000 && reading.status !== 'ok')).toEqual(
      [],
    );
    const confidence = (at: number) => live.last('dance.rhythm', at)?.confidence ?? Number.NaN;
    expect(confidence(11_900)).toBeLessThan(0.8 * confidence(9900));
    expect(confidence(15_500)).toBeGreaterThan(0.75);
    for (const error of errors(beatsOf(live, 10_000), 110)) expect(Math.abs(error)).toBeLessThan(25);
  });

  it('knows the tempo at once when somebody comes back who was out of view for two seconds', () => {
    const live = new Live(
      dancerFrames({ move: danceAt(110), absent: [{ from: 10, until: 12 }] }, { seconds: 15 }),
    );
    const back = live.of('dance.rhythm').filter(({ at }) => at > 12_000);
    expect(back.filter(({ reading }) => reading.status === 'unknown')).toEqual([]);
    expect(Number(back.at(-1)?.reading.value)).toBeCloseTo(110, 0);
  });

  it('gives up within three seconds when somebody stops, and after four when they stay out of sight', () => {
    const stopping = inTurn([danceAt(110), 10], [standing(), 20]);
    const stopped = new Live(dancerFrames({ move: stopping }, { seconds: 15 }));
    expect(stopped.last('dance.rhythm', 13_000)).toMatchObject({
      status: 'unknown',
      reason: 'No rhythm to be seen.',
    });
    const hidden = [{ landmarks: BODY_LANDMARK_NAMES, from: 10, until: 20 }];
    const gone = new Live(dancerFrames({ move: danceAt(110), hidden }, { seconds: 15 }));
    expect(gone.last('dance.rhythm', 11_000)?.status).toBe('ok');
    expect(gone.last('dance.rhythm', 14_500)?.status).toBe('unknown');
  });

  it('sees no rhythm in standing, camera noise, a single gesture or gestures at random', () => {
    const motions: readonly [string, Move, number][] = [
      ['standing', standing(), 0],
      ['standing before a bad camera', standing(), 0.005],
      ['crouching once', crouching(4, 7), 0.002],
      ...[1, 2, 3].map((seed): [string, Move, number] => [`gestures ${seed}`, gesturing(seed), 0.002]),
    ];
    for (const [name, move, noise] of motions) {
      const live = new Live(dancerFrames({ move }, { seconds: 16, noise }));
      expect(live.values('dance.rhythm'), name).toEqual([]);
      expect(live.last('dance.rhythm')?.reason, name).toMatch(/rhythm/);
    }
  });

  it('gives the same tempo and beats from 24, 30 and 60 Hz, uneven and lost frames, mirrored and far away', () => {
    const move = danceAt(105);
    const variants = {
      '24 Hz': dancerFrames({ move }, { seconds: 10, rate: 24 }),
      '30 Hz': dancerFrames({ move }, { seconds: 10 }),
      '60 Hz': dancerFrames({ move }, { seconds: 10, rate: 60 }),
      uneven: dancerFrames({ move }, { seconds: 10, times: unevenTimes(10) }),
      'a tenth lost': dancerFrames({ move }, { seconds: 10, droppedShare: 0.1, noise: 0.003 }),
      mirrored: dancerFrames({ move }, { seconds: 10, camera: { mirrored: true } }),
      'far away': dancerFrames({ move }, { seconds: 10, camera: { distance: 7 } }),
    };
    for (const [name, frames] of Object.entries(variants)) {
      const live = new Live(frames);
      expect(live.within(0.04, 105), name).toBeLessThan(6000);
      expect(Math.abs(Number(live.last('dance.rhythm')?.value) - 105), name).toBeLessThan(1.5);
      for (const error of errors(beatsOf(live, 7000), 105)) expect(Math.abs(error), name).toBeLessThan(20);
    }
  });

  it('finds steady movement consistent and uneven movement less so', () => {
    const chance = randomNumbers(5);
    // Beats of 100 BPM that come early or late by a standard deviation of 60 ms.
    const uneven = Array.from({ length: 60 }, (_, beat) => 0.6 * beat + 0.06 * chance.normal());
    const steady = new Live(dancerFrames({ move: danceAt(100) }, { seconds: 16 }));
    const loose = new Live(dancerFrames({ move: dancing(uneven) }, { seconds: 16 }));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const even = mean(steady.values('dance.rhythm.consistency', 8000));
    const less = mean(loose.values('dance.rhythm.consistency', 8000));
    expect(even).toBeGreaterThan(95);
    // exp(−(2π · 60 / 600)² / 2) = 0.82 is what normal errors of that size leave of the mean resultant length.
    expect(less).toBeGreaterThan(55);
    expect(less).toBeLessThan(92);
  });

  it('sums up the take', () => {
    const { rhythm } = new Live(dancerFrames({ move: danceAt(100) }, { seconds: 20 }));
    expect(Math.abs(Number(rhythm.bpm) - 100)).toBeLessThan(2);
    expect(rhythm.consistency).toBeGreaterThan(95);
    expect(rhythm.steadiness).toBeGreaterThan(95);
    expect(rhythm.seen).toBeGreaterThan(19_000);
    expect(rhythm.isComplete).toBe(true);
    expect(rhythm.curve.length).toBeGreaterThan(5);
    expect(JSON.parse(JSON.stringify(rhythm))).toEqual(rhythm);
  });

  it('sums up nothing for an empty take, and begins a new one each time', () => {
    const part = new RhythmPart();
    expect(part.finish()).toMatchObject({ bpm: null, consistency: null, steadiness: null, seen: 0 });
    const take = (bpm: number) => {
      const motions = new BodyMotions();
      for (const frame of dancerFrames({ move: danceAt(bpm) }, { seconds: 14 })) {
        for (const motion of motions.step(frame)) part.step({ frame, motion, beats: [] });
      }
      return part.finish();
    };
    expect(Math.abs(Number(take(90).bpm) - 90)).toBeLessThan(2);
    expect(Math.abs(Number(take(120).bpm) - 120)).toBeLessThan(2);
  });

  it('begins anew live when the epoch changes, and goes on with the take', () => {
    const live = new Live([
      ...dancerFrames({ move: danceAt(90) }, { seconds: 12, epoch: 1 }),
      ...dancerFrames({ move: danceAt(90) }, { seconds: 12, epoch: 2 }),
    ]);
    const reasons = live.of('dance.rhythm').map(({ reading }) => reading.reason);
    const lastKnown = reasons.indexOf(undefined);
    expect(reasons.indexOf('Watching for a rhythm…', lastKnown)).toBeGreaterThan(lastKnown);
    expect(live.rhythm.seen).toBeGreaterThan(22_500);
    expect(Math.abs(Number(live.rhythm.bpm) - 90)).toBeLessThan(2);
  });

  it('says nothing that the host would refuse', () => {
    const metrics = new Map(RHYTHM_METRICS.map((metric): [string, MetricDeclaration] => [metric.id, metric]));
    const live = new Live(
      dancerFrames(
        {
          move: inTurn([danceAt(110), 8], [standing(), 3], [danceAt(80), 9]),
          absent: [{ from: 5, until: 6 }],
        },
        { seconds: 18 },
      ),
    );
    for (const { reading } of live.said.filter(({ reading: { metric } }) => metrics.has(metric))) {
      expect(readingFault(reading, metrics)).toBeUndefined();
    }
    expect(live.said.length).toBeGreaterThan(500);
  });
});
