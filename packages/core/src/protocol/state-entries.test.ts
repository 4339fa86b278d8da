import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entries } from './message-arbitraries.test-data.ts';
import { findEntryFault, mergeEntries } from './state-entries.ts';

describe('a channel’s state', () => {
  it('takes new values, keeps others, and drops what was set to null', () => {
    const before = { score: 1, name: 'Ada', old: true };
    expect(mergeEntries(before, { score: 2, old: null, list: [1, null] })).toEqual({
      score: 2,
      name: 'Ada',
      list: [1, null],
    });
    expect(before).toEqual({ score: 1, name: 'Ada', old: true });
  });

  it('is the same however changes are grouped', () => {
    fc.assert(
      fc.property(entries, entries, entries, (start, one, two) => {
        const together = mergeEntries(mergeEntries({}, start), { ...one, ...two });
        expect(mergeEntries(mergeEntries(mergeEntries({}, start), one), two)).toEqual(together);
      }),
    );
  });

  it('finds nothing wrong with anything JSON can say', () => {
    fc.assert(
      fc.property(entries, (change) => {
        expect(findEntryFault(change)).toBeUndefined();
      }),
    );
  });

  it('refuses what JSON cannot say, and says where it is', () => {
    const loop: Record<string, unknown> = {};
    loop.again = loop;
    expect(findEntryFault({ when: new Date(0) })?.path).toEqual(['when']);
    expect(findEntryFault({ a: { b: [1, undefined] } })?.path).toEqual(['a', 'b', 1]);
    expect(findEntryFault({ a: Number.NaN })?.path).toEqual(['a']);
    expect(findEntryFault({ a: loop })?.message).toContain('nested');
  });
});
