import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reading, readingFault } from '../../analysis/index.ts';
import { PoseCoachError } from '../../base/index.ts';
import { manifestOf } from '../conformance/index.ts';
import type { RuleProposal } from '../host.ts';
import { checkStepOutput, copyStepOutput, copySummaries, outputRules } from './checked-output.ts';

const manifest = manifestOf({
  analyzers: [
    { id: 'free.analyzer', title: 'Analyzer', inputs: ['poses'], metrics: ['free.value', 'free.word'] },
  ],
  metrics: [
    { id: 'free.value', title: 'Value', kind: 'series' },
    { id: 'free.word', title: 'Word', kind: 'label' },
  ],
  feedback: [{ id: 'free.rule', title: 'Rule' }],
});
const rules = outputRules(manifest);

const value: Reading = { metric: 'free.value', timestamp: 5, status: 'ok', value: 1, confidence: 1 };
const proposal: RuleProposal = {
  rule: 'free.rule',
  severity: 'hint',
  message: 'Up.',
  joints: ['nose'],
  poseId: 2,
};

/** Fields of a reading, each right or wrong. */
const fields = fc.record(
  {
    metric: fc.constantFrom('free.value', 'free.word', 'free.other', 'constructor', 7, undefined),
    timestamp: fc.constantFrom(0, 5, Number.NaN, Number.POSITIVE_INFINITY, '5', undefined),
    start: fc.constantFrom(undefined, 0, 9, Number.NaN),
    end: fc.constantFrom(undefined, 0, 9),
    poseId: fc.constantFrom(undefined, 0, 3, -1, 1.5, '3', null),
    status: fc.constantFrom('ok', 'unknown', 'fine', undefined),
    reason: fc.constantFrom(undefined, '', 'Hidden.', 5),
    value: fc.constantFrom(undefined, 0, 1.5, Number.NaN, 'up', true, [1, 2], [], ['a'], null, 5n),
    uncertainty: fc.constantFrom(undefined, 0, 1, -1, Number.NaN, '1'),
    confidence: fc.constantFrom(0, 0.5, 1, 1.1, -0.1, Number.NaN, '1', undefined),
  },
  { requiredKeys: [] },
);

/** Right, but for some fields, which may be right as well. */
const nearReading = fc
  .tuple(
    fields,
    fc.subarray(['metric', 'timestamp', 'poseId', 'value', 'uncertainty', 'confidence', 'status']),
  )
  .map(([foreign, kept]) => ({
    ...foreign,
    ...Object.fromEntries(Object.entries(value).filter(([name]) => kept.includes(name))),
  }));

/** The same with the fields only that have a value: most readings have no others. */
const leanReading = nearReading.map((reading) =>
  Object.fromEntries(Object.entries(reading).filter(([, field]) => field !== undefined)),
);

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof PoseCoachError ? error.code : `no PoseCoachError: ${error}`;
  }
  return undefined;
}

