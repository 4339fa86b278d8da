import { afterEach, describe, expect, it } from 'vitest';
import { keybindingFor } from './key-combination.ts';

const BINDINGS = ['t', 'shift+t', 'ctrl+alt+1', 'space', 'shift+1', 'alt+o', 'plus'].map((key) => ({
  key,
  command: `hello.${key}`,
}));

afterEach(() => document.body.replaceChildren());

/** The binding that a press on an element asks for. */
function pressed(init: KeyboardEventInit, target: Element = document.body, before?: (event: Event) => void) {
  let found: string | undefined;
  const listen = (event: KeyboardEvent) => {
    before?.(event);
    found = keybindingFor(event, BINDINGS)?.key;
  };
  document.addEventListener('keydown', listen);
  target.dispatchEvent(
    new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...init }),
  );
  document.removeEventListener('keydown', listen);
  return found;
}

function element(markup: string): Element {
  document.body.innerHTML = markup;
  const { firstElementChild } = document.body;
  if (!firstElementChild) throw new Error('There is no element in this markup.');
  return firstElementChild;
}

describe('the keys of extensions', () => {
  it('are told apart by their modifiers', () => {
    expect(pressed({ key: 't', code: 'KeyT' })).toBe('t');
    expect(pressed({ key: 'T', code: 'KeyT', shiftKey: true })).toBe('shift+t');
    expect(pressed({ key: 't', code: 'KeyT', ctrlKey: true })).toBeUndefined();
    expect(pressed({ key: '1', code: 'Digit1', ctrlKey: true, altKey: true })).toBe('ctrl+alt+1');
    expect(pressed({ key: ' ', code: 'Space' })).toBe('space');
    expect(pressed({ key: '+', code: 'BracketRight' })).toBe('plus');
  });

  it('are what is printed on the key where Shift or Alt make another sign of it', () => {
    expect(pressed({ key: '!', code: 'Digit1', shiftKey: true })).toBe('shift+1');
    expect(pressed({ key: 'ø', code: 'KeyO', altKey: true })).toBe('alt+o');
    expect(pressed({ key: 'е', code: 'KeyT' })).toBe('t');
  });

  it('are what the keyboard writes where its letters lie elsewhere', () => {
    // On a French keyboard the key that others call Q writes A.
    expect(pressed({ key: 'a', code: 'KeyT' })).toBeUndefined();
    expect(pressed({ key: 't', code: 'KeyK' })).toBe('t');
  });

  it.each(['<input>', '<textarea></textarea>', '<select></select>', '<p contenteditable></p>'])(
    'stay letters in %s',
    (markup) => {
      expect(pressed({ key: 't', code: 'KeyT' }, element(markup))).toBeUndefined();
    },
  );

  it('leave a button its Space, and nothing else', () => {
    const button = element('<button>Go</button>');
    expect(pressed({ key: ' ', code: 'Space' }, button)).toBeUndefined();
    expect(pressed({ key: 't', code: 'KeyT' }, button)).toBe('t');
  });

  it('do nothing while held down, while a word is composed, or after somebody else has taken the press', () => {
    expect(pressed({ key: 't', code: 'KeyT', repeat: true })).toBeUndefined();
    expect(pressed({ key: 't', code: 'KeyT', isComposing: true })).toBeUndefined();
    expect(
      pressed({ key: 't', code: 'KeyT' }, document.body, (event) => event.preventDefault()),
    ).toBeUndefined();
  });
});
