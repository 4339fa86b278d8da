import type { JsonSchema } from './json-schema.ts';

/** Room for any name that a person would still read. */
const MAXIMUM_ID_LENGTH = 100;

/** What every id of an extension begins with. */
export const PREFIX_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][a-zA-Z0-9-]*$',
  maxLength: 40,
  title: 'Prefix',
  description:
    'What the ids of everything you contribute start with. One extension owns it: choose a distinctive word.',
  examples: ['dance'],
  expected: 'a lower-case letter, then letters, digits or dashes, such as dance',
};

/** An id of a contribution: the prefix, a dot and a name, which may have dots of its own. */
export const ID_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][a-zA-Z0-9-]*(\\.[a-zA-Z][a-zA-Z0-9-]*)+$',
  maxLength: MAXIMUM_ID_LENGTH,
  title: 'Id',
  description: 'Your prefix, a dot and a name.',
  examples: ['dance.tempo'],
  expected: 'the prefix, a dot and a name of letters, digits and dashes, such as dance.tempo',
};

/** The name of an npm package: https://docs.npmjs.com/cli/configuring-npm/package-json#name. */
export const PACKAGE_NAME_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$',
  maxLength: 214,
  expected: 'the name of an npm package, such as @someone/pose-hello',
};

/** What people read first of anything. */
export const TITLE_SCHEMA: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  title: 'Title',
  description: 'What people call it.',
};

export const DESCRIPTION_SCHEMA: JsonSchema = {
  type: 'string',
  maxLength: 2000,
  title: 'Description',
  description: 'A sentence or two that explain it to whoever meets it for the first time.',
};
