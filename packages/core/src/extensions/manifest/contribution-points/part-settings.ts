import { isObject } from '../check-json.ts';
import type { Findings } from '../findings.ts';
import type { JsonObject, JsonSchema } from '../json-schema.ts';
import type { SettingDeclaration } from '../manifest.ts';
import { within } from '../plain-words.ts';
import { SETTING_SCHEMA } from '../setting-schema.ts';
import { checkSetting, readSetting } from './declared-setting.ts';

/** More is no panel that anybody would work with. */
const MAXIMUM_SETTINGS = 50;

/** The name of a setting that one part of the overlay has for itself: no prefix, because nobody else sees it. */
export const SETTING_NAME_SCHEMA: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][A-Za-z0-9]*$',
  maxLength: 40,
  title: 'Name',
  description: "A name of the part's own, without the prefix.",
  examples: ['color'],
  expected: 'a lower-case letter, then letters and digits, such as barColor',
};

/** `settings` of a widget or a theme: each place on the stage that shows it has values of its own. */
export const PART_SETTINGS_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Settings',
  description: 'What can be chosen for each place on the stage that shows it, by name.',
  maxProperties: MAXIMUM_SETTINGS,
  propertyNames: SETTING_NAME_SCHEMA,
  additionalProperties: SETTING_SCHEMA,
  expected: `an object of at most ${MAXIMUM_SETTINGS} settings by their names`,
};

/** The settings of a part that fits its schema, in the manifest's order. */
export function readPartSettings({ settings }: JsonObject): readonly SettingDeclaration[] {
  if (!isObject(settings)) return [];
  return Object.entries(settings).map(([name, value]) => readSetting(value as JsonObject, name));
}

/** @param path JSON pointer of the part */
export function checkPartSettings(
  settings: readonly SettingDeclaration[],
  path: string,
  findings: Findings,
): void {
  for (const setting of settings) checkSetting(setting, within(`${path}/settings`, setting.id), findings);
}
