import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestsIn } from './bad-manifests/one-fault-each.test-data.ts';
import { type ManifestReport, readManifest } from './index.ts';

/** A slow machine under load needs a tenth of it; what grows with the square of its input would need far more. */
const BOUNDED_MILLISECONDS = 2000;

/** A manifest that is fine but for what is put into `poseCoach`. */
function withExtension(extension: object): object {
  return {
    name: 'pose-hello',
    version: '1.0.0',
    poseCoach: { apiVersion: 1, prefix: 'hello', ...extension },
  };
}

function faultsOf(report: ManifestReport): readonly string[] {
  return report.ok ? [] : report.faults.map(({ path, expected }) => `${path}: ${expected}`);
}

/** The report, after checking that it came soon and is short. */
function readInTime(packageJson: unknown): ManifestReport {
  const start = performance.now();
  const report = readManifest(packageJson);
  expect(performance.now() - start).toBeLessThan(BOUNDED_MILLISECONDS);
  expect(report.warnings.length).toBeLessThanOrEqual(101);
  if (!report.ok) expect(report.faults.length).toBeLessThanOrEqual(101);
  return report;
}

describe('a hostile manifest', () => {
  it('of a hundred thousand levels is refused where it becomes too deep', () => {
    let deep: unknown = 0;
    for (let level = 0; level < 100_000; level++) deep = { a: deep };
    const [fault] = faultsOf(readInTime(withExtension({ contributes: deep })));
    expect(fault).toMatch(/^\/poseCoach\/contributes(\/a)+: at most 32 levels$/);
  });

  it('that contains itself is refused', () => {
    const extension: Record<string, unknown> = { apiVersion: 1, prefix: 'hello' };
    extension.contributes = extension;
    expect(faultsOf(readInTime({ name: 'pose-hello', version: '1.0.0', poseCoach: extension }))).toHaveLength(
      1,
    );
  });

  it('whose parts are shared until they are a billion is refused by its size', () => {
    let shared: unknown = 'a text';
    for (let level = 0; level < 30; level++) shared = [shared, shared];
    expect(faultsOf(readInTime(withExtension({ permissions: shared })))).toEqual([
      ': at most 256 kB of JSON',
    ]);
  });

  it.each([
    ['a text of a megabyte', { description: 'a'.repeat(1_000_000) }],
    ['a list of a billion holes', { permissions: new Array(1_000_000_000) }],
    [
      'a hundred thousand unknown fields',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, i])),
    ],
  ])('with %s is refused by its size', (_what, extension) => {
    expect(faultsOf(readInTime(withExtension(extension)))).toEqual([': at most 256 kB of JSON']);
  });

  it('with 501 metrics is refused for their number, and with 500 it is read', () => {
    const metrics = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: `hello.m${index}`, title: 'M', kind: 'event' }));
    expect(faultsOf(readInTime(withExtension({ contributes: { metrics: metrics(501) } })))).toEqual([
      '/poseCoach/contributes/metrics: a list of at most 500 items',
    ]);
    expect(readInTime(withExtension({ contributes: { metrics: metrics(500) } })).ok).toBe(true);
  });

  it('with 101 rules is refused for their number, and with 100 it is read', () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        id: `hello.r${index}`,
        metric: 'other.m',
        when: { above: 0 },
        cue: { severity: 'warning', message: 'Listen to me.' },
      }));
    expect(faultsOf(readInTime(withExtension({ contributes: { feedback: rules(101) } })))).toEqual([
      '/poseCoach/contributes/feedback: a list of at most 100 items',
    ]);
    expect(readInTime(withExtension({ contributes: { feedback: rules(100) } })).ok).toBe(true);
  });

  it('with thousands of faults tells the first hundred and how many more there are', () => {
    const metrics = Array.from({ length: 500 }, () => ({ id: 1, title: 2, kind: 3, unit: 4 }));
    const report = readInTime(withExtension({ contributes: { metrics } }));
    if (report.ok) throw new Error('It was accepted.');
    expect(report.faults).toHaveLength(101);
    expect(report.faults.at(-1)?.message).toContain('more of the kind than these 100');
  });

  it('with thousands of unknown fields tells the first hundred', () => {
    const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
    const report = readInTime(withExtension(unknown));
    expect(report.ok).toBe(true);
    expect(report.warnings.at(-1)?.message).toContain('more of the kind than these 100');
  });

  it.each([
    [
      'a hundred thousand items that are no choice of two hundred',
      {
        type: 'array',
        title: 'Goal',
        items: { type: 'integer', enum: Array.from({ length: 200 }, (_, index) => index) },
        default: Array.from({ length: 100_000 }, () => 300),
      },
    ],
    [
      'a hundred thousand items that are not its one long choice',
      {
        type: 'array',
        title: 'Goal',
        items: { type: 'string', enum: ['a'.repeat(50_000)] },
        default: Array.from({ length: 50_000 }, () => ''),
      },
    ],
    [
      'a hundred thousand faulty items under long names',
      {
        type: 'object',
        title: 'Goal',
        properties: {
          ['n'.repeat(256)]: {
            type: 'object',
            properties: { ['m'.repeat(256)]: { type: 'array', items: { type: 'string' } } },
          },
        },
        default: { ['n'.repeat(256)]: { ['m'.repeat(256)]: Array.from({ length: 100_000 }, () => 1) } },
      },
    ],
    [
      'ten thousand different items, none twice',
      {
        type: 'array',
        title: 'Goal',
        uniqueItems: true,
        items: { type: 'object' },
        default: [...Array.from({ length: 10_000 }, (_, index) => ({ a: index })), { a: 0 }],
      },
    ],
  ])('with a setting of %s is refused in bounded time', (_what, setting) => {
    const contributes = { configuration: { properties: { 'hello.goal': setting } } };
    const [fault] = faultsOf(readInTime(withExtension({ contributes })));
    expect(fault).toContain('/poseCoach/contributes/configuration/properties/hello.goal/default');
  });

  it('with a name longer than its paths should be is refused', () => {
    expect(faultsOf(readInTime(withExtension({ ['n'.repeat(257)]: 1 })))).toEqual([
      '/poseCoach: names of at most 256 characters',
    ]);
  });

  it('full of short items in every list is read in bounded time', () => {
    const many = (count: number, item: unknown) => Array.from({ length: count }, () => item);
    readInTime(
      withExtension({
        permissions: many(50, 'x'),
        activationEvents: many(1000, 'onAnalyzer:hello.x'),
        contributes: {
          analyzers: many(500, { id: 'hello.a', title: 'A', metrics: many(60, 'a.b') }),
          feedback: many(100, { id: 'hello.a', metric: 'hello.b', when: {}, cue: {} }),
          keybindings: many(500, { command: 'hello.b', key: 'a' }),
        },
      }),
    );
  });

  it.each([
    ['a prefix', { prefix: `a${'-a'.repeat(50_000)}!` }],
    ['a main module', { main: `./${'a/'.repeat(50_000)}!` }],
    ['a permission', { permissions: [`network:https://${'a.'.repeat(50_000)}/`] }],
    ['a dependency', { dependencies: [`@${'a-'.repeat(50_000)}!`] }],
    [
      'a key',
      {
        contributes: { keybindings: [{ command: `a${'.a'.repeat(50_000)}!`, key: 'ctrl+'.repeat(20_000) }] },
      },
    ],
  ])('with %s made for slow patterns is refused in bounded time', (_what, extension) => {
    expect(faultsOf(readInTime(withExtension(extension))).length).toBeGreaterThan(0);
  });

  it('that changes prototypes does not', () => {
    const text =
      '{"name":"pose-hello","version":"1.0.0","__proto__":{"polluted":1},"poseCoach":{"apiVersion":1,"prefix":"hello","constructor":{"prototype":{"polluted":1}},"contributes":{"__proto__":{"polluted":1}}}}';
    expect(faultsOf(readManifest(JSON.parse(text)))).toEqual([
      '/poseCoach/contributes/__proto__: another name than __proto__',
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('takes inherited fields for absent ones', () => {
    const inherited = Object.create({ apiVersion: 1, prefix: 'hello' }) as object;
    expect(
      faultsOf(readManifest({ name: 'pose-hello', version: '1.0.0', poseCoach: inherited })).length,
    ).toBe(2);
  });

  it.each([
    [
      'a getter that throws',
      {
        get name() {
          throw new Error('no');
        },
      },
    ],
    [
      'a getter that throws deep inside',
      {
        poseCoach: {
          get prefix() {
            throw new Error('no');
          },
        },
      },
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
        },
      ),
    ],
    ['a function', () => 1],
    ['nothing', undefined],
    ['a bigint', 1n],
    ['a symbol within', { poseCoach: { prefix: Symbol('hello') } }],
    ['a date within', { poseCoach: new Date(0) }],
  ])('that is no JSON but %s is refused', (_what, packageJson) => {
    expect(faultsOf(readInTime(packageJson)).length).toBeGreaterThan(0);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        (anything) => {
          expect(readManifest(anything).ok).toBe(false);
          expect(readManifest({ name: 'a', version: '1.0.0', poseCoach: anything }).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never throws with any JSON in any place of a good one, and what it accepts is within its prefix', () => {
    const everything = manifestsIn(new URL('./good-manifests/', import.meta.url)).get('everything');
    const places: (readonly string[])[] = [];
    const walk = (value: unknown, path: readonly string[]) => {
      if (path.length > 0) places.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
    };
    walk(everything, []);
    const accepted: ManifestReport[] = [];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.oneof(fc.jsonValue(), fc.string()), (place, value) => {
        const changed = structuredClone(everything) as Record<string, unknown>;
        let target = changed;
        for (const key of place.slice(0, -1)) target = target[key] as Record<string, unknown>;
        target[place.at(-1) ?? ''] = value;
        const report = readManifest(changed);
        if (!report.ok) {
          expect(report.faults.length).toBeGreaterThan(0);
          return;
        }
        accepted.push(report);
        const { prefix, contributes } = report.manifest;
        for (const { id } of [
          ...contributes.analyzers,
          ...contributes.metrics,
          ...contributes.configuration,
        ]) {
          expect(id.startsWith(`${prefix}.`)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted.length).toBeGreaterThan(10);
  });
});
