import { describe, expect, it } from 'vitest';
import type { Reading } from '../analysis/index.ts';
import { readAt } from './readings.test-support.ts';
import { ScoreRun } from './score-run.ts';
import type { ScoringRule } from './scoring.ts';

const RULE: ScoringRule = { metric: 'dance.onBeat.each', full: 30, none: 70, patience: 4 };

const beat = (second: number, offset: number | undefined, rest: Partial<Reading> = {}) =>
  readAt(second, 'dance.onBeat.each', offset, rest);

/** Score and combo after each of some beats, half a second apart. */
function after(offsets: readonly (number | undefined)[]): string[] {
  const run = new ScoreRun(RULE);
  return offsets.map((offset, index) => {
    const { score, combo } = run.step([beat(index / 2, offset)], index * 500);
    return `${score} ${combo}`;
  });
}

describe('the score', () => {
  it('counts 100 up to “full”, nothing from “none” on, and linearly between, whichever side', () => {
    expect(after([0, 30, -30, 50, -50, 40, 60])).toEqual([
      '100 1',
      '200 2',
      '300 3',
      '350 4',
      '400 5',
      '475 6',
      '500 7',
    ]);
    expect(after([70])).toEqual(['0 0']);
    expect(after([-250])).toEqual(['0 0']);
  });

  it('has a combo that ends with an event that counts nothing, and begins again', () => {
    expect(after([10, 10, 90, 10])).toEqual(['100 1', '200 2', '200 0', '300 1']);
  });

  it('has a combo that ends after the patience of the rule, and not before', () => {
    const run = new ScoreRun(RULE);
    run.step([beat(1, 0)], 1000);
    expect(run.step([], 5000)).toEqual({ score: 100, combo: 1 });
    expect(run.step([], 5100)).toEqual({ score: 100, combo: 0 });
    expect(run.step([beat(6, 0)], 6000)).toEqual({ score: 200, combo: 1 });
    // Also when nobody asked in between.
    expect(run.step([beat(11, 0)], 11_000)).toEqual({ score: 300, combo: 1 });
  });

  it('neither counts nor breaks off for events that are unsure or unknown', () => {
    const run = new ScoreRun(RULE);
    run.step([beat(1, 0)], 1000);
    run.step([beat(1.5, 90, { confidence: 0.49 }), beat(1.6, undefined)], 1600);
    expect(run.step([beat(2, 0, { confidence: 0.49 })], 2000)).toEqual({ score: 100, combo: 1 });
    expect(run.step([beat(2.5, 0, { confidence: 0.5 })], 2500)).toEqual({ score: 200, combo: 2 });
  });

  it('counts what is told again once, and two people at the same moment twice', () => {
    const run = new ScoreRun(RULE);
    const one = beat(1, 0);
    const other = beat(1, 50, { poseId: 1 });
    run.step([one, one], 1000);
    expect(run.step([one, other], 1100)).toEqual({ score: 150, combo: 2 });
    expect(run.step([other, one], 1200)).toEqual({ score: 150, combo: 2 });
    // Told again long after it was forgotten who had which.
    expect(run.step([], 60_000).score).toBe(150);
    expect(run.step([one, other], 60_100).score).toBe(150);
  });

  it('takes the events of one message in the order of their time', () => {
    const run = new ScoreRun(RULE);
    expect(run.step([beat(2, 0), beat(1, 90)], 2000)).toEqual({ score: 100, combo: 1 });
    expect(run.step([beat(4, 0), beat(3, 0)], 4000)).toEqual({ score: 300, combo: 3 });
  });

  it('counts the rule’s metric alone, numbers alone, and nothing from after its time', () => {
    const run = new ScoreRun(RULE);
    const nothing = [
      readAt(1, 'dance.jump', 0),
      beat(1, 0, { value: 'early' }),
      beat(1.1, 0, { value: Number.NaN }),
      beat(3, 0),
      beat(Number.NaN, 0),
    ];
    expect(run.step(nothing, 2000)).toEqual({ score: 0, combo: 0 });
  });

  it('says that it is unknown, and why, until something has counted', () => {
    const run = new ScoreRun(RULE);
    run.step([readAt(1, 'dance.intensity', 50)], 1000);
    expect(run.readings(1000)).toEqual([
      expect.objectContaining({ metric: 'stage.score', timestamp: 1000, status: 'unknown', confidence: 0 }),
      expect.objectContaining({ metric: 'stage.combo', timestamp: 1000, status: 'unknown', confidence: 0 }),
    ]);
    expect(run.readings(1000)[0]?.reason).toMatch(/no music beat yet/i);
    run.step([beat(2, 0)], 2000);
    expect(run.readings(2000)).toEqual([
      { metric: 'stage.score', timestamp: 2000, status: 'ok', value: 100, confidence: 1 },
      { metric: 'stage.combo', timestamp: 2000, status: 'ok', value: 1, confidence: 1 },
    ]);
  });

  it('begins again at 0 when it is restarted, and shows it', () => {
    const run = new ScoreRun(RULE);
    run.step([beat(1, 0)], 1000);
    run.restart();
    expect(run.readings(1100).map(({ value }) => value)).toEqual([0, 0]);
    // The beat of before does not count once more.
    expect(run.step([beat(1, 0)], 1200)).toEqual({ score: 0, combo: 0 });
  });

  it('keeps its points over a break, and goes on counting though time went back', () => {
    const run = new ScoreRun(RULE);
    run.step([beat(9, 0)], 9000);
    expect(run.step([beat(0.5, 0)], 500)).toEqual({ score: 200, combo: 1 });
    run.reset();
    expect(run.step([beat(100, 0)], 100_000)).toEqual({ score: 300, combo: 1 });
  });

  it('keeps no score without a rule, and says so', () => {
    const run = new ScoreRun();
    expect(run.step([beat(1, 0)], 1000)).toEqual({ score: 0, combo: 0 });
    expect(run.readings(1000)[0]?.reason).toMatch(/no score/);
    run.setRule(RULE);
    expect(run.step([beat(2, 0)], 2000)).toEqual({ score: 100, combo: 1 });
  });
});
