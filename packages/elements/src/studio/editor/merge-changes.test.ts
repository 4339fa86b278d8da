import {
  applyStageChange,
  defaultStage,
  type Stage,
  type StageChange,
  stageChangeFault,
} from '@pose-coach/core/stage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeChanges, withoutScenes } from './merge-changes.ts';

const STAGE = defaultStage();
const [FIRST] = STAGE.scenes;
if (!FIRST) throw new Error('The stage has no scene.');
const scene = (id: string, name: string) => ({ ...FIRST, id, name });

const ids = fc.constantFrom('dance', 'skeleton', 'vertical', 'new', 'newer');

/** Changes as the editor makes them: without an order, which names all scenes of the stage that it is made for. */
const changes: fc.Arbitrary<StageChange> = fc
  .record(
    {
      scenes: fc.uniqueArray(fc.tuple(ids, fc.string({ minLength: 1, maxLength: 5 })), {
        selector: ([id]) => id,
        maxLength: 3,
      }),
      removed: fc.uniqueArray(ids, { maxLength: 2 }),
      current: ids,
      hidden: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ scenes, ...rest }) => ({
    ...rest,
    ...(scenes ? { scenes: scenes.map(([id, name]) => scene(id, name)) } : {}),
  }));

/** The scenes, in whichever order. */
const byId = ({ scenes }: Stage) => new Map(scenes.map((each) => [each.id, each]));

describe('changes merged into one', () => {
  it('do what they did one after the other', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        fc.pre(stageChangeFault(STAGE, first) === undefined);
        const between = applyStageChange(STAGE, first);
        fc.pre(stageChangeFault(between, second) === undefined);
        const after = applyStageChange(between, second);
        const merged = applyStageChange(STAGE, mergeChanges(first, second));
        expect(byId(merged)).toEqual(byId(after));
        expect(merged.hidden).toBe(after.hidden);
        if (second.current !== undefined) expect(merged.current).toBe(second.current);
      }),
    );
  });

  it('keep an order that names every scene', () => {
    const back: StageChange = {
      scenes: [scene('new', 'New')],
      order: ['new', 'dance', 'skeleton', 'vertical'],
    };
    const merged = mergeChanges(back, { scenes: [scene('newer', 'Newer')], removed: ['skeleton'] });
    expect(stageChangeFault(STAGE, merged)).toBeUndefined();
    expect(applyStageChange(STAGE, merged).scenes.map(({ id }) => id)).toEqual([
      'new',
      'dance',
      'vertical',
      'newer',
    ]);
  });

  it('lose what is said of some scenes, and nothing else', () => {
    const change: StageChange = { scenes: [scene('a', 'A'), scene('b', 'B')], removed: ['c'], hidden: true };
    expect(withoutScenes(change, ['a', 'c'])).toEqual({ scenes: [scene('b', 'B')], hidden: true });
    expect(withoutScenes({ scenes: [scene('a', 'A')] }, ['a'])).toBeUndefined();
  });
});
