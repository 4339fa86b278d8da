import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken, MISSING, put } from './broken-stage.test-support.ts';
import goodStage from './good-stage.json' with { type: 'json' };
import { readScene, readStage, readStageChange } from './read-stage.ts';
import { SEED } from './stage-arbitraries.test-data.ts';

describe('reading what is no stage', () => {
  const readers = [readStage, readScene, readStageChange];

  it.each<[string, () => unknown]>([
    ['throws when it is read', () => Object.defineProperty({}, 'version', { enumerable: true, get: fail })],
    ['turns into something that throws', () => ({ toJSON: fail })],
    ['contains itself', endless],
    ['is a hundred thousand levels deep', () => nested(100_000)],
    ['has settings a thousand levels deep', () => broken('scenes.0.items.1.settings', nested(1000))],
    ['is a function', () => fail],
    ['is a symbol', () => Symbol('stage')],
    ['has large integers', () => ({ version: 1n })],
    ['is a proxy that was revoked', revoked],
  ])('refuses what %s', (_, make) => {
    for (const reader of readers) {
      const read = reader(make());
      expect(read.ok ? 'taken' : read.error.code).toBe('STAGE_INVALID');
    }
  });

  it('lets nobody reach what all objects share', () => {
    const withSettings = (settings: string): unknown =>
      JSON.parse(JSON.stringify(goodStage).replaceAll('"settings":{}', `"settings":${settings}`));
    const polluting = '{"__proto__":{"polluted":true},"constructor":{"polluted":true}}';
    expect(JSON.stringify(readStage(withSettings(polluting)))).not.toContain('polluted');
    expect(readStage(withSettings(`{"a":${polluting}}`)).ok).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('answers anything at all without a throw', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue()), (value) => {
        for (const reader of readers) {
          const read = reader(value);
          if (!read.ok)
            expect([read.error.code, read.error.message.length < 700]).toEqual(['STAGE_INVALID', true]);
        }
      }),
      { numRuns: 2000, seed: SEED },
    );
  });

  it('answers 10,000 mutated stages without a throw, and what it takes it takes again unchanged', () => {
    const places = placesIn(goodStage);
    const odd = fc.constantFrom(MISSING, null, 0, -1, 1e308, '', '__proto__', 'x'.repeat(3000), [], {});
    const mutation = fc.tuple(fc.constantFrom(...places), fc.oneof(fc.jsonValue({ maxDepth: 2 }), odd));
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const mutated = structuredClone(goodStage);
        for (const [place, value] of mutations) put(mutated, place, value);
        const read = readStage(mutated);
        if (!read.ok) {
          refused += 1;
          expect([read.error.code, read.error.message.length < 700]).toEqual(['STAGE_INVALID', true]);
          return;
        }
        taken += 1;
        expect(readStage(read.value)).toEqual(read);
      }),
      { numRuns: 10_000, seed: SEED },
    );
    expect(taken).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(5000);
  });
});

function fail(): never {
  throw new Error('Read me if you can.');
}

function endless(): unknown {
  const one: Record<string, unknown> = {};
  one.scenes = one;
  return one;
}

function nested(levels: number): unknown {
  let one: unknown = 1;
  for (let level = 0; level < levels; level += 1) one = { a: one };
  return one;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Every place within a value. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts = Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
  return path.length === 0 ? parts : [path, ...parts];
}
