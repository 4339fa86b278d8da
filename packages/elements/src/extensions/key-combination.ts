import type { KeybindingDeclaration } from '@pose-coach/core/extensions';

/** The modifiers in the order in which manifests name them. */
const MODIFIERS = ['ctrl', 'alt', 'shift', 'meta'] as const;

/** Signs that manifests call by a name. */
const SIGN_NAMES: Readonly<Record<string, string>> = { ' ': 'space', '+': 'plus' };

/** Keys that `<pose-coach>` has a use for itself: an extension that claims one never hears of it there. */
export const OWN_KEYS: readonly string[] = ['space', 'm', 'n', 'a', 's', 'l'];

/** A key as people write it: `Shift+T`. */
export function keyWords(key: string): string {
  return key
    .split('+')
    .map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)
    .join('+');
}

/** Where letters and digits go; nothing that is typed there is a command. */
const FIELDS = 'input, select, textarea, [contenteditable]:not([contenteditable="false"])';
/** What Space and Enter press. */
const PRESSED = 'button, summary, a, [role="button"]';

/**
 * The keybinding that a key press asks for, unless the press belongs to something else: a field, a button that it
 * presses, a letter that is being composed, or whoever has taken it already. The first one declared wins.
 */
export function keybindingFor(
  event: KeyboardEvent,
  bindings: readonly KeybindingDeclaration[],
): KeybindingDeclaration | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.getModifierState('AltGraph')) {
    return undefined;
  }
  const names = keyNames(event);
  const [target] = event.composedPath();
  if (target instanceof Element) {
    if (target.matches(FIELDS)) return undefined;
    if (target.matches(PRESSED) && names.some((name) => name === 'space' || name === 'enter'))
      return undefined;
  }
  return bindings.find(({ key }) => names.includes(key.toLowerCase()));
}

/**
 * What a manifest calls a press: modifiers and the sign. Where Shift or Alt make another sign of it (`shift+1` gives
 * “!” on many keyboards), or the keyboard writes no Latin letters, what is printed on the key counts besides.
 */
function keyNames(event: KeyboardEvent): readonly string[] {
  const pressed = [event.ctrlKey, event.altKey, event.shiftKey, event.metaKey];
  const modifiers = MODIFIERS.filter((_, index) => pressed[index]);
  const lower = event.key.toLowerCase();
  const sign = SIGN_NAMES[lower] ?? lower;
  const printed = /^(?:Key|Digit)(\w)$/.exec(event.code)?.[1]?.toLowerCase();
  const signs = printed === undefined || /^[a-z0-9]$/.test(sign) ? [sign] : [sign, printed];
  return signs.map((name) => [...modifiers, name].join('+'));
}
