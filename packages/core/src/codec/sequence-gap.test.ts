import { expect, test } from 'vitest';
import { type SequenceState, sequenceGap } from './index.ts';

function lost(sequences: readonly number[]): number[] {
  let state: SequenceState | undefined;
  return sequences.map((sequence) => {
    const [next, count] = sequenceGap(state, { sequence });
    state = next;
    return count;
  });
}

test('counts the frames between two that arrived', () => {
  expect(lost([5, 6, 9, 10, 20])).toEqual([0, 0, 2, 0, 9]);
});

test('a publisher that starts again, and a number that wraps, lose nothing', () => {
  expect(lost([900, 0, 1, 4])).toEqual([0, 0, 0, 2]);
  expect(lost([2 ** 32 - 1, 0, 1])).toEqual([0, 0, 0]);
});

test('a frame that arrives twice is no loss', () => {
  expect(lost([3, 3, 4])).toEqual([0, 0, 0]);
});
