import { readFileSync } from 'node:fs';
import { oneEuro, type PoseFrame, type Reading, trackAndFilter } from '@pose-coach/core';
import { AnalyzerRun } from '@pose-coach/core/analysis';
import { readRecording } from '@pose-coach/core/session';
import { describe, expect, it } from 'vitest';
import { beatTimes, dancerFrames, dancing } from '../../../tests/motion/synthetic-dancer.ts';
import { dance } from './dance.ts';
import { DANCE_METRICS } from './dance-metrics.ts';
import { hardlyKnown } from './hardly-known.ts';

const move = dancing(beatTimes([{ beatsPerMinute: 110, seconds: 20 }]));

function analyse(frames: readonly PoseFrame[]): readonly Reading[] {
  const run = new AnalyzerRun(dance().create());
  return frames.flatMap((frame) => run.step(frame));
}

/** A real dance: its arms are noisy. */
function sampleFrames(): readonly PoseFrame[] {
  const file = new URL('../../elements/assets/sample-dance.poses', import.meta.url);
  const recording = readRecording(new Uint8Array(readFileSync(file)));
  if (!recording.ok) throw recording.error;
  const smoothing = trackAndFilter(oneEuro());
  return recording.value.frames.map((frame) => smoothing.step(frame));
}

describe('what is not known of somebody who is in view', () => {
  it.each([3, 4, 5])('is put down to the frames, in every metric, at %d frames a second', (rate) => {
    const readings = analyse(dancerFrames({ move }, { seconds: 12, rate }));
    const later = readings.filter(
      ({ metric, timestamp }) => timestamp > 1000 && !metric.startsWith('dance.onBeat'),
    );
    expect(new Set(later.map(({ reason }) => reason))).toEqual(
      new Set(['There are too few frames a second to see movement.']),
    );
    const silent = DANCE_METRICS.filter(
      ({ id, kind }) =>
        kind !== 'event' &&
        !id.startsWith('dance.onBeat') &&
        !later.some(({ metric, status }) => metric === id && status === 'unknown'),
    );
    expect(silent).toEqual([]);
  });

  it('is little from six frames a second on', () => {
    const readings = analyse(dancerFrames({ move }, { seconds: 12, rate: 6 }));
    for (const metric of ['dance.movement', 'dance.intensity', 'dance.activity.torso']) {
      const of = readings.filter((reading) => reading.metric === metric && reading.timestamp > 3000);
      expect(of.length).toBeGreaterThan(20);
      expect(of.every(({ status }) => status === 'ok')).toBe(true);
    }
  });

  it('is not put down to the frames when feet and hands are out of view, or when frames get lost', () => {
    const cut = dancerFrames({ move }, { seconds: 12, droppedShare: 0.3 });
    const hidden = cut.map((frame) => ({
      ...frame,
      poses: frame.poses.map((pose) => ({
        ...pose,
        worldLandmarks: pose.worldLandmarks.map((point, index) =>
          index >= 25 ? { ...point, visibility: 0 } : point,
        ),
      })),
    }));
    const reasons = new Set(analyse(hidden).flatMap(({ reason }) => reason ?? []));
    expect(reasons.has('The feet are not in view.')).toBe(true);
    expect([...reasons].filter((reason) => reason.includes('frames'))).toEqual([]);
  });
});

describe('a reading that is no better than a guess', () => {
  const about = { metric: 'dance.asymmetry.arms', timestamp: 0, status: 'ok' } as const;

  it('is one with a confidence below a tenth, or with ± 50 of 100', () => {
    expect(hardlyKnown({ ...about, value: -100, uncertainty: 100, confidence: 0.53 })).toBeDefined();
    expect(hardlyKnown({ ...about, value: -100, uncertainty: 50, confidence: 0.53 })).toBeDefined();
    expect(hardlyKnown({ ...about, value: -100, uncertainty: 49, confidence: 0.53 })).toBeUndefined();
    expect(hardlyKnown({ ...about, value: 89, uncertainty: 0, confidence: 0.07 })).toBeDefined();
    expect(hardlyKnown({ ...about, value: 89, uncertainty: 0, confidence: 0.1 })).toBeUndefined();
    const late = { ...about, metric: 'dance.onBeat.offset', value: -86, uncertainty: 100, confidence: 0.9 };
    expect(hardlyKnown(late)).toBeUndefined();
  });

  it('is unknown with a reason in a real dance', () => {
    const readings = analyse(sampleFrames());
    const scales = new Set(DANCE_METRICS.filter(({ range }) => range?.[1] === 100).map(({ id }) => id));
    const events = new Set(DANCE_METRICS.filter(({ kind }) => kind === 'event').map(({ id }) => id));
    for (const { metric, status, confidence, uncertainty = 0 } of readings) {
      if (status !== 'ok' || events.has(metric)) continue;
      expect(confidence).toBeGreaterThanOrEqual(0.1);
      if (scales.has(metric)) expect(uncertainty).toBeLessThan(50);
    }
    const unknown = readings.filter(
      ({ metric, status }) => metric === 'dance.asymmetry.arms' && status === 'unknown',
    );
    expect(unknown.some(({ reason }) => reason?.startsWith('Too uncertain to tell'))).toBe(true);
  });
});
