import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricDeclaration, MetricKind } from './metric.ts';
import type { Reading } from './reading.ts';
import { readingFault } from './reading-fault.ts';

const KINDS: readonly MetricKind[] = ['gauge', 'bar', 'label', 'series', 'event'];

/** One metric of each kind: `test.gauge` … */
const metrics: ReadonlyMap<string, MetricDeclaration> = new Map(
  KINDS.map((kind) => [`test.${kind}`, { id: `test.${kind}`, title: kind, kind }]),
);

const valid: Reading = {
  metric: 'test.gauge',
  timestamp: 1000,
  status: 'ok',
  value: 90,
  confidence: 0.9,
};

const faultWith = (changes: Readonly<Record<string, unknown>>) =>
  readingFault({ ...valid, ...changes }, metrics);

describe('readingFault', () => {
  it.each([
    {},
    { poseId: 0, uncertainty: 0, confidence: 0 },
    { start: 0, end: 1000, confidence: 1 },
    { start: 1000, end: 1000 },
    { timestamp: -5, start: -10, end: -7 },
    { value: -0.5 },
    { status: 'unknown', reason: 'The knee is not in the picture.', value: undefined },
    { poseId: undefined, start: undefined, end: undefined, uncertainty: undefined, reason: undefined },
  ])('finds nothing wrong with %j', (changes) => {
    expect(faultWith(changes)).toBeUndefined();
  });

  it.each([
    ['metric', { metric: undefined }],
    ['metric', { metric: 7 }],
    ['"test.other" is not declared', { metric: 'test.other' }],
    ['timestamp', { timestamp: undefined }],
    ['timestamp', { timestamp: Number.NaN }],
    ['timestamp', { timestamp: Infinity }],
    ['timestamp', { timestamp: '1000' }],
    ['timestamp', { timestamp: 1000n }],
    ['start and end', { start: 0 }],
    ['start and end', { end: 1000 }],
    ['start and end', { start: Number.NaN, end: 1000 }],
    ['start, end', { start: 900, end: 800 }],
    ['start, end', { start: 900, end: 1001 }],
    ['poseId', { poseId: -1 }],
    ['poseId', { poseId: 0.5 }],
    ['poseId', { poseId: 2 ** 53 }],
    ['poseId', { poseId: '0' }],
    ['poseId', { poseId: null }],
    ['confidence', { confidence: undefined }],
    ['confidence', { confidence: 1.01 }],
    ['confidence', { confidence: -0.01 }],
    ['confidence', { confidence: Number.NaN }],
    ['uncertainty', { uncertainty: -1 }],
    ['uncertainty', { uncertainty: Infinity }],
    ['uncertainty', { uncertainty: null }],
    ['status', { status: 'fine' }],
    ['status', { status: undefined }],
    ['reason', { status: 'unknown', value: undefined }],
    ['reason', { status: 'unknown', value: undefined, reason: '' }],
    ['reason', { status: 'unknown', value: undefined, reason: 'x'.repeat(501) }],
    ['value', { status: 'unknown', reason: 'No knee.' }],
    ['reason', { reason: 'It is known, though.' }],
    ['"poseID"', { poseID: 3 }],
  ])('names %s in what is wrong with %o', (named, changes) => {
    expect(faultWith(changes)).toContain(named);
  });

  const none = [undefined];
  const numbers = [0, -1.5, 1e9];
  const lists = [[0], [1, 2, 3], Array.from({ length: 64 }, (_, index) => index)];
  const words = ['', 'walking', 'x'.repeat(500)];
  const truths = [true, false];
  const never = [
    null,
    Number.NaN,
    Infinity,
    [],
    [Number.NaN],
    ['1'],
    new Array(3),
    new Array(65).fill(0),
    'x'.repeat(501),
    {},
    7n,
    () => 7,
    Symbol('seven'),
  ];
  const all = [none, numbers, lists, words, truths, never];
  it.each<[MetricKind, readonly unknown[][]]>([
    ['gauge', [numbers]],
    ['bar', [numbers, lists]],
    ['series', [numbers, lists]],
    ['label', [words, truths]],
    ['event', [none, numbers, words, truths]],
  ])('takes for a %s no value but those of its kind', (kind, accepted) => {
    for (const values of all) {
      for (const value of values) {
        const fault = faultWith({ metric: `test.${kind}`, value });
        if (accepted.includes(values)) expect(fault, String(value)).toBeUndefined();
        else expect(fault, typeof value).toMatch(`value of "test.${kind}" must be`);
      }
    }
  });

  it.each([undefined, null, 7, 'reading', true, Symbol('reading'), () => valid, []])(
    'refuses %o, which is no reading at all',
    (reading) => {
      expect(readingFault(reading, metrics)).toEqual(expect.any(String));
    },
  );

  it('repeats no more than the beginning of a foreign name', () => {
    expect(faultWith({ metric: 'x'.repeat(1e6) })?.length).toBeLessThan(200);
    expect(faultWith({ ['y'.repeat(1e6)]: 1 })?.length).toBeLessThan(200);
  });

  it('finds a fault in objects that fight back, and throws nothing', () => {
    const fails = () => {
      throw valid;
    };
    const cyclic: Record<string, unknown> = { ...valid };
    cyclic.value = cyclic;
    const closed = Proxy.revocable({ ...valid }, {});
    closed.revoke();
    const hostile: unknown[] = [
      Object.defineProperty({ ...valid }, 'value', { get: fails }),
      Object.defineProperty({ ...valid }, 'metric', { get: fails }),
      new Proxy({ ...valid }, { get: fails }),
      new Proxy({ ...valid }, { ownKeys: fails }),
      new Proxy({ ...valid }, { getPrototypeOf: fails, get: () => Number.NaN }),
      closed.proxy,
      cyclic,
      { ...valid, value: { valueOf: () => 90 } },
      { ...valid, metric: { toString: () => 'test.gauge' } },
      { ...valid, metric: 'test.bar', value: new Proxy([1], { get: fails }) },
      { ...valid, metric: 'test.bar', value: { length: 1, 0: 1 } },
      { ...valid, metric: 'constructor' },
      Object.create({ __proto__: null, ...valid, extra: 1 }),
    ];
    for (const reading of hostile) expect(readingFault(reading, metrics)).toEqual(expect.any(String));
  });

  it('finds nothing wrong with any reading that keeps the rules', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const list = fc.array(finite, { minLength: 1, maxLength: 64 });
    const word = fc.string({ maxLength: 240, unit: 'binary' });
    const fitting: Record<MetricKind, fc.Arbitrary<unknown>> = {
      gauge: finite,
      bar: fc.oneof(finite, list),
      series: fc.oneof(finite, list),
      label: fc.oneof(word, fc.boolean()),
      event: fc.oneof(finite, word, fc.boolean()),
    };
    const optional = fc.record(
      {
        poseId: fc.nat(),
        uncertainty: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      },
      { requiredKeys: [] },
    );
    const reading = fc
      .tuple(
        fc.constantFrom(...KINDS),
        fc.tuple(finite, finite, finite).map((times) => times.sort((a, b) => a - b)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        optional,
      )
      .chain(([kind, [start, end, timestamp], confidence, isSpan, rest]) =>
        fc
          .oneof(
            fitting[kind].map((value) => ({ status: 'ok', value })),
            word.map((reason) => ({ status: 'unknown', reason: `No: ${reason}` })),
          )
          .map((said) => ({
            metric: `test.${kind}`,
            timestamp,
            ...(isSpan ? { start, end } : {}),
            confidence,
            ...said,
            ...rest,
          })),
      );
    fc.assert(fc.property(reading, (each) => readingFault(each, metrics) === undefined));
  });

  it('answers for anything at all, and lets nothing through that could not be posted and stored', () => {
    const field = fc.oneof(
      fc.anything({ withBigInt: true, withMap: true, withSparseArray: true, withTypedArray: true }),
      fc.constantFrom('ok', 'unknown', ...metrics.keys(), 0, 1, -1, Number.NaN, undefined, null),
      fc.double(),
    );
    const keys = [...Object.keys(valid), 'start', 'end', 'poseId', 'reason', 'uncertainty', 'other'];
    const changed = fc.dictionary(fc.constantFrom(...keys), field, { maxKeys: 4 });
    const anything = fc.oneof(
      fc.anything(),
      changed.map((changes) => ({ ...valid, ...changes })),
    );
    let accepted = 0;
    fc.assert(
      fc.property(anything, (reading) => {
        const fault = readingFault(reading, metrics);
        if (fault !== undefined) return fault.length > 0 && fault.length < 300;
        accepted += 1;
        expect(JSON.parse(JSON.stringify(reading))).toEqual(
          JSON.parse(JSON.stringify(structuredClone(reading))),
        );
        const { timestamp, confidence } = reading as Reading;
        return Number.isFinite(timestamp) && confidence >= 0 && confidence <= 1;
      }),
      { numRuns: 2000 },
    );
    expect(accepted, 'some are left as they should be').toBeGreaterThan(10);
  });
});
