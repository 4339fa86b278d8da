import { describe, expect, it } from 'vitest';
import { type KeyPress, keyAction } from './editor-keys.ts';

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ...NONE, ...held };
}

describe('the keys of the editor', () => {
  it.each([
    ['ArrowLeft', {}, { do: 'move', dx: -1, dy: 0 }],
    ['ArrowDown', { shiftKey: true }, { do: 'move', dx: 0, dy: 10 }],
    ['ArrowRight', { ctrlKey: true }, { do: 'resize', dx: 1, dy: 0 }],
    ['ArrowUp', { ctrlKey: true, shiftKey: true }, { do: 'resize', dx: 0, dy: -10 }],
    ['Delete', {}, { do: 'remove' }],
    [']', {}, { do: 'forward' }],
    ['[', {}, { do: 'backward' }],
    ['d', { ctrlKey: true }, { do: 'duplicate' }],
    ['Escape', {}, { do: 'deselect' }],
  ])('%s with %o on an item', (key, held, action) => {
    expect(keyAction(press(key, held), true)).toEqual(action);
    expect(keyAction(press(key, held), false)).toBeUndefined();
  });

  it.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['z', { metaKey: true }, 'undo'],
    ['y', { ctrlKey: true }, 'redo'],
  ])('%s with %o anywhere', (key, held, action) => {
    expect(keyAction(press(key, held), false)).toEqual({ do: action });
  });

  it('leaves to the browser what is its own', () => {
    expect(keyAction(press('ArrowLeft', { altKey: true }), true)).toBeUndefined();
    expect(keyAction(press('a'), true)).toBeUndefined();
    expect(keyAction(press('c', { ctrlKey: true }), true)).toBeUndefined();
    expect(keyAction(press('Tab'), true)).toBeUndefined();
  });
});
