import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../base/index.ts';
import { manifestsIn } from './bad-manifests/one-fault-each.test-data.ts';
import { checkJson, isObject } from './check-json.ts';
import { Findings } from './findings.ts';
import { type JsonObject, type JsonSchema, standardSchema } from './json-schema.ts';
import { MANIFEST_SCHEMA } from './manifest-schema.ts';

const FILE = new URL('../../../extension-manifest.schema.json', import.meta.url);

const published = JSON.parse(readFileSync(FILE, 'utf8')) as Schema;

/** Another implementation of JSON Schema, as the judge of ours. */
const judge = new Validator(published, '2020-12', false);

function ours(value: JsonValue): boolean {
  const findings = new Findings();
  checkJson(value, MANIFEST_SCHEMA, '', findings);
  return findings.faults.length === 0 && findings.warnings.length === 0;
}

function manifests(folder: string): [string, JsonValue][] {
  return [...manifestsIn(new URL(folder, import.meta.url))] as [string, JsonValue][];
}

const ALL = [
  './good-manifests/',
  './odd-manifests/',
  './bad-manifests/package/',
  './bad-manifests/contributions/',
  './bad-manifests/configuration/',
].flatMap(manifests);

/** Replaces, removes or adds something at a random place. */
function mutate(value: JsonValue, path: readonly number[], change: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change ?? value;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return change ?? value;
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) => (String(index) === key ? mutate(item, rest, change) : item));
  }
  const copy: Record<string, JsonValue> = { ...(value as JsonObject) };
  if (rest.length === 0 && change === undefined) delete copy[key];
  else copy[key] = mutate(copy[key] ?? null, rest, change);
  return copy;
}

describe('extension-manifest.schema.json', () => {
  it('is what manifests are read with: run `npm run schema` in packages/core when it is not', () => {
    expect(published).toEqual(standardSchema(MANIFEST_SCHEMA));
  });

  it('has a title or a description for every field, so that editors can explain it', () => {
    const unexplained: string[] = [];
    const visit = (schema: JsonSchema, path: string) => {
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        const place = `${path}/${name}`;
        if (property.title === undefined && property.description === undefined) unexplained.push(place);
        visit(property, place);
      }
      if (schema.items) visit(schema.items, `${path}[]`);
      if (isObject(schema.additionalProperties as JsonValue)) {
        visit(schema.additionalProperties as JsonSchema, `${path}{}`);
      }
    };
    visit(MANIFEST_SCHEMA, '');
    expect(unexplained).toEqual([]);
  });

  it('passes its own examples', () => {
    const examples = published.examples as JsonValue[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(judge.validate(example).valid).toBe(true);
  });

  it.each(manifests('./good-manifests/'))('lets %s.json pass in another validator', (_name, manifest) => {
    expect(judge.validate(manifest).errors).toEqual([]);
  });

  it.each(ALL)('is judged alike by another validator and by ours: %s.json', (_name, manifest) => {
    expect(ours(manifest)).toBe(judge.validate(manifest).valid);
  });

  it('is judged alike by another validator and by ours when good manifests are changed at random', () => {
    const verdicts = new Set<boolean>();
    const good = manifests('./good-manifests/').map(([, manifest]) => manifest);
    fc.assert(
      fc.property(
        fc.constantFrom(...good),
        fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 8 }),
        fc.option(fc.oneof(fc.jsonValue(), fc.constantFrom<JsonValue>('', 'hello', 1, -1, true, [], {})), {
          nil: undefined,
        }),
        (manifest, path, change) => {
          const changed = mutate(manifest, path, change as JsonValue | undefined);
          const verdict = judge.validate(changed).valid;
          verdicts.add(verdict);
          expect(ours(changed)).toBe(verdict);
        },
      ),
      { numRuns: 2000 },
    );
    // The comparison would mean little if all were refused.
    expect(verdicts).toEqual(new Set([true, false]));
  });
});
