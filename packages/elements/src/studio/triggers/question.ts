import type { MetricDeclaration, MetricId } from '@pose-coach/core';
import type { TriggerCondition } from '@pose-coach/core/stage';

/** What is asked of a metric's value. */
export type Test =
  | { readonly is: 'above'; readonly value: number; readonly until?: number }
  | { readonly is: 'below'; readonly value: number; readonly until?: number }
  | { readonly is: 'between'; readonly from: number; readonly to: number }
  | { readonly is: 'equals'; readonly value: string | boolean }
  | { readonly is: 'happens' };

/** One thing that must hold, as people put it: “between” is one, where the stage has two conditions. */
export interface Question {
  readonly metric: MetricId;
  readonly test: Test;
  /** Seconds for which it must hold; 0 for what happens. */
  readonly seconds: number;
}

/** A trigger's conditions as people put them. */
export function questionsOf(conditions: readonly TriggerCondition[]): readonly Question[] {
  const questions: Question[] = [];
  for (let index = 0; index < conditions.length; index += 1) {
    const [one, next] = [conditions[index], conditions[index + 1]];
    if (!one) continue;
    const between = next && betweenOf(one, next);
    if (between) index += 1;
    questions.push(between ?? questionOf(one));
  }
  return questions;
}

/** What the stage keeps of them. */
export function conditionsOf(questions: readonly Question[]): readonly TriggerCondition[] {
  return questions.flatMap((question) => conditionsFor(question));
}

function conditionsFor({ metric, test, seconds }: Question): readonly TriggerCondition[] {
  const held = seconds > 0 ? { for: seconds } : {};
  switch (test.is) {
    case 'above':
      return [{ metric, when: { above: test.value, ...untilOf(test) }, ...held }];
    case 'below':
      return [{ metric, when: { below: test.value, ...untilOf(test) }, ...held }];
    case 'between':
      return [
        { metric, when: { above: test.from }, ...held },
        { metric, when: { below: test.to }, ...held },
      ];
    case 'equals':
      return [{ metric, when: { equals: test.value }, ...held }];
    case 'happens':
      return [{ metric, when: { happens: true } }];
  }
}

/** Which tests say something of a metric; of one that nobody declares, all of them. */
export function testsFor(metric: MetricDeclaration | undefined): readonly Test['is'][] {
  switch (metric?.kind) {
    case undefined:
      return ['above', 'below', 'between', 'equals', 'happens'];
    case 'event':
      return ['happens', 'above', 'below', 'between'];
    case 'label':
      return ['equals'];
    case 'gauge':
    case 'bar':
    case 'series':
      return ['above', 'below', 'between'];
  }
}

/** Whether a condition can ask for it: it is one value, not several at once. */
export function canBeAsked({ kind, labels }: MetricDeclaration): boolean {
  return !(kind === 'bar' && labels !== undefined);
}

/** What a label can be, with what it is called; empty where that is not declared. */
export function labelValues(metric: MetricDeclaration | undefined): ReadonlyMap<string, string> {
  return new Map(metric?.kind === 'label' ? Object.entries(metric.labels ?? {}) : []);
}

/** A label's value from its word in a list: metrics that say yes or no have no words for it. */
export function labelValue(word: string, metric: MetricDeclaration | undefined): string | boolean {
  const words = [...labelValues(metric).keys()];
  const yesOrNo = words.length > 0 && words.every((each) => each === 'true' || each === 'false');
  return yesOrNo ? word === 'true' : word;
}

/** The question with another test, which begins with the number that was there or one that the metric can have. */
export function withTest(
  question: Question,
  is: Test['is'],
  metric: MetricDeclaration | undefined,
): Question {
  const { test } = question;
  if (is === test.is) return question;
  return asked(question, newTest(is, metric, 'value' in test ? test.value : undefined));
}

/** The question about another metric, with numbers of that one: those of the other mean nothing there. */
export function withMetric(question: Question, metric: MetricDeclaration): Question {
  const tests = testsFor(metric);
  const is = tests.includes(question.test.is) ? question.test.is : (tests[0] ?? question.test.is);
  return asked({ ...question, metric: metric.id }, newTest(is, metric));
}

function asked(question: Question, test: Test): Question {
  return { ...question, test, seconds: test.is === 'happens' ? 0 : question.seconds };
}

function newTest(is: Test['is'], metric: MetricDeclaration | undefined, before?: unknown): Test {
  const [least, most] = metric?.range ?? [0, 100];
  const number = typeof before === 'number' ? before : (least + most) / 2;
  switch (is) {
    case 'above':
    case 'below':
      return { is, value: number };
    case 'between':
      return { is, from: number, to: number < most ? most : number + 1 };
    case 'equals': {
      const [first = ''] = labelValues(metric).keys();
      return { is, value: labelValue(first, metric) };
    }
    case 'happens':
      return { is };
  }
}

function questionOf({ metric, when, for: seconds = 0 }: TriggerCondition): Question {
  if ('happens' in when) return { metric, test: { is: 'happens' }, seconds };
  if ('equals' in when) return { metric, test: { is: 'equals', value: when.equals }, seconds };
  const test: Test =
    'above' in when
      ? { is: 'above', value: when.above, ...untilOf(when) }
      : { is: 'below', value: when.below, ...untilOf(when) };
  return { metric, test, seconds };
}

function betweenOf(one: TriggerCondition, other: TriggerCondition): Question | undefined {
  const [low, high] = [one.when, other.when];
  if (one.metric !== other.metric || (one.for ?? 0) !== (other.for ?? 0)) return undefined;
  if (!('above' in low && 'below' in high)) return undefined;
  if (low.until !== undefined || high.until !== undefined || low.above >= high.below) return undefined;
  const test: Test = { is: 'between', from: low.above, to: high.below };
  return { metric: one.metric, test, seconds: one.for ?? 0 };
}

function untilOf({ until }: { readonly until?: number }): { readonly until?: number } {
  return until === undefined ? {} : { until };
}
