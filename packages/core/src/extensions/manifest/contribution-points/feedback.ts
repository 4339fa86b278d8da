import type { DataRule } from '../../../feedback/index.ts';
import { BODY_LANDMARK_NAMES } from '../../../pose/index.ts';
import { ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { FeedbackDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries, listSchema, type ManifestScope } from './contribution-point.ts';

/** Each is looked at with every frame; a person is told twenty things a minute at most. */
const MAXIMUM_RULES = 100;

const CONDITION_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Condition',
  description: 'What the metric’s latest reading must be; a number must pass with its whole uncertainty.',
  examples: [{ above: 160, until: 150 }, { equals: 'up' }],
  additionalProperties: false,
  properties: {
    above: { type: 'number', title: 'Above', description: 'Holds while the value is greater.' },
    below: { type: 'number', title: 'Below', description: 'Holds while the value is less.' },
    equals: {
      title: 'Equals',
      description: 'Holds while the value is this word, or this truth.',
      anyOf: [{ type: 'string', maxLength: 100 }, { type: 'boolean' }],
      expected: 'text of at most 100 characters, or true or false',
    },
    until: {
      type: 'number',
      title: 'Until',
      description:
        'Where a condition that holds ends (hysteresis), so that a trembling value does not repeat itself.',
    },
  },
  oneOf: [{ required: ['above'] }, { required: ['below'] }, { required: ['equals'] }],
  expected: 'one of above, below and equals, such as { "below": 90, "until": 100 }',
};

const CUE_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Cue',
  description: 'What is said, and which joints are highlighted.',
  required: ['severity', 'message'],
  additionalProperties: false,
  properties: {
    severity: {
      enum: ['praise', 'hint', 'warning'],
      title: 'Severity',
      description: 'Warnings come first, praise last.',
    },
    message: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      title: 'Message',
      description: 'One short sentence in plain words.',
    },
    joints: {
      type: 'array',
      title: 'Joints',
      description: 'Body landmarks to highlight.',
      uniqueItems: true,
      maxItems: BODY_LANDMARK_NAMES.length,
      items: { enum: BODY_LANDMARK_NAMES, expected: 'the name of a body landmark, such as leftKnee' },
    },
  },
  expected: 'what to say, such as { "severity": "hint", "message": "Higher!" }',
};

/** Rules that turn readings into cues: as data, or announced here and registered in code. */
export const feedback: ContributionPoint<'feedback'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: {
        id: ID_SCHEMA,
        title: TITLE_SCHEMA,
        metric: {
          ...ID_SCHEMA,
          title: 'Metric',
          description: 'The metric that the rule looks at; it may be another extension’s.',
        },
        when: CONDITION_SCHEMA,
        for: {
          type: 'number',
          minimum: 0,
          maximum: 3600,
          default: 0,
          title: 'For',
          description: 'Seconds for which the condition must have held without a break.',
        },
        confidence: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.5,
          title: 'Confidence',
          description: 'Lowest confidence of a reading that counts.',
        },
        cue: CUE_SCHEMA,
      },
      dependentRequired: {
        metric: ['when', 'cue'],
        when: ['metric', 'cue'],
        cue: ['metric', 'when'],
        for: ['metric', 'when', 'cue'],
        confidence: ['metric', 'when', 'cue'],
      },
      anyOf: [{ required: ['metric'] }, { required: ['title'] }],
      expected: 'metric, when and cue for a rule as data, or a title for a rule in code',
    },
    {
      title: 'Feedback',
      description: 'Rules that turn readings into what is said to the person who moves.',
      maxItems: MAXIMUM_RULES,
    },
  ),
  entries: listEntries,
  read: (value) => value as unknown as FeedbackDeclaration,
  check(rule, path, scope) {
    if (!isDataRule(rule)) return;
    checkMetric(rule, path, scope);
    checkUntil(rule, path, scope);
  },
  needsCode: (rule) => !isDataRule(rule),
  activationEvent: () => 'onFrame',
};

/** A rule as data says all there is to it in the manifest; any other is registered in code. */
export function isDataRule(rule: FeedbackDeclaration): rule is DataRule & { readonly title?: string } {
  return 'metric' in rule;
}

function checkMetric({ metric, when }: DataRule, path: string, scope: ManifestScope): void {
  const { findings, contributes, prefix } = scope;
  if (metric.startsWith(`${prefix}.`) && !scope.declares('metrics', metric)) {
    const place = `${path}/metric`;
    findings.fault(
      place,
      'a metric that is declared in /poseCoach/contributes/metrics',
      `${place}: ${metric} is not declared: add it to /poseCoach/contributes/metrics.`,
    );
  }
  const kind = contributes.metrics.find(({ id }) => id === metric)?.kind;
  const place = `${path}/when`;
  if (kind === 'label' && !('equals' in when)) {
    findings.fault(
      place,
      'equals, because the metric is a label',
      `${place}: ${metric} is a word, which is neither above nor below.`,
    );
  } else if ((kind === 'gauge' || kind === 'bar' || kind === 'series') && 'equals' in when) {
    findings.fault(
      place,
      `above or below, because the metric is a ${kind}`,
      `${place}: ${metric} is a number, and equals is for words.`,
    );
  }
}

function checkUntil({ when }: DataRule, path: string, { findings }: ManifestScope): void {
  if (!('until' in when) || when.until === undefined) return;
  const place = `${path}/when/until`;
  if ('above' in when && when.until > when.above) {
    const expected = `a number of at most ${when.above}`;
    findings.fault(
      place,
      expected,
      `${place}: what begins above ${when.above} cannot end at ${when.until}: expected ${expected}.`,
    );
  } else if ('below' in when && when.until < when.below) {
    const expected = `a number of at least ${when.below}`;
    findings.fault(
      place,
      expected,
      `${place}: what begins below ${when.below} cannot end at ${when.until}: expected ${expected}.`,
    );
  } else if ('equals' in when) {
    findings.fault(
      place,
      'no until beside equals',
      `${place}: a word has no threshold; until goes with above and below.`,
    );
  }
}
