import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStage } from './read-stage.ts';
import type { Scene, Stage, StageChange } from './stage.ts';
import { SEED, stage, stageChange } from './stage-arbitraries.test-data.ts';
import { applyStageChange, changedScenes, stageChangeFault } from './stage-change.ts';

const scene = (id: string, name = id): Scene => ({
  id,
  name,
  canvas: { width: 1920, height: 1080 },
  theme: { id: 'overlay.neon', settings: {} },
  items: [],
  triggers: [],
  bindings: [],
});

const abc: Stage = {
  version: 1,
  current: 'b',
  hidden: false,
  scenes: [scene('a'), scene('b'), scene('c')],
};

const after = (change: StageChange) => {
  expect(stageChangeFault(abc, change)).toBeUndefined();
  const { scenes, current, hidden } = applyStageChange(abc, change);
  return `${scenes.map(({ id, name }) => (id === name ? id : `${id}=${name}`)).join(' ')}, ${current}${hidden ? ', hidden' : ''}`;
};

describe('a change of the stage', () => {
  it.each<[string, StageChange, string]>([
    ['nothing', {}, 'a b c, b'],
    ['a scene in its place', { scenes: [scene('a', 'new')] }, 'a=new b c, b'],
    ['a new scene at the end', { scenes: [scene('d'), scene('b', 'new')] }, 'a b=new c d, b'],
    ['a scene away', { removed: ['a'] }, 'b c, b'],
    ['the current scene away: the first that remains is current', { removed: ['b'] }, 'a c, a'],
    ['the current scene away, and another current', { removed: ['b'], current: 'c' }, 'a c, c'],
    ['another scene current', { current: 'c' }, 'a b c, c'],
    ['a new scene current', { scenes: [scene('d')], current: 'd' }, 'a b c d, d'],
    ['all overlays empty', { hidden: true }, 'a b c, b, hidden'],
    ['another order', { order: ['c', 'a', 'b'] }, 'c a b, b'],
    ['a new scene at the front', { scenes: [scene('d')], order: ['d', 'a', 'b', 'c'] }, 'd a b c, b'],
    ['what is not there away', { removed: ['x'] }, 'a b c, b'],
    ['everything else', { scenes: [scene('x')], removed: ['a', 'b', 'c'] }, 'x, x'],
  ])('makes %s', (_, change, expected) => {
    expect(after(change)).toBe(expected);
  });

  it.each<[string, StageChange, RegExp]>([
    ['removes all scenes', { removed: ['a', 'b', 'c'] }, /last scene cannot be removed/],
    ['shows a scene that is not there', { current: 'x' }, /no scene “x”/],
    ['shows a scene that it removes', { removed: ['a'], current: 'a' }, /no scene “a”/],
    [
      'changes a scene that it removes',
      { scenes: [scene('a')], removed: ['a'] },
      /changed and removed at once/,
    ],
    ['leaves a scene out of the order', { order: ['a', 'b'] }, /every scene once/],
    ['has a strange scene in the order', { order: ['a', 'b', 'x'] }, /every scene once/],
    ['has one too many in the order', { order: ['a', 'b', 'c', 'x'] }, /every scene once/],
    [
      'adds more than there may be',
      { scenes: Array.from({ length: 48 }, (_, index) => scene(`n${index}`)) },
      /at most 50 scenes/,
    ],
  ])('has a fault when it %s', (_, change, expected) => {
    expect(stageChangeFault(abc, change)).toMatch(expected);
  });

  it('has a fault when the stage would become too large', () => {
    const heavy = (id: string): Scene => ({
      ...scene(id),
      theme: { id: 'a.b', settings: { a: 'x'.repeat(15_000) } },
    });
    const full: Stage = {
      ...abc,
      scenes: [...abc.scenes, ...Array.from({ length: 26 }, (_, at) => heavy(`h${at}`))],
    };
    expect(readStage(full).ok).toBe(true);
    expect(stageChangeFault(full, { scenes: [heavy('more')] })).toMatch(/larger than 400 kB/);
    expect(stageChangeFault(full, { scenes: [heavy('more')], removed: ['h0'] })).toBeUndefined();
  });

  it('names the scenes that it changes, each once', () => {
    expect(changedScenes({ scenes: [scene('a'), scene('b')], removed: ['c', 'a'] })).toEqual(['a', 'b', 'c']);
    expect(changedScenes({ current: 'a', hidden: true, order: ['a'] })).toEqual([]);
  });

  it('leaves a stage that is one, with everything that it names as it says, and the rest untouched', () => {
    let fitting = 0;
    fc.assert(
      fc.property(stage, stageChange, fc.boolean(), (before, given, isReversed) => {
        const removed = new Set(given.removed);
        const known = [...before.scenes, ...(given.scenes ?? [])].map(({ id }) => id);
        const ids = [...new Set(known)].filter((id) => !removed.has(id));
        // An order by chance hardly ever fits.
        const change = isReversed ? { ...given, order: [...ids].reverse() } : given;
        const untouched = structuredClone(before);
        const fault = stageChangeFault(before, change);
        const result = applyStageChange(before, change);
        expect(before).toEqual(untouched);
        // Also a change that does not fit leaves a stage.
        expect(readStage(result).ok).toBe(true);
        if (fault !== undefined) return;
        fitting += 1;
        const changed = new Map((change.scenes ?? []).map((one) => [one.id, one]));
        for (const one of result.scenes) {
          expect(one).toBe(changed.get(one.id) ?? before.scenes.find(({ id }) => id === one.id));
        }
        expect(result.scenes.map(({ id }) => id)).toEqual(change.order ?? ids);
        if (change.current !== undefined) expect(result.current).toBe(change.current);
        else if (ids.includes(before.current)) expect(result.current).toBe(before.current);
        expect(result.hidden).toBe(change.hidden ?? before.hidden);
        // Done again it changes nothing more.
        expect(applyStageChange(result, change)).toEqual(result);
      }),
      { numRuns: 600, seed: SEED },
    );
    expect(fitting).toBeGreaterThan(100);
  });
});
