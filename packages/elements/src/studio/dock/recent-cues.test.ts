import type { Cue } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { addCues } from './recent-cues.ts';

function cue(id: string, rest: Partial<Cue> = {}): Cue {
  return { id, timestamp: 0, severity: 'hint', message: id, joints: [], source: 'test', ...rest };
}

describe('what was said last', () => {
  it('has the newest first, and no more than five', () => {
    let recent = addCues([], [], 0);
    for (const [at, id] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) recent = addCues(recent, [cue(id)], at);
    expect(recent.map((each) => [each.cue.id, each.at])).toEqual([
      ['f', 5],
      ['e', 4],
      ['d', 3],
      ['c', 2],
      ['b', 1],
    ]);
  });

  it('has what is said again to the same person once, and to another twice', () => {
    const first = addCues([], [cue('a'), cue('b')], 1);
    expect(
      addCues(first, [cue('a', { message: 'again' })], 2).map((each) => [each.cue.message, each.at]),
    ).toEqual([
      ['again', 2],
      ['b', 1],
    ]);
    expect(addCues(first, [cue('a', { poseId: 7 })], 2)).toHaveLength(3);
  });
});
