import { DESCRIPTION_SCHEMA, TITLE_SCHEMA } from './identifiers.ts';
import type { JsonSchema } from './json-schema.ts';

/** The name in `$defs` of what describes a part of a setting's value. */
const PART = 'settingPart';

/** What a setting's schema may say of its value, and of each part of it. */
const KEYWORDS: Readonly<Record<string, JsonSchema>> = {
  type: {
    enum: ['number', 'integer', 'string', 'boolean', 'array', 'object'],
    title: 'Type',
    description: 'What the value is. One word, not a list.',
  },
  title: TITLE_SCHEMA,
  description: DESCRIPTION_SCHEMA,
  enum: {
    type: 'array',
    minItems: 1,
    maxItems: 200,
    uniqueItems: true,
    items: {
      anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
      expected: 'text, a number, or true or false',
    },
    title: 'Choices',
    description: 'All values that are allowed.',
  },
  enumDescriptions: {
    type: 'array',
    maxItems: 200,
    items: { type: 'string', maxLength: 500 },
    title: 'Descriptions of the choices',
    description: 'What each of the choices means, in the same order.',
  },
  minimum: { type: 'number', description: 'Lowest number that is allowed.' },
  maximum: { type: 'number', description: 'Highest number that is allowed.' },
  multipleOf: { type: 'number', exclusiveMinimum: 0, description: 'The step of a number, from 0.' },
  minLength: { type: 'integer', minimum: 0, description: 'Shortest text that is allowed, in characters.' },
  maxLength: { type: 'integer', minimum: 0, description: 'Longest text that is allowed, in characters.' },
  unit: { type: 'string', maxLength: 20, description: 'Written behind a number: s, °, %.' },
  format: {
    enum: ['color', 'metric'],
    description:
      'color: text such as #33cc99, shown as a colour to pick. metric: the id of a metric, shown as a list of those that are declared.',
  },
  items: { $ref: `#/$defs/${PART}`, description: 'What each item of a list must be.' },
  minItems: { type: 'integer', minimum: 0, description: 'Fewest items that are allowed.' },
  maxItems: { type: 'integer', minimum: 0, description: 'Most items that are allowed.' },
  uniqueItems: { type: 'boolean', description: 'Whether no item may be there twice.' },
  properties: {
    type: 'object',
    maxProperties: 50,
    additionalProperties: { $ref: `#/$defs/${PART}` },
    description: 'What each property of an object must be.',
  },
  required: {
    type: 'array',
    maxItems: 50,
    uniqueItems: true,
    items: { type: 'string', maxLength: 100 },
    description: 'Properties that must be there.',
  },
  additionalProperties: { type: 'boolean', description: 'Whether an object may have other properties.' },
};

const REFUSED: Readonly<Record<string, string>> = {
  pattern: 'no pattern: a regular expression could hang the page; use enum, minLength or maxLength',
  patternProperties: 'no patternProperties: a regular expression could hang the page; use properties',
  $ref: 'no $ref: write the schema out',
  $dynamicRef: 'no $dynamicRef: write the schema out',
  $defs: 'no $defs: write the schema out',
};

/** Words of JSON Schema that would change what is allowed, and so must not be passed over as unknown ones are. */
const UNSUPPORTED = [
  'allOf',
  'anyOf',
  'const',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'if',
  'maxProperties',
  'minProperties',
  'not',
  'oneOf',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const;

function refusals(): Record<string, JsonSchema> {
  const reasons = [
    ...Object.entries(REFUSED),
    ...UNSUPPORTED.map(
      (keyword) => [keyword, `no ${keyword}: settings know ${Object.keys(KEYWORDS).join(', ')}`] as const,
    ),
  ];
  return Object.fromEntries(
    reasons.map(([keyword, expected]) => [
      keyword,
      { not: {}, description: `Expected ${expected}.`, expected },
    ]),
  );
}

/** Of `contributes.configuration.properties.<id>`. */
export const SETTING_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Setting',
  description: 'A setting: what people call it, its default, and the JSON Schema that its values pass.',
  required: ['type', 'title', 'default'],
  additionalProperties: false,
  properties: {
    ...KEYWORDS,
    ...refusals(),
    default: {
      title: 'Default',
      description: 'The value until somebody chooses another.',
      expected: 'the value until somebody chooses another',
    },
  },
};

/** Definitions that `SETTING_SCHEMA` refers to; they stand in the root's `$defs`. */
export const SETTING_DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  [PART]: {
    type: 'object',
    title: 'Part of a setting',
    description: 'The JSON Schema of an item or a property.',
    required: ['type'],
    additionalProperties: false,
    properties: { ...KEYWORDS, ...refusals() },
  },
};
