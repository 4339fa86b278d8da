import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultStage } from './default-stage.ts';
import { did, type History, history, redo, undo } from './history.ts';
import type { Scene } from './stage.ts';
import { SEED } from './stage-arbitraries.test-data.ts';

const scenes = defaultStage().scenes;
const named = (name: string): Scene => ({ ...(scenes[0] as Scene), name });

const name = ({ present }: History) => present.name;

describe('the history of a scene', () => {
  it('goes back and forth', () => {
    const three = did(did(history(named('1')), named('2')), named('3'));
    expect(name(three)).toBe('3');
    expect(name(undo(three))).toBe('2');
    expect(name(undo(undo(three)))).toBe('1');
    expect(name(redo(undo(undo(three))))).toBe('2');
    expect(undo(history(named('1'))).past).toEqual([]);
  });

  it('cannot do again what was undone before something else was done', () => {
    const other = did(undo(did(history(named('1')), named('2'))), named('3'));
    expect(redo(other)).toBe(other);
    expect(name(undo(other))).toBe('1');
  });

  it('takes everything of one drag for one step, and the next drag for another', () => {
    let now = history(named('start'));
    for (const [index, step] of ['drag 1', 'drag 1', 'drag 1', 'drag 2', 'drag 2'].entries()) {
      now = did(now, named(`${step}, ${index}`), step);
    }
    expect(name(undo(now))).toBe('drag 1, 2');
    expect(name(undo(undo(now)))).toBe('start');
    expect(name(redo(undo(undo(now))))).toBe('drag 1, 2');
  });

  it('ends a drag where something is undone', () => {
    const dragged = did(history(named('1')), named('2'), 'drag');
    expect(name(undo(did(redo(undo(dragged)), named('3'), 'drag')))).toBe('2');
  });

  it('remembers a hundred steps', () => {
    let now = history(named('0'));
    for (let step = 1; step <= 150; step += 1) now = did(now, named(String(step)));
    for (let step = 0; step < 150; step += 1) now = undo(now);
    expect(name(now)).toBe('50');
  });

  it('is where a list with a finger on it would be, whatever is done', () => {
    const action = fc.oneof(
      fc.constantFrom('undo' as const, 'redo' as const),
      fc.integer({ min: 0, max: 999 }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let now = history(named('start'));
        const list = ['start'];
        let finger = 0;
        for (const one of actions) {
          if (one === 'undo') {
            now = undo(now);
            finger = Math.max(0, finger - 1);
          } else if (one === 'redo') {
            now = redo(now);
            finger = Math.min(list.length - 1, finger + 1);
          } else {
            now = did(now, named(String(one)));
            list.splice(finger + 1, list.length, String(one));
            finger += 1;
          }
          expect(name(now)).toBe(list[finger]);
          expect([now.past.length, now.future.length]).toEqual([finger, list.length - 1 - finger]);
        }
      }),
      { seed: SEED },
    );
  });
});
