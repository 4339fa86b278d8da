import type { JsonValue } from '../../../base/index.ts';
import { isObject } from '../check-json.ts';
import { ID_SCHEMA } from '../identifiers.ts';
import type { JsonObject } from '../json-schema.ts';
import { within } from '../plain-words.ts';
import { SETTING_SCHEMA } from '../setting-schema.ts';
import { type ContributionPoint, type DeclaredEntry, MAXIMUM_CONTRIBUTIONS } from './contribution-point.ts';
import { checkSetting, readSetting } from './declared-setting.ts';

/** Settings, written as VS Code has them: a JSON Schema for each id. */
export const configuration: ContributionPoint<'configuration'> = {
  schema: {
    type: 'object',
    title: 'Configuration',
    description: 'Settings of the extension. They are shown, checked and kept without loading its code.',
    additionalProperties: false,
    required: ['properties'],
    properties: {
      title: {
        type: 'string',
        maxLength: 100,
        title: 'Title',
        description: 'What stands above the settings.',
      },
      properties: {
        type: 'object',
        title: 'Settings',
        description: 'The settings by their ids.',
        maxProperties: MAXIMUM_CONTRIBUTIONS,
        propertyNames: ID_SCHEMA,
        additionalProperties: SETTING_SCHEMA,
        expected: `an object of at most ${MAXIMUM_CONTRIBUTIONS} settings by their ids`,
      },
    },
  },
  entries,
  read: readSetting,
  check: (setting, path, { findings }) => checkSetting(setting, path, findings),
};

function entries(contribution: JsonValue): readonly DeclaredEntry[] {
  if (!isObject(contribution) || !Object.hasOwn(contribution, 'properties')) return [];
  const { properties } = contribution;
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([id, value]) => {
    const path = within('/properties', id);
    return { id, path, idPath: path, value: isObject(value) ? value : ({} satisfies JsonObject) };
  });
}
