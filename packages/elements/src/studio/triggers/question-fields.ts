import type { MetricDeclaration } from '@pose-coach/core';
import { html, nothing, type TemplateResult } from 'lit';
import { choiceField, numberField, textField } from '../shared/fields.ts';
import { metricSelect } from '../shared/metric-select.ts';
import {
  canBeAsked,
  labelValue,
  labelValues,
  type Question,
  type Test,
  testsFor,
  withMetric,
  withTest,
} from './question.ts';

const TEST_WORDS: Readonly<Record<Test['is'], string>> = {
  above: 'is above',
  below: 'is below',
  between: 'is between',
  equals: 'is',
  happens: 'happens',
};

/** Longest time in seconds that the stage takes: a day. */
const LONGEST = 86_400;

/** One condition: what is read, what is asked of it, for how long. */
export interface QuestionFields {
  readonly question: Question;
  /** From 0 on, among those of the trigger. */
  readonly place: number;
  readonly metrics: readonly MetricDeclaration[];
  change(question: Question): void;
  /** Absent when it is the only one. */
  readonly remove?: (() => void) | undefined;
}

export function questionFields(fields: QuestionFields): TemplateResult {
  const { question, place, metrics, change, remove } = fields;
  const metric = metrics.find(({ id }) => id === question.metric);
  const tests = testsFor(metric);
  const { test } = question;
  return html`<div class="part" role="group" aria-label=${`Condition ${place + 1}`}>
    <div class="fields">
      ${metricSelect({
        title: place === 0 ? 'When' : 'and',
        metrics: metrics.filter(canBeAsked),
        chosen: question.metric,
        choose: (id) => {
          const chosen = metrics.find((each) => each.id === id);
          change(chosen ? withMetric(question, chosen) : { ...question, metric: id });
        },
      })}
      ${choiceField({
        title: 'does what',
        value: test.is,
        // One that says nothing of its metric is kept until another is chosen: somebody wrote it.
        choices: new Map([...new Set([...tests, test.is])].map((is) => [is, TEST_WORDS[is]])),
        choose: (is) => change(withTest(question, is as Test['is'], metric)),
      })}
      ${bounds(question, metric, change)}
      ${
        test.is === 'happens'
          ? nothing
          : numberField({
              title: 'held for',
              value: question.seconds,
              unit: 's',
              least: 0,
              most: LONGEST,
              set: (seconds) => change({ ...question, seconds }),
            })
      }
    </div>
    ${
      remove
        ? html`<button type="button" class="small" aria-label=${`Remove condition ${place + 1}`} @click=${remove}>
            Remove
          </button>`
        : nothing
    }
    ${metric?.description ? html`<p class="help">${metric.description}</p>` : nothing}
  </div>`;
}

function bounds(
  question: Question,
  metric: MetricDeclaration | undefined,
  change: (question: Question) => void,
): TemplateResult | typeof nothing {
  const { test } = question;
  const unit = metric?.unit;
  switch (test.is) {
    case 'happens':
      return nothing;
    case 'above':
    case 'below':
      return numberField({
        title: range(metric),
        value: test.value,
        unit,
        // Where it ends, if a file said so, would lie on the wrong side of another bound.
        set: (value) => change({ ...question, test: { is: test.is, value } }),
      });
    case 'between':
      return html`${numberField({
        title: range(metric),
        value: test.from,
        unit,
        set: (from) => change({ ...question, test: { ...test, from } }),
      })}
      ${numberField({
        title: 'up to',
        value: test.to,
        unit,
        set: (to) => change({ ...question, test: { ...test, to } }),
      })}`;
    case 'equals': {
      const values = labelValues(metric);
      const set = (word: string) =>
        change({ ...question, test: { is: 'equals', value: labelValue(word, metric) } });
      return values.size > 0
        ? choiceField({ title: 'value', value: String(test.value), choices: values, choose: set })
        : textField({
            title: 'value',
            name: `value-of-${question.metric.replaceAll('.', '-')}`,
            value: String(test.value),
            longest: 100,
            set,
          });
    }
  }
}

function range(metric: MetricDeclaration | undefined): string {
  return metric?.range ? `value (${metric.range[0]} to ${metric.range[1]})` : 'value';
}
