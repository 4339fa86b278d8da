import type { JsonValue } from '../../../base/index.ts';

// Taken before any extension runs, which may replace what it finds.
const { stringify } = JSON;
const { isArray } = Array;
const { keys, is } = Object;
const { isFinite: isFiniteNumber } = Number;

/**
 * JSON of plain values, as `JSON.stringify` writes it, except that -0 stays -0 (both hosts must give the same
 * numbers), and that nothing which an extension may have put on prototypes (`toJSON`, setters) is asked.
 * Properties that are undefined are left out.
 * @throws TypeError for what JSON cannot say
 */
export function exactJson(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && isFiniteNumber(value)) return is(value, -0) ? '-0' : `${value}`;
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be sent`);
  return isArray(value) ? listJson(value) : objectJson(value as { readonly [key: string]: JsonValue });
}

function listJson(list: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ',';
    text += exactJson(list[index]);
  }
  return `${text}]`;
}

function objectJson(object: { readonly [key: string]: JsonValue | undefined }): string {
  const names = keys(object);
  let text = '{';
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value = object[name];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${stringify(name)}:${exactJson(value)}`;
  }
  return `${text}}`;
}
