import type { JsonValue } from '../../../base/index.ts';
import type { OverlayLook } from '../../api/overlay-api.ts';
import { isList } from '../check-json.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { SettingDeclaration } from '../manifest.ts';
import { expectation } from '../plain-words.ts';
import { SETTING_NAME_SCHEMA } from './part-settings.ts';

const FINISHES: readonly OverlayLook['finish'][] = ['flat', 'glow', 'sketch', 'soft'];

/** CSS font weights. */
const WEIGHTS = { lightest: 100, heaviest: 900 } as const;

/** Stage pixels: rounder is no corner any more. */
const LARGEST_RADIUS = 200;

/** Colours that a canvas understands whatever the browser's age: https://www.w3.org/TR/css-color-4/. */
const COLOR: JsonSchema = {
  type: 'string',
  maxLength: 60,
  pattern:
    '^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(rgb|hsl)a?\\([0-9a-z.,%/ -]+\\)|transparent)$',
  expected: 'a color such as #33cc99, rgb(0 0 0 / 40%) or transparent',
};

/** One part of a look: how it is written, and which settings may give it. */
interface LookPart {
  readonly description: string;
  readonly literal: JsonSchema;
  /** What a setting must be that gives it, in plain words. */
  readonly expected: string;
  fits(schema: SettingDeclaration['schema']): boolean;
}

function color(description: string): LookPart {
  return {
    description,
    literal: COLOR,
    expected: 'a setting of the type string with the format color',
    fits: ({ type, format }) => type === 'string' && format === 'color',
  };
}

const PARTS: { readonly [Name in keyof OverlayLook]: LookPart } = {
  accent: color('The colour of what matters most.'),
  accent2: color('For what must differ from the accent: the other side of the body, a second line.'),
  text: color('The colour of numbers and titles.'),
  muted: color('The colour of what stands back.'),
  surface: color('Behind text; may be transparent.'),
  edge: color('The colour of borders.'),
  good: color('The colour of praise.'),
  warning: color('The colour of warnings.'),
  font: {
    description: 'CSS font families.',
    literal: { type: 'string', minLength: 1, maxLength: 200 },
    expected: 'a setting of the type string, without a format',
    fits: ({ type, format }) => type === 'string' && format === undefined,
  },
  weight: {
    description: 'CSS font weight of numbers and titles.',
    literal: { type: 'integer', minimum: WEIGHTS.lightest, maximum: WEIGHTS.heaviest },
    expected: `a setting of the type integer with a minimum and a maximum from ${WEIGHTS.lightest} to ${WEIGHTS.heaviest}`,
    fits: ({ type, minimum, maximum }) =>
      type === 'integer' && Number(minimum) >= WEIGHTS.lightest && Number(maximum) <= WEIGHTS.heaviest,
  },
  radius: {
    description: 'Radius of corners in stage pixels.',
    literal: { type: 'number', minimum: 0, maximum: LARGEST_RADIUS },
    expected: `a setting of the type number or integer with a minimum and a maximum from 0 to ${LARGEST_RADIUS}`,
    fits: ({ type, minimum, maximum }) =>
      (type === 'number' || type === 'integer') && Number(minimum) >= 0 && Number(maximum) <= LARGEST_RADIUS,
  },
  finish: {
    description: 'How lines and letters are made.',
    literal: { enum: FINISHES },
    expected: `a setting with an enum of some of ${FINISHES.join(', ')}`,
    fits: ({ enum: choices }) =>
      isList(choices as JsonValue) && (choices as readonly string[]).every(isFinish),
  },
};

/** `look` of a theme: every part of it, each as it is or from a setting. */
export const LOOK_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Look',
  description:
    'Colours, letters and corners of everything on the stage: each as it is, or { "setting": name } for the theme\'s setting that holds it.',
  required: Object.keys(PARTS),
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, partSchema(part)])),
};

/** What a setting that is to give part of a look ought to be; undefined when it is that. */
export function lookFault(name: keyof OverlayLook, { schema }: SettingDeclaration): string | undefined {
  const part = PARTS[name];
  return part.fits(schema) ? undefined : part.expected;
}

function partSchema({ description, literal }: LookPart): JsonSchema {
  return {
    description,
    anyOf: [
      literal,
      {
        type: 'object',
        required: ['setting'],
        additionalProperties: false,
        properties: { setting: SETTING_NAME_SCHEMA },
      },
    ],
    expected: `${expectation(literal)}, or { "setting": name } of one of the theme's settings`,
  };
}

function isFinish(value: string): boolean {
  return FINISHES.some((finish) => finish === value);
}
