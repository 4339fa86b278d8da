import { PoseCoachError } from '@pose-coach/core';
import { AnalyzerRun } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  dancerFrames,
  dancing,
  inTurn,
  jumping,
  standing,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { dance } from '../dance.ts';
import { readDanceSummary } from './read-dance-summary.ts';

const beats = beatTimes([{ beatsPerMinute: 120, seconds: 60 }]);
const MOVE = inTurn(
  [dancing(beats), 14],
  [jumping([{ takeOff: 1.5, height: 0.3 }]), 4],
  [standing(), 4],
  [dancing(beats), 20],
);

function summed() {
  const run = new AnalyzerRun(dance().create());
  for (const [index, frame] of dancerFrames({ move: MOVE }, { seconds: 40, noise: 0.002 }).entries()) {
    const music = beats.map((second) => ({ timestamp: second * 1000, strength: 1 }));
    run.step(frame, index === 0 ? music : []);
  }
  return run.finish();
}

const take = summed();
/** As a store gives it back. */
const stored = (): unknown => JSON.parse(JSON.stringify(take?.details));

/** The summary with something else at a path. */
function changed(path: string, value: unknown): unknown {
  const summary = stored();
  const names = path.split('/');
  const last = names.pop() ?? '';
  const holder = names.reduce<object>(
    (object, name) => Reflect.get(object, name) as object,
    summary as object,
  );
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return summary;
}

function refusal(details: unknown): PoseCoachError {
  try {
    readDanceSummary(details);
  } catch (error) {
    if (error instanceof PoseCoachError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('readDanceSummary', () => {
  it('gives back what was stored, as it was', () => {
    expect(readDanceSummary(stored())).toEqual(take?.details);
  });

  it('finds in it what was danced', () => {
    const [person] = readDanceSummary(stored()).people;
    // 34 seconds of dancing, less what it takes to begin and to end; one jump of 30 cm; 4 seconds of standing.
    expect(person?.movement.milliseconds.dancing).toBeGreaterThan(28_000);
    expect(person?.movement.milliseconds.standing).toBeGreaterThan(2000);
    expect(person?.movement.jumps.count).toBe(1);
    expect(person?.movement.jumps.highest).toBeGreaterThan(24);
    expect(person?.movement.jumps.highest).toBeLessThan(36);
    expect(person?.rhythm.bpm).toBeCloseTo(120, 0);
    expect(person?.onBeat.share).toBeGreaterThan(60);
    expect(person?.best?.score).toBeGreaterThanOrEqual(person?.worst?.score ?? Number.NaN);
    expect(person?.best?.criteria.consistency).toBeGreaterThan(80);
  });

  it('has totals that say the same, over the whole take', () => {
    const [person] = readDanceSummary(stored()).people;
    const total = (metric: string) => take?.readings.find((reading) => reading.metric === metric);
    expect(total('dance.intensity')).toMatchObject({
      value: person?.intensity.mean,
      poseId: person?.poseId,
    });
    const { start = Number.NaN, end, timestamp } = total('dance.intensity') ?? {};
    // Frames begin at 0, so that the media's clock and the take's are one.
    expect([Math.round(start), Math.round(end ?? 0), timestamp]).toEqual([person?.start, person?.end, end]);
    expect(total('dance.movement')?.value).toBe('dancing');
    expect(total('dance.rhythm')?.value).toBe(person?.rhythm.bpm);
  });

  it('lets fields be that a later version may have added', () => {
    const more = changed('people/0/mood', 'good');
    expect(readDanceSummary(more)).toEqual(more);
  });

  it.each([
    ['people', 'nobody', 'people: expected a list'],
    ['people/0/poseId', '0', 'people/0/poseId: expected a number'],
    ['people/0/intensity', undefined, 'people/0/intensity: expected an object'],
    ['people/0/intensity/mean', 'much', 'people/0/intensity/mean: expected a number'],
    ['people/0/intensity/curve/1/value', null, 'people/0/intensity/curve/1/value: expected a number'],
    ['people/0/movement/stretches/0/movement', 'flying', 'expected one of standing, walking'],
    ['people/0/rhythm/isComplete', 1, 'people/0/rhythm/isComplete: expected true or false'],
    ['people/0/best/criteria', [], 'people/0/best/criteria: expected an object'],
    ['people/0/onBeat/share', undefined, 'people/0/onBeat/share: expected a number'],
    ['version', undefined, 'version: expected 1'],
  ])('refuses %s as %j and names the field', (path, value, words) => {
    const { code, message } = refusal(changed(path, value));
    expect(code).toBe('MESSAGE_INVALID');
    expect(message).toContain(words);
  });

  it.each([undefined, null, 'summary', 7, [], {}])('refuses %j, which is no summary', (details) => {
    expect(refusal(details).code).toBe('MESSAGE_INVALID');
  });

  it('says that a summary is of another version', () => {
    expect(refusal(changed('version', 2))).toMatchObject({
      code: 'VERSION_UNSUPPORTED',
      message: expect.stringContaining('version 2'),
    });
  });
});
