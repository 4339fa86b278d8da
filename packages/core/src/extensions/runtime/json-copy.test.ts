import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonCopy } from './json-copy.ts';

const cyclic: unknown[] = [];
cyclic.push({ cyclic });

describe('A JSON copy', () => {
  it('is copied as writing and reading it would copy it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON writes -0 as 0.
        const written = JSON.parse(JSON.stringify(value), (_, item) => (Object.is(item, -0) ? 0 : item));
        const copy = jsonCopy(value, 'It');
        expect(JSON.parse(JSON.stringify(copy))).toEqual(written);
        if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value);
      }),
    );
  });

  it('leaves out properties that are undefined, and takes objects without a prototype', () => {
    expect(jsonCopy(Object.assign(Object.create(null), { a: 1, b: undefined }), 'It')).toEqual({ a: 1 });
  });

  it('keeps a property called __proto__ a property', () => {
    const copy = jsonCopy(JSON.parse('{"__proto__": {"polluted": true}}'), 'It');
    expect(Object.hasOwn(copy as object, '__proto__')).toBe(true);
    expect(Reflect.get(copy as object, 'polluted')).toBeUndefined();
  });

  it.for([
    ['undefined', undefined, 'undefined'],
    ['a function', () => {}, 'function'],
    ['a symbol', Symbol('x'), 'symbol'],
    ['a big integer', 1n, 'bigint'],
    ['NaN', Number.NaN, 'NaN'],
    ['infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a date', new Date(0), 'class'],
    ['a map', new Map(), 'class'],
    ['bytes', new Uint8Array(3), 'class'],
    ['an object of a class', new (class Thing {})(), 'class'],
    ['a list with a hole', new Array(2), 'undefined'],
    ['what contains itself', cyclic, 'contains itself'],
  ] as const)('is not %s', ([, value, message]) => {
    expect(() => jsonCopy(value, 'The value')).toThrowError(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
    );
  });

  it('says where the fault lies', () => {
    expect(() => jsonCopy({ list: [1, { deep: Number.NaN }] }, 'The value')).toThrowError(
      'The value must be JSON, but is NaN (at .list[1].deep).',
    );
  });
});
