import { checkJson } from './check-json.ts';
import { Findings } from './findings.ts';
import type { ManifestFault, SettingDeclaration } from './manifest.ts';
import { plainJson } from './plain-json.ts';

/**
 * Holds a value against a setting's schema.
 * @returns what was expected, in plain words (`a number from 0 to 1`), led by the place where it lies within; or
 * `undefined` when the value is fine. Never throws, whatever the value is.
 */
export function settingFault(
  setting: Pick<SettingDeclaration, 'schema'>,
  value: unknown,
): string | undefined {
  const fault = firstSettingFault(setting, value);
  if (!fault) return undefined;
  return fault.path === '' ? fault.expected : `at ${fault.path}: ${fault.expected}`;
}

/** The same with the place on its own: a JSON pointer into the value. */
export function firstSettingFault(
  { schema }: Pick<SettingDeclaration, 'schema'>,
  value: unknown,
): ManifestFault | undefined {
  const copy = plainJson(value);
  if (!copy.ok) return copy;
  const findings = new Findings();
  checkJson(copy.value, schema, '', findings);
  // A property that the schema forbids is a warning to whoever writes a manifest; to a value it is a fault.
  return findings.faults[0] ?? findings.warnings[0];
}
