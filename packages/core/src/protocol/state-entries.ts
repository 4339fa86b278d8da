import type { JsonValue } from '../base/index.ts';
import { MAXIMUM_STATE_DEPTH } from './limits.ts';

/** A channel's state, or a change of it: values by key. In a change, `null` removes the key. */
export type StateEntries = Readonly<Record<string, JsonValue>>;

/** What is wrong with an entry: the path from the entries inwards, and the words. */
export interface EntryFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A letter first, so that `__proto__` is no key. */
const KEY_PATTERN = /^[a-z][\w.:-]{0,63}$/i;

/** Names that plain objects answer to by themselves. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['constructor', 'prototype']);

/** The first thing that keeps `entries` from being a channel's state, or undefined. */
export function findEntryFault(entries: Readonly<Record<string, unknown>>): EntryFault | undefined {
  for (const [key, value] of Object.entries(entries)) {
    if (!KEY_PATTERN.test(key) || RESERVED_KEYS.has(key)) {
      return {
        path: [key],
        message: 'a key is a letter followed by at most 63 letters, digits, and . : - _',
      };
    }
    const fault = findValueFault(value, [key]);
    if (fault) return fault;
  }
  return undefined;
}

function findValueFault(value: unknown, path: readonly (string | number)[]): EntryFault | undefined {
  if (path.length > MAXIMUM_STATE_DEPTH) {
    return { path, message: `values may be nested ${MAXIMUM_STATE_DEPTH} levels deep at most` };
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, message: 'a number must be finite' };
  }
  if (typeof value !== 'object' || !isPlain(value)) {
    return { path, message: 'a value is what JSON can say: null, boolean, number, string, array or object' };
  }
  const items: Iterable<[string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [key, item] of items) {
    const fault = findValueFault(item, [...path, key]);
    if (fault) return fault;
  }
  return undefined;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The state after a change: keys of `change` replace those of `entries`, and a key whose new value is `null` is
 * removed (JSON Merge Patch, RFC 7386, at the top level only). Neither argument is changed.
 */
export function mergeEntries(entries: StateEntries, change: StateEntries): StateEntries {
  return Object.fromEntries(Object.entries({ ...entries, ...change }).filter(([, value]) => value !== null));
}
