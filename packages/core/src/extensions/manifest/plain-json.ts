import type { JsonValue } from '../../base/index.ts';
import { within } from './plain-words.ts';

/** A manifest with fifty contributions has some 20 kB. */
const MAXIMUM_CHARACTERS = 256 * 1024;

/** Deep enough for any manifest, and far from the end of any stack. */
const MAXIMUM_DEPTH = 32;

/** Names are repeated in the path of every fault. */
const MAXIMUM_NAME_LENGTH = 256;

/** Why a value cannot be taken for JSON, where, and what was expected. */
export interface NotJson {
  readonly ok: false;
  readonly path: string;
  readonly expected: string;
  readonly message: string;
}

/**
 * Copies a value that a stranger made into plain JSON of bounded size and depth, or says why not. Never throws:
 * getters, proxies, cycles, sparse lists and names such as `__proto__` end in an answer.
 */
export function plainJson(value: unknown): { readonly ok: true; readonly value: JsonValue } | NotJson {
  let left = MAXIMUM_CHARACTERS;

  function spend(characters: number): void {
    left -= characters;
    if (left < 0) {
      throw new Refusal(
        '',
        'at most 256 kB of JSON',
        'There is more than 256 kB of it: leave data to files.',
      );
    }
  }

  function copy(part: unknown, path: string, depth: number): JsonValue {
    if (depth > MAXIMUM_DEPTH) {
      throw new Refusal(
        path,
        `at most ${MAXIMUM_DEPTH} levels`,
        `${path} lies deeper than ${MAXIMUM_DEPTH} levels.`,
      );
    }
    spend(1);
    if (part === null || typeof part === 'boolean') return part;
    if (typeof part === 'number' && Number.isFinite(part)) return part;
    if (typeof part === 'string') {
      spend(part.length);
      return part;
    }
    if (Array.isArray(part)) {
      spend(part.length);
      return Array.from(part as unknown[], (item, index) => copy(item, within(path, index), depth + 1));
    }
    if (typeof part === 'object') return copyObject(part, path, depth);
    throw new Refusal(path, 'JSON', `${path || 'It'} is ${kindOf(part)}, which JSON does not have.`);
  }

  function copyObject(part: object, path: string, depth: number): JsonValue {
    const entries: [string, JsonValue][] = [];
    for (const [key, property] of Object.entries(part) as [string, unknown][]) {
      spend(key.length);
      if (property === undefined) continue;
      if (key.length > MAXIMUM_NAME_LENGTH) {
        const expected = `names of at most ${MAXIMUM_NAME_LENGTH} characters`;
        throw new Refusal(
          path,
          expected,
          `${path || 'It'} has a property with a longer name: expected ${expected}.`,
        );
      }
      const place = within(path, key);
      if (key === '__proto__') {
        throw new Refusal(place, 'another name than __proto__', `${place}: nothing may be called __proto__.`);
      }
      entries.push([key, copy(property, place, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  try {
    return { ok: true, value: copy(value, '', 0) };
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      return { ok: false, path: thrown.path, expected: thrown.expected, message: thrown.message };
    }
    return {
      ok: false,
      path: '',
      expected: 'JSON',
      message: 'It cannot be read: reading one of its properties throws.',
    };
  }
}

class Refusal extends Error {
  readonly path: string;
  readonly expected: string;

  constructor(path: string, expected: string, message: string) {
    super(message);
    this.path = path;
    this.expected = expected;
  }
}

function kindOf(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}
