import type { MetricDeclaration } from '../../../analysis/index.ts';
import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import { type ContributionPoint, listEntries, listSchema } from './contribution-point.ts';

/** What readings speak of: declared, so that anything can be displayed without knowing who reads it. */
export const metrics: ContributionPoint<'metrics'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id', 'title', 'kind'],
      additionalProperties: false,
      properties: {
        id: ID_SCHEMA,
        title: TITLE_SCHEMA,
        description: DESCRIPTION_SCHEMA,
        kind: {
          enum: ['gauge', 'bar', 'label', 'series', 'event'],
          title: 'Kind',
          description:
            'How it is shown: a number within a range (gauge, bar), a word (label), a number over time (series), or something that happens (event).',
        },
        unit: {
          type: 'string',
          minLength: 1,
          maxLength: 20,
          title: 'Unit',
          description: 'As written behind a number.',
          examples: ['°', 'BPM', 'cm'],
        },
        range: {
          type: 'array',
          title: 'Range',
          description: 'Lowest and highest value that is to be expected. A gauge or a bar needs it.',
          examples: [[0, 180]],
          minItems: 2,
          maxItems: 2,
          items: { type: 'number' },
          expected: 'two numbers, the lowest value and the highest, such as [0, 180]',
        },
        labels: {
          type: 'object',
          title: 'Labels',
          description: "What a label's values are called, by value; or a bar's numbers, by index.",
          examples: [{ up: 'Arms up', down: 'Arms down' }],
          maxProperties: 100,
          additionalProperties: { type: 'string', maxLength: 100 },
          expected: 'an object of at most 100 texts',
        },
        decimals: {
          type: 'integer',
          minimum: 0,
          maximum: 6,
          default: 0,
          title: 'Decimals',
          description: 'Digits behind the decimal point.',
        },
      },
    },
    { title: 'Metrics', description: 'What the readings of your analyzers speak of.' },
  ),
  entries: listEntries,
  read: (value) => value as unknown as MetricDeclaration,
  check(metric, path, { findings }) {
    const place = `${path}/range`;
    const expected = 'two numbers, the lowest value and the highest, such as [0, 180]';
    if (metric.range && metric.range[0] >= metric.range[1]) {
      findings.fault(place, expected, `${place}: ${metric.range[0]} is not less than ${metric.range[1]}.`);
    } else if (!metric.range && (metric.kind === 'gauge' || metric.kind === 'bar')) {
      findings.fault(
        place,
        expected,
        `${place} is missing: a ${metric.kind} shows where a number lies within a range.`,
      );
    }
  },
};
