/** Looks whether something of unknown origin has the shape of a `T`. */
export interface Shape<T> {
  /** @returns where it has not, and what was expected: `people/0/start: expected a number`; undefined when it has */
  (value: unknown, path: string): string | undefined;
  /** Never there: what the shape is of, for the compiler. */
  readonly of?: T;
}

const fault = (path: string, expected: string) =>
  `${path === '' ? 'the summary' : path}: expected ${expected}`;
const within = (path: string, field: string | number) => (path === '' ? `${field}` : `${path}/${field}`);

/** A finite number: JSON has no other. */
export const number: Shape<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? undefined : fault(path, 'a number');

export const boolean: Shape<boolean> = (value, path) =>
  typeof value === 'boolean' ? undefined : fault(path, 'true or false');

/** This very number or word. */
export function exactly<const Value extends number | string>(wanted: Value): Shape<Value> {
  return (value, path) => (value === wanted ? undefined : fault(path, `${wanted}`));
}

/** One of these words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Shape<Word> {
  return (value, path) =>
    words.some((word) => word === value) ? undefined : fault(path, `one of ${words.join(', ')}`);
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? undefined : shape(value, path));
}

/** May be absent. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return fault(path, 'a list');
    for (const [index, item] of value.entries()) {
      const found = shape(item, within(path, index));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** These fields; others are let be, so that a later version may add some. */
export function object<T>(fields: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  const shapes = Object.entries(fields) as [string, Shape<unknown>][];
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault(path, 'an object');
    for (const [name, shape] of shapes) {
      const found = shape(Reflect.get(value, name), within(path, name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
