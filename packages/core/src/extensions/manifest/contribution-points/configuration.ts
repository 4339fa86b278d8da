import type { JsonValue } from '../../../base/index.ts';
import { isObject } from '../check-json.ts';
import type { Findings } from '../findings.ts';
import { ID_SCHEMA } from '../identifiers.ts';
import type { JsonObject } from '../json-schema.ts';
import type { SettingDeclaration } from '../manifest.ts';
import { within } from '../plain-words.ts';
import { firstSettingFault } from '../setting-fault.ts';
import { SETTING_SCHEMA } from '../setting-schema.ts';
import { type ContributionPoint, type DeclaredEntry, MAXIMUM_CONTRIBUTIONS } from './contribution-point.ts';

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
  read: (value, id) => ({
    id,
    title: String(value.title),
    description: typeof value.description === 'string' ? value.description : '',
    default: value.default as JsonValue,
    schema: value,
  }),
  check(setting, path, { findings }) {
    const fault = firstSettingFault(setting, setting.default);
    if (fault) {
      const place = `${path}/default${fault.path}`;
      const message = `${place}: the default does not pass the setting's own schema: expected ${fault.expected}.`;
      findings.fault(place, fault.expected, message);
    }
    checkDescriptions(setting, path, findings);
  },
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

function checkDescriptions({ schema }: SettingDeclaration, path: string, findings: Findings): void {
  const choices = Array.isArray(schema.enum) ? schema.enum.length : 0;
  const descriptions = Array.isArray(schema.enumDescriptions) ? schema.enumDescriptions.length : 0;
  if (descriptions === 0 || descriptions === choices) return;
  const place = `${path}/enumDescriptions`;
  findings.fault(
    place,
    `one description for each of the ${choices} choices`,
    `${place}: there are ${choices} choices and ${descriptions} descriptions.`,
  );
}
