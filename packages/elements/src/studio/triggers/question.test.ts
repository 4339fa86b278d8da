import type { MetricDeclaration } from '@pose-coach/core';
import type { TriggerCondition } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { conditionsOf, labelValue, questionsOf, testsFor, withMetric, withTest } from './question.ts';

const TEMPO: MetricDeclaration = { id: 'dance.rhythm', title: 'Tempo', kind: 'gauge', range: [40, 220] };
const JUMP: MetricDeclaration = { id: 'dance.jump', title: 'Jump', kind: 'event' };
const MOVEMENT: MetricDeclaration = {
  id: 'dance.movement',
  title: 'Movement',
  kind: 'label',
  labels: { standing: 'Standing', crouching: 'Crouching' },
};

describe('questions', () => {
  it('take two bounds of one metric for “between”', () => {
    const conditions: TriggerCondition[] = [
      { metric: 'dance.rhythm', when: { above: 110 }, for: 5 },
      { metric: 'dance.rhythm', when: { below: 130 }, for: 5 },
    ];
    expect(questionsOf(conditions)).toEqual([
      { metric: 'dance.rhythm', test: { is: 'between', from: 110, to: 130 }, seconds: 5 },
    ]);
  });

  it.each<[string, readonly [TriggerCondition, TriggerCondition]]>([
    ['two metrics', [condition({ above: 1 }), { ...condition({ below: 9 }), metric: 'dance.other' }]],
    ['two durations', [condition({ above: 1 }), { ...condition({ below: 9 }), for: 3 }]],
    ['an end of its own', [condition({ above: 5, until: 1 }), condition({ below: 9 })]],
    ['bounds with nothing between', [condition({ above: 9 }), condition({ below: 1 })]],
    ['the other order', [condition({ below: 9 }), condition({ above: 1 })]],
  ])('leave apart what has %s', (_, conditions) => {
    expect(questionsOf(conditions)).toHaveLength(2);
    expect(conditionsOf(questionsOf(conditions))).toEqual(conditions);
  });

  it.each<TriggerCondition>([
    { metric: 'dance.jump', when: { happens: true } },
    { metric: 'dance.movement', when: { equals: 'crouching' }, for: 2 },
    { metric: 'dance.arms', when: { equals: true } },
    { metric: 'dance.intensity', when: { above: 80, until: 70 }, for: 10 },
    { metric: 'dance.intensity', when: { below: -3 } },
  ])('say again what the stage had: %o', (each) => {
    expect(conditionsOf(questionsOf([each]))).toEqual([each]);
  });

  it('ask of a metric what says something of it', () => {
    expect(testsFor(JUMP)).toContain('happens');
    expect(testsFor(TEMPO)).not.toContain('happens');
    expect(testsFor(MOVEMENT)).toEqual(['equals']);
  });

  it('begin with the first word of a label, and in the middle of a range', () => {
    const jump = { metric: 'dance.jump', test: { is: 'happens' }, seconds: 0 } as const;
    expect(withMetric(jump, MOVEMENT).test).toEqual({ is: 'equals', value: 'standing' });
    expect(withMetric(jump, TEMPO).test).toEqual({ is: 'above', value: 130 });
  });

  it('keep a number where the test changes, and lose the time where something happens', () => {
    const fast = { metric: 'dance.rhythm', test: { is: 'above', value: 150 }, seconds: 3 } as const;
    expect(withTest(fast, 'between', TEMPO)).toEqual({
      ...fast,
      test: { is: 'between', from: 150, to: 220 },
    });
    expect(withTest(fast, 'happens', undefined).seconds).toBe(0);
  });

  it('know yes and no from words', () => {
    const arms: MetricDeclaration = { ...MOVEMENT, labels: { true: 'Up', false: 'Down' } };
    expect(labelValue('true', arms)).toBe(true);
    expect(labelValue('false', arms)).toBe(false);
    expect(labelValue('true', MOVEMENT)).toBe('true');
  });
});

function condition(when: TriggerCondition['when']): TriggerCondition {
  return { metric: 'dance.intensity', when };
}
