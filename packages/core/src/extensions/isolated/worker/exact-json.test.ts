import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactJson } from './exact-json.ts';

describe('Exact JSON', () => {
  it('is read back as what was written, whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(exactJson(value))).toEqual(value);
      }),
    );
  });

  it('keeps every finite number, the sign of zero included', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(JSON.parse(exactJson([value]))).toEqual([value]);
      }),
    );
    expect(JSON.parse(exactJson(-0))).toBe(-0);
  });

  it('leaves out what is undefined, as JSON does', () => {
    const value = { a: undefined, b: 1, c: undefined, d: { e: undefined } };
    expect(exactJson(value)).toBe(JSON.stringify(value));
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', [Number.POSITIVE_INFINITY]],
    ['a function', { a: () => 1 }],
    ['a symbol', Symbol('a')],
    ['a big integer', 1n],
    ['a hole in a list', [undefined]],
  ])('refuses %s', (_, value) => {
    expect(() => exactJson(value)).toThrow(TypeError);
  });

  it('asks nobody how things want to be written', () => {
    const value = { toJSON: 'mine', list: Object.assign([1], { toJSON: () => 'evil' }) };
    expect(JSON.parse(exactJson(value))).toEqual({ toJSON: 'mine', list: [1] });
  });
});
