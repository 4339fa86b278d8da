import type { JsonValue } from '../../../base/index.ts';
import type { Findings } from '../findings.ts';
import type { JsonObject } from '../json-schema.ts';
import type { SettingDeclaration } from '../manifest.ts';
import { firstSettingFault } from '../setting-fault.ts';

/** Makes a declaration of a setting that fits `SETTING_SCHEMA`. */
export function readSetting(value: JsonObject, id: string): SettingDeclaration {
  return {
    id,
    title: String(value.title),
    description: typeof value.description === 'string' ? value.description : '',
    default: value.default as JsonValue,
    schema: value,
  };
}

/** Reports what the schema of settings cannot say of one: a default that it would refuse, and descriptions of nothing. */
export function checkSetting(setting: SettingDeclaration, path: string, findings: Findings): void {
  const fault = firstSettingFault(setting, setting.default);
  if (fault) {
    const place = `${path}/default${fault.path}`;
    const message = `${place}: the default does not pass the setting's own schema: expected ${fault.expected}.`;
    findings.fault(place, fault.expected, message);
  }
  checkDescriptions(setting, path, findings);
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
