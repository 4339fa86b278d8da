import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingFault } from './index.ts';
import type { SettingDeclaration } from './manifest.ts';

function setting(schema: SettingDeclaration['schema']): Pick<SettingDeclaration, 'schema'> {
  return { schema };
}

describe('settingFault', () => {
  it.each([
    [{ type: 'number', minimum: 0, maximum: 1 }, 0.5],
    [{ type: 'integer', minimum: 1 }, 3],
    [{ type: 'string', enum: ['low', 'high'] }, 'high'],
    [{ type: 'boolean' }, false],
    [{ type: 'string', format: 'color' }, '#33CC99'],
    [{ type: 'string', format: 'metric' }, 'dance.tempo'],
    [{ type: 'array', items: { type: 'string' }, maxItems: 2 }, ['a', 'b']],
    [
      { type: 'object', properties: { left: { type: 'number' } }, required: ['left'] },
      { left: 1, other: true },
    ],
  ] as const)('finds nothing wrong where %j is given %j', (schema, value) => {
    expect(settingFault(setting(schema), value)).toBeUndefined();
  });

  it.each([
    [{ type: 'number', minimum: 0, maximum: 1 }, 1.5, 'a number from 0 to 1'],
    [{ type: 'number', minimum: 0, maximum: 1 }, '0.5', 'a number from 0 to 1'],
    [{ type: 'integer', minimum: 1 }, 2.5, 'a whole number of at least 1'],
    [{ type: 'number', maximum: 9, multipleOf: 3 }, 7, 'a number of at most 9 in steps of 3'],
    [{ type: 'string', enum: ['low', 'high'] }, 'middle', 'one of low, high'],
    [{ type: 'string', minLength: 2, maxLength: 4 }, 'a', 'text of 2 to 4 characters'],
    [{ type: 'boolean' }, 'yes', 'true or false'],
    [{ type: 'string', format: 'color' }, 'red', 'a color such as #33cc99'],
    [{ type: 'string', format: 'metric' }, 'Tempo', 'the id of a metric, such as dance.tempo'],
    [{ type: 'array', items: { type: 'string' } }, ['a', 1], 'at /1: text'],
    [{ type: 'array', minItems: 2, maxItems: 2 }, [1], 'a list of 2 items'],
    [{ type: 'array', uniqueItems: true }, [1, 1], 'at /1: no item twice'],
    [
      { type: 'object', properties: { left: { type: 'number' } }, required: ['left'] },
      {},
      'at /left: a number',
    ],
    [
      { type: 'object', properties: { left: { type: 'number' } }, additionalProperties: false },
      { right: 1 },
      'at /right: one of left',
    ],
  ] as const)('says what was expected where %j is given %j', (schema, value, expected) => {
    expect(settingFault(setting(schema), value)).toBe(expected);
  });

  it.each([
    ['nothing', undefined],
    ['a function', () => 1],
    ['not a number', Number.NaN],
    ['a bigint', 1n],
  ])('refuses %s, which JSON does not have', (_what, value) => {
    expect(settingFault(setting({ type: 'number' }), value)).toBe('JSON');
  });

  it('never throws, whatever the value is', () => {
    const cycle: Record<string, unknown> = {};
    cycle.itself = cycle;
    expect(settingFault(setting({ type: 'object' }), cycle)).toContain('levels');
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
        (value) => {
          expect(['string', 'undefined']).toContain(typeof settingFault(setting({ type: 'object' }), value));
        },
      ),
    );
  });
});
