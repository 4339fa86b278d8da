import * as v from 'valibot';
import type { JsonValue } from '../base/index.ts';
import type { SettingsById } from './stage.ts';
import { jsonBytes, MAXIMUM_SETTINGS_BYTES, MAXIMUM_SETTINGS_DEPTH } from './stage-limits.ts';

/*
 * What scenes, triggers and bindings are made of. What each message says is what was expected: `faultOf` puts the
 * place before it.
 */

/** Longest name of anything in OBS that is taken; OBS itself has no limit. */
const MAXIMUM_OBS_NAME = 200;

/** Longest address of a webhook; browsers and servers manage this much. */
const MAXIMUM_URL_LENGTH = 2000;

/** Of scenes, items, triggers and bindings. Not `__proto__`, so that they can be the keys of any object. */
export const id = v.pipe(
  v.string(),
  v.regex(/^(?!__proto__$)[\w-]{1,40}$/, '1 to 40 letters, digits, dashes and underscores'),
);

/** Of what an extension contributes, as its manifest has it: prefix, dot, name. */
export const contributionId = v.pipe(
  v.string(),
  v.maxLength(100, 'at most 100 characters'),
  v.regex(
    /^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+$/,
    'a prefix, a dot and a name of letters, digits and dashes, such as dance.intensity',
  ),
);

export const name = text(80);
export const obsName = text(MAXIMUM_OBS_NAME);

/** At least one character, and at most so many. */
export function text(most: number) {
  return v.pipe(
    v.string(),
    v.minLength(1, 'at least one character'),
    v.maxLength(most, `at most ${most} characters`),
  );
}

/** A finite number within these bounds. */
export function numberFrom(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return v.pipe(
    v.number(),
    v.finite('a finite number'),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

/** Any finite number. */
export const finite = v.pipe(v.number(), v.finite('a finite number'));

export const webAddress = v.pipe(
  v.string(),
  v.maxLength(MAXIMUM_URL_LENGTH, `at most ${MAXIMUM_URL_LENGTH} characters`),
  v.check(isWebAddress, 'an address that begins with https:// or http://, without user and password'),
);

function isWebAddress(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
  } catch {
    return false;
  }
}

const json = v.pipe(
  v.unknown(),
  v.transform((value) => value as JsonValue),
);
const SHALLOW = `at most ${MAXIMUM_SETTINGS_DEPTH} levels, and nothing called __proto__`;
const SMALL = `at most ${MAXIMUM_SETTINGS_BYTES} bytes of JSON`;

/** What JSON can say, of bounded size and depth. */
export const jsonValue = v.pipe(json, v.check(isShallow, SHALLOW), v.check(isSmall, SMALL));

export const settings: v.GenericSchema<unknown, SettingsById> = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^[a-z][\w.-]{0,99}$/i, 'names of a letter and at most 99 letters, digits, and . _ -'),
    ),
    json,
  ),
  v.check((value) => isShallow(value), SHALLOW),
  v.check((value) => isSmall(value), SMALL),
);

function isSmall(value: JsonValue): boolean {
  return jsonBytes(value) <= MAXIMUM_SETTINGS_BYTES;
}

function isShallow(value: JsonValue): boolean {
  return hasLevels(value, MAXIMUM_SETTINGS_DEPTH);
}

function hasLevels(value: JsonValue, left: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (left === 0 || Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((part: JsonValue) => hasLevels(part, left - 1));
}

/** A list of at most so many. */
export function listOf<Item>(item: v.GenericSchema<unknown, Item>, most: number) {
  return v.pipe(v.array(item), v.maxLength<Item[], number, string>(most, `at most ${most}`));
}

/** A list of at most so many things with ids, no two alike. */
export function listById<Item extends { readonly id: string }>(
  item: v.GenericSchema<unknown, Item>,
  most: number,
): v.GenericSchema<unknown, Item[]> {
  return v.pipe(
    listOf(item, most),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value;
      const key = repeated(input.map((one) => one.id));
      if (key === undefined) return;
      addIssue({
        message: 'an id that is not used twice',
        path: [{ type: 'array', origin: 'value', input, key, value: input[key] }],
      });
    }),
  );
}

/** At most so many ids, no two alike. */
export function idsOf(most: number) {
  return v.pipe(
    listOf(id, most),
    v.check((ids) => repeated(ids) === undefined, 'each id once'),
  );
}

/** Where the first stands that was there before; undefined when all differ. */
function repeated(ids: readonly string[]): number | undefined {
  const index = ids.findIndex((one, at) => ids.indexOf(one) !== at);
  return index < 0 ? undefined : index;
}
