import { type JsonValue, PoseCoachError } from '../../base/index.ts';

/** Lists and objects within one another: more than any setting or argument needs, and no risk for the stack. */
const DEPTH = 64;

/**
 * A copy of a value that is nothing but JSON, so that what passes between extensions is shared by none and both
 * hosts refuse the same. Properties that are undefined are left out, as JSON does.
 * @param what names the value in the error: `The second argument of hello.calibrate`
 * @throws PoseCoachError `OPTION_INVALID` for anything that JSON cannot say: functions, NaN, dates, cycles …
 */
export function jsonCopy(value: unknown, what: string): JsonValue {
  return copy(value, what, '', 0);
}

function copy(value: unknown, what: string, path: string, depth: number): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw refusal(what, path, nameOf(value));
  if (depth === DEPTH) throw refusal(what, path, `deeper than ${DEPTH} levels, or contains itself`);
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => copy(item, what, `${path}[${index}]`, depth + 1));
  }
  if (!isPlain(value)) throw refusal(what, path, 'an object of a class');
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, copy(item, what, `${path}.${key}`, depth + 1)]),
  );
}

/** Written as `{…}`: its prototype is that of objects, of this realm or another, or none. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value;
}

function refusal(what: string, path: string, found: string): PoseCoachError {
  const place = path === '' ? '' : ` (at ${path})`;
  return new PoseCoachError('OPTION_INVALID', `${what} must be JSON, but is ${found}${place}.`);
}
