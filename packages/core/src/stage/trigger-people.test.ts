import { describe, expect, it } from 'vitest';
import { firedAt, readAt, triggerOn } from './readings.test-support.ts';
import type { TriggerCondition } from './trigger.ts';
import { TriggerConditionRun } from './trigger-condition-run.ts';
import { TriggerRun } from './trigger-run.ts';

describe('a trigger, with several people', () => {
  it('needs all its conditions of the same person', () => {
    const when: readonly TriggerCondition[] = [
      { metric: 'dance.intensity', when: { above: 80 } },
      { metric: 'dance.movement', when: { equals: 'dancing' } },
    ];
    const fires = (intense: number, dancing: number) =>
      firedAt(new TriggerRun([triggerOn(when)]), { to: 1 }, (second) =>
        [4, 7].flatMap((poseId) => [
          readAt(second, 'dance.intensity', poseId === intense ? 90 : 20, { poseId }),
          readAt(second, 'dance.movement', poseId === dancing ? 'dancing' : 'standing', { poseId }),
        ]),
      );
    expect(fires(4, 7)).toEqual([]);
    expect(fires(7, 7)).toEqual([0]);
    expect(fires(4, 4)).toEqual([0]);
  });

  it('takes what is read of everybody for each of them', () => {
    const when: readonly TriggerCondition[] = [
      { metric: 'dance.intensity', when: { above: 80 } },
      { metric: 'stage.combo', when: { above: 9 } },
    ];
    const { poseId: _, ...combo } = readAt(0.5, 'stage.combo', 10);
    const readings = (second: number) => [
      readAt(second, 'dance.intensity', 90, { poseId: 3 }),
      ...(second === 0.5 ? [combo] : []),
    ];
    expect(firedAt(new TriggerRun([triggerOn(when)]), { to: 2 }, readings)).toEqual([0.5]);
    expect(firedAt(new TriggerRun([triggerOn(when.slice(1))]), { to: 2 }, readings)).toEqual([0.5]);
  });

  it('holds on while one of two people keeps it up', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }])]);
    const readings = (second: number) => [
      readAt(second, 'dance.intensity', second < 2 ? 90 : 10, { poseId: 0 }),
      readAt(second, 'dance.intensity', second > 1 && second < 4 ? 90 : 10, { poseId: 1 }),
    ];
    expect(firedAt(run, { to: 6 }, readings)).toEqual([0]);
  });

  it('holds for somebody when it holds for everybody, whatever is read of them alone', () => {
    const when: readonly TriggerCondition[] = [
      { metric: 'dance.intensity', when: { above: 80 } },
      { metric: 'dance.movement', when: { equals: 'dancing' } },
    ];
    const run = new TriggerRun([triggerOn(when)]);
    const { poseId: _, ...everybody } = readAt(0, 'dance.intensity', 90);
    run.note([readAt(0, 'dance.movement', 'dancing'), readAt(0, 'dance.intensity', 10), everybody], 0);
    expect(run.step(0)).toHaveLength(1);
  });

  it('holds on while people take turns, until nobody has been read of for ten seconds', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }])]);
    const turns = (second: number) => [readAt(second, 'dance.intensity', 90, { poseId: Math.floor(second) })];
    expect(firedAt(run, { rate: 10, to: 30 }, turns)).toEqual([0]);
    expect(firedAt(run, { rate: 10, from: 30, to: 39 }, () => [])).toEqual([]);
    expect(firedAt(run, { rate: 10, from: 39, to: 40 }, turns)).toEqual([]);
    expect(firedAt(run, { rate: 10, from: 40, to: 51 }, () => [])).toEqual([]);
    expect(firedAt(run, { rate: 10, from: 51, to: 52 }, turns)).toEqual([51]);
  });

  it('forgets people who have left, however many come by in a day', () => {
    const condition = new TriggerConditionRun(
      { metric: 'dance.intensity', when: { above: 80 } },
      () => false,
    );
    for (let second = 0; second < 86_400; second += 10) {
      condition.note(readAt(second, 'dance.intensity', 90, { poseId: second }), second * 1000);
      condition.forget(second * 1000);
      expect([...condition.people].length).toBeLessThan(4);
    }
  });
});
