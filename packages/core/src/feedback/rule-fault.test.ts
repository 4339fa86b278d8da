import { describe, expect, it } from 'vitest';
import { rule } from './coached.test-support.ts';
import type { DataRule } from './rule.ts';
import { ruleFault } from './rule-fault.ts';

describe('ruleFault', () => {
  it.each<Partial<DataRule>>([
    {},
    { when: { above: -5, until: -5 } },
    { when: { below: 0, until: 10 } },
    { when: { equals: '' } },
    { for: 0, confidence: 0 },
    { for: 3.5, confidence: 1 },
  ])('finds nothing wrong with %o', (changes) => {
    expect(ruleFault(rule('knee', changes))).toBeUndefined();
  });

  it.each<[string, Partial<DataRule>]>([
    ['above must be', { when: { above: Number.NaN } }],
    ['below must be', { when: { below: -Infinity } }],
    ['until must be', { when: { above: 5, until: Number.NaN } }],
    ['until must not lie over above', { when: { above: 5, until: 6 } }],
    ['until must not lie under below', { when: { below: 5, until: 4 } }],
    ['for must be', { for: -1 }],
    ['for must be', { for: Infinity }],
    ['confidence must', { confidence: 1.5 }],
    ['confidence must', { confidence: Number.NaN }],
  ])('says "%s …" of %o', (expected, changes) => {
    expect(ruleFault(rule('knee', changes))).toContain(expected);
  });
});
