import { type Schema, Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../base/index.ts';
import { checkJson } from './check-json.ts';
import { Findings } from './findings.ts';
import type { JsonSchema } from './json-schema.ts';

/** Faults as `place: what was expected`. */
function faults(value: JsonValue, schema: JsonSchema): readonly string[] {
  const findings = new Findings();
  checkJson(value, schema, '', findings);
  return findings.faults.map(({ path, expected }) => `${path}: ${expected}`);
}

function keyword(name: keyof JsonSchema, content: fc.Arbitrary<unknown>): fc.Arbitrary<[string, unknown]> {
  return content.map((value) => [name, value]);
}

describe('checkJson', () => {
  it('reports all that is wrong, each at its own place', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        sizes: { type: 'array', items: { type: 'integer', minimum: 1 } },
      },
    };
    expect(faults({ sizes: [1, 0, 2.5, 'x'] }, schema)).toEqual([
      '/name: text',
      '/sizes/1: a whole number of at least 1',
      '/sizes/2: a whole number of at least 1',
      '/sizes/3: a whole number of at least 1',
    ]);
  });

  it('reports nothing within a value that is wrong as a whole', () => {
    expect(faults([[1], [2], [3]], { maxItems: 2, items: { type: 'string' } })).toHaveLength(1);
  });

  it('counts characters of text as people do, not UTF-16 units', () => {
    expect(faults('🕺🕺', { maxLength: 2 })).toEqual([]);
    expect(faults('🕺', { type: 'string', minLength: 2 })).toEqual([': text of at least 2 characters']);
  });

  it('takes what a slider adds up in floating-point steps for a multiple', () => {
    expect(faults(0.1 + 0.2, { type: 'number', multipleOf: 0.1 })).toEqual([]);
    expect(faults(0.35, { type: 'number', multipleOf: 0.1 })).toEqual([': a number in steps of 0.1']);
  });

  it('escapes names in its pointers as RFC 6901 has it', () => {
    expect(faults({ 'a/b~c': 1 }, { additionalProperties: { type: 'string' } })).toEqual(['/a~1b~0c: text']);
  });

  it('knows own properties from inherited ones', () => {
    expect(faults({}, { required: ['constructor'] })).toHaveLength(1);
    expect(faults({ constructor: 1 }, { properties: {}, additionalProperties: { type: 'string' } })).toEqual([
      '/constructor: text',
    ]);
  });

  it('judges random values by random schemas as another implementation does', () => {
    const value = fc.letrec<{ any: JsonValue }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<JsonValue>(null, true, false, 0, 1, 2.5, -2, '', 'a', 'abc', '🕺🕺'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('any'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    })).any;
    const bound = fc.integer({ min: -3, max: 5 });
    const size = fc.nat({ max: 4 });
    const { schema } = fc.letrec<{ schema: JsonSchema; deeper: JsonSchema }>((tie) => ({
      deeper: fc.oneof({ maxDepth: 3, depthIdentifier: 'schema' }, fc.constant({}), tie('schema')),
      schema: fc
        .array(
          fc.oneof(
            { depthIdentifier: 'schema' },
            keyword(
              'type',
              fc.constantFrom('number', 'integer', 'string', 'boolean', 'array', 'object', 'null'),
            ),
            keyword('enum', fc.array(value, { minLength: 1, maxLength: 3 })),
            keyword('const', value),
            keyword('minimum', bound),
            keyword('maximum', bound),
            keyword('exclusiveMinimum', bound),
            keyword('multipleOf', fc.constantFrom(1, 2, 0.5)),
            keyword('minLength', size),
            keyword('maxLength', size),
            keyword('pattern', fc.constantFrom('^a', 'c$')),
            keyword('minItems', size),
            keyword('maxItems', size),
            keyword('uniqueItems', fc.boolean()),
            keyword('items', tie('deeper')),
            keyword(
              'properties',
              fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('deeper'), {
                maxKeys: 2,
                noNullPrototype: true,
              }),
            ),
            keyword('required', fc.subarray(['a', 'b', 'toString'])),
            keyword('dependentRequired', fc.constantFrom({ a: ['b'] }, { b: ['a', 'toString'] })),
            keyword('additionalProperties', fc.oneof(fc.boolean(), tie('deeper'))),
            keyword('propertyNames', fc.constantFrom({ pattern: '^[ab]' }, { maxLength: 1 })),
            keyword('maxProperties', size),
            keyword('not', tie('deeper')),
            keyword('anyOf', fc.array(tie('deeper'), { minLength: 1, maxLength: 2 })),
            keyword('oneOf', fc.array(tie('deeper'), { minLength: 1, maxLength: 2 })),
          ),
          { minLength: 1, maxLength: 4 },
        )
        .map((keywords) => Object.fromEntries(keywords) as JsonSchema),
    }));
    const verdicts = { passed: 0, refused: 0 };
    fc.assert(
      fc.property(schema, value, (rules, instance) => {
        const findings = new Findings();
        checkJson(instance, rules, '', findings);
        const passed = findings.faults.length === 0 && findings.warnings.length === 0;
        verdicts[passed ? 'passed' : 'refused'] += 1;
        expect(passed).toBe(new Validator(rules as Schema, '2020-12', false).validate(instance).valid);
      }),
      { numRuns: 3000 },
    );
    expect(verdicts.passed).toBeGreaterThan(500);
    expect(verdicts.refused).toBeGreaterThan(500);
  });
});
