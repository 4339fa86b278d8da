import type { Reading } from '@pose-coach/core/analysis';
import { defaultStage, type Scene, type ScoringRule, type Stage, type Trigger } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { StageRun } from './stage-run.ts';

const JUMP = 'test.jump';
const PACE = 'test.pace';
const BEAT = 'test.beat';

const declared = (id: string) => ({
  id,
  title: id,
  kind: id === PACE ? ('series' as const) : ('event' as const),
});

const SCORING: ScoringRule = { metric: BEAT, full: 30, none: 70, patience: 4 };

function trigger(id: string, metric: string, rest: Partial<Trigger> = {}): Trigger {
  const when = metric === JUMP ? ({ happens: true } as const) : { above: 10 };
  return { id, name: id, enabled: true, when: [{ metric, when }], actions: [], coolDown: 0, ...rest };
}

function scene(id: string, triggers: readonly Trigger[], scoring?: ScoringRule): Scene {
  const rest = scoring ? { scoring } : {};
  const canvas = { width: 1920, height: 1080 };
  return {
    id,
    name: id,
    canvas,
    theme: { id: 'a.b', settings: {} },
    items: [],
    triggers,
    bindings: [],
    ...rest,
  };
}

function stage(current: string, ...scenes: readonly Scene[]): Stage {
  return { ...defaultStage(), current, scenes };
}

function reading(metric: string, second: number, value = 1): Reading {
  return { metric, timestamp: second * 1000, status: 'ok', value, confidence: 1 };
}

/** Tells readings of a second, and answers with the triggers that fire. */
function tell(run: StageRun, second: number, ...readings: readonly Reading[]): string[] {
  const now = second * 1000;
  return run.triggers([...readings, ...run.score(readings, now)], now).map(({ id }) => id);
}

describe('the run of a stage', () => {
  it('fires the triggers of the current scene only', () => {
    const run = new StageRun(declared);
    const scenes = [scene('one', [trigger('a', JUMP)]), scene('two', [trigger('b', JUMP)])];
    run.setStage(stage('one', ...scenes));
    expect(tell(run, 1, reading(JUMP, 1))).toEqual(['a']);
    run.setStage(stage('two', ...scenes));
    // The jump that switched is not one of the new scene: it would switch back at once.
    expect(tell(run, 1.1)).toEqual([]);
    expect(tell(run, 2, reading(JUMP, 2))).toEqual(['b']);
  });

  it('lets a cool-down go on while another scene is shown', () => {
    const run = new StageRun(declared);
    const scenes = [scene('one', [trigger('a', JUMP, { coolDown: 10 })]), scene('two', [])];
    run.setStage(stage('one', ...scenes));
    expect(tell(run, 1, reading(JUMP, 1))).toEqual(['a']);
    run.setStage(stage('two', ...scenes));
    for (let second = 2; second < 5; second += 1) tell(run, second);
    run.setStage(stage('one', ...scenes));
    expect(tell(run, 5, reading(JUMP, 5))).toEqual([]);
    expect(tell(run, 12, reading(JUMP, 12))).toEqual(['a']);
  });

  it('asks anew, when a scene is shown again, for how long something has held', () => {
    const run = new StageRun(declared);
    const long = trigger('a', PACE, { when: [{ metric: PACE, when: { above: 10 }, for: 3 }] });
    const scenes = [scene('one', [long]), scene('two', [])];
    const hold = (from: number, to: number) => {
      const fired: number[] = [];
      for (let second = from; second < to; second += 0.5)
        if (tell(run, second, reading(PACE, second, 20)).length > 0) fired.push(second);
      return fired;
    };
    run.setStage(stage('one', ...scenes));
    expect(hold(0, 2)).toEqual([]);
    run.setStage(stage('two', ...scenes));
    expect(hold(2, 4)).toEqual([]);
    run.setStage(stage('one', ...scenes));
    expect(hold(4, 9)).toEqual([7]);
  });

  it('goes on with a trigger that stays when its scene is edited', () => {
    const run = new StageRun(declared);
    run.setStage(stage('one', scene('one', [trigger('a', PACE)])));
    expect(tell(run, 1, reading(PACE, 1, 20))).toEqual(['a']);
    run.setStage(stage('one', scene('one', [trigger('a', PACE), trigger('b', PACE)])));
    // The first has fired already; the second is new.
    expect(tell(run, 1.1, reading(PACE, 1.1, 20))).toEqual(['b']);
  });

  it('counts points on, whichever scene is shown, and says them when they change', () => {
    const run = new StageRun(declared);
    const scenes = [scene('one', [], SCORING), scene('two', []), scene('three', [], SCORING)];
    run.setStage(stage('one', ...scenes));
    const values = (readings: readonly Reading[]) => readings.map(({ metric, value }) => [metric, value]);
    // 30 ms off is 100 points, 50 ms off half of them: (70 − 50) ÷ (70 − 30).
    expect(values(run.score([reading(BEAT, 1, 30)], 1000))).toEqual([
      ['stage.score', 100],
      ['stage.combo', 1],
    ]);
    expect(run.score([], 1100)).toEqual([]);
    run.setStage(stage('two', ...scenes));
    run.score([reading(BEAT, 2, 0)], 2000);
    run.setStage(stage('three', ...scenes));
    expect(values(run.score([reading(BEAT, 3, -50)], 3000))).toEqual([
      ['stage.score', 150],
      ['stage.combo', 2],
    ]);
    // Whoever shows them forgets what nobody repeats.
    expect(values(run.score([], 3999))).toEqual([]);
    expect(values(run.score([], 4000))).toHaveLength(2);
    run.restartScore();
    expect(values(run.score([], 4010))).toEqual([
      ['stage.score', 0],
      ['stage.combo', 0],
    ]);
  });

  it('lets triggers ask for points', () => {
    const run = new StageRun(declared);
    const hundred = trigger('a', 'stage.score', { when: [{ metric: 'stage.score', when: { above: 150 } }] });
    run.setStage(stage('one', scene('one', [hundred], SCORING)));
    expect(tell(run, 1, reading(BEAT, 1, 0))).toEqual([]);
    expect(tell(run, 2, reading(BEAT, 2, 0))).toEqual(['a']);
  });
});