describe('the output of an extension', () => {
  it('passes at a glance only what passes a close look', () => {
    const { usual } = rules;
    let passed = 0;
    fc.assert(
      fc.property(fc.oneof(nearReading, leanReading, fc.anything()), fc.nat(3), (foreign, place) => {
        if (!usual.has(foreign as Reading, place)) return;
        passed += 1;
        expect(readingFault(foreign, rules.metrics)).toBeUndefined();
      }),
      { numRuns: 5000 },
    );
    expect(usual.has(value, 0)).toBe(true);
    expect(usual.has({ ...value, poseId: 1, uncertainty: 0.5 }, 1)).toBe(true);
    expect(passed).toBeGreaterThan(0);
  });

  it('is let through inline exactly when each reading is in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nearReading, fc.constant(value)), { maxLength: 4 }), (foreign) => {
        const readings = foreign as unknown as Reading[];
        const faulty = readings.some((reading) => readingFault(reading, rules.metrics) !== undefined);
        const code = codeOf(() => checkStepOutput({ readings, proposals: [], cost: 0 }, rules));
        expect(code).toBe(faulty ? 'EXTENSION_FAILED' : undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('of another realm is copied or refused, whatever it is, with one kind of error', () => {
    const foreignOutput = fc.oneof(
      fc.anything(),
      fc.record({ readings: fc.anything(), proposals: fc.anything(), cost: fc.anything() }),
      fc.record({
        readings: fc.array(fc.oneof(nearReading, fc.anything())),
        proposals: fc.array(fc.anything()),
      }),
    );
    fc.assert(
      fc.property(foreignOutput, (output) => {
        expect([undefined, 'EXTENSION_FAILED']).toContain(codeOf(() => copyStepOutput(output, rules)));
        expect([undefined, 'EXTENSION_FAILED']).toContain(codeOf(() => copySummaries(output, rules)));
      }),
      { numRuns: 3000 },
    );
  });

  it('of another realm comes out as it was, and shares nothing with it', () => {
    const list = [1, 2];
    const joints = ['nose'];
    const foreign = {
      readings: [{ ...value, start: 1, end: 4, value: list, poseId: 3, uncertainty: 0.1 }],
      proposals: [{ ...proposal, joints }],
      cost: 0.25,
    };
    const copy = copyStepOutput(foreign, rules);
    expect(copy).toEqual({
      readings: [{ ...value, start: 1, end: 4, value: [1, 2], poseId: 3, uncertainty: 0.1 }],
      proposals: [proposal],
      cost: 0.25,
    });
    list.push(3);
    joints.push('leftKnee');
    expect(copy.readings[0]?.value).toEqual([1, 2]);
    expect(copy.proposals[0]?.joints).toEqual(['nose']);
  });

  it.for([
    ['the output', { readings: [], proposals: [], cost: 0, load: [] }],
    ['a reading', { readings: [{ ...value, load: [] }], proposals: [], cost: 0 }],
    ['a proposal', { readings: [], proposals: [{ ...proposal, load: [] }], cost: 0 }],
    ['the prototype of a reading', JSON.parse(`{"readings":[{"__proto__":[]}],"proposals":[],"cost":0}`)],
  ] as const)('of another realm is refused when there is more in it than can be: in %s', ([, output]) => {
    expect(codeOf(() => copyStepOutput(output, rules))).toBe('EXTENSION_FAILED');
  });

  it('of the same realm is refused a field that nobody knows, as it is isolated', () => {
    const extra = { ...value, poseID: 3 };
    expect(codeOf(() => checkStepOutput({ readings: [extra], proposals: [], cost: 0 }, rules))).toBe(
      'EXTENSION_FAILED',
    );
    const misspelt = { ...proposal, joint: 'nose' };
    expect(codeOf(() => checkStepOutput({ readings: [], proposals: [misspelt], cost: 0 }, rules))).toBe(
      'EXTENSION_FAILED',
    );
  });

  it.for([-1, Number.NaN, Number.POSITIVE_INFINITY, '5', undefined, {}])(
    'is refused when what it claims as its cost is none: %s',
    (cost) => {
      expect(codeOf(() => copyStepOutput({ readings: [], proposals: [], cost }, rules))).toBe(
        'EXTENSION_FAILED',
      );
    },
  );

  it('may make sixteen proposals, and not one more', () => {
    const output = (count: number) => ({
      readings: [],
      proposals: Array.from({ length: count }, () => proposal),
      cost: 0,
    });
    expect(checkStepOutput(output(16), rules).proposals).toHaveLength(16);
    expect(copyStepOutput(output(16), rules).proposals).toHaveLength(16);
    expect(codeOf(() => checkStepOutput(output(17), rules))).toBe('EXTENSION_FAILED');
    expect(codeOf(() => copyStepOutput(output(17), rules))).toBe('EXTENSION_FAILED');
  });

  it('refuses a list that claims a length it does not have, at once', () => {
    const readings: unknown[] = [];
    readings.length = 2 ** 32 - 1;
    expect(codeOf(() => copyStepOutput({ readings, proposals: [], cost: 0 }, rules))).toBe(
      'EXTENSION_FAILED',
    );
  });

  it('refuses a summary of an analyzer that is not declared', () => {
    expect(codeOf(() => copySummaries({ 'free.other': { readings: [] } }, rules))).toBe('EXTENSION_FAILED');
    expect(copySummaries({ 'free.analyzer': { readings: [value], details: { a: [1] } } }, rules)).toEqual({
      'free.analyzer': { readings: [value], details: { a: [1] } },
    });
  });
});
