import { checkJson } from './check-json.ts';
import { Findings } from './findings.ts';
import type { SettingDeclaration } from './manifest.ts';
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
  const copy = plainJson(value);
  if (!copy.ok) return copy.expected;
  const findings = new Findings();
  checkJson(copy.value, setting.schema, '', findings);
  // A property that the schema forbids is a warning to whoever writes a manifest; to a value it is a fault.
  const [first] = [...findings.faults, ...findings.warnings];
  if (!first) return undefined;
  return first.path === '' ? first.expected : `at ${first.path}: ${first.expected}`;
}
