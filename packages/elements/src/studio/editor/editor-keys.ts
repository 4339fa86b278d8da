/** What a key asks the editor to do. */
export type KeyAction =
  | { readonly do: 'move' | 'resize'; readonly dx: number; readonly dy: number }
  | { readonly do: 'remove' | 'duplicate' | 'undo' | 'redo' | 'forward' | 'backward' | 'deselect' };

/** Stage pixels of one step, and of one with Shift. */
const STEP = 1;
const LARGE_STEP = 10;

const ARROWS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key and what is held with it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * What a key means in the editor. On a Mac ⌘ stands for Ctrl.
 * @param onItem whether an item has the keyboard: elsewhere arrows, Delete and brackets have meanings of their own
 */
export function keyAction(press: KeyPress, onItem: boolean): KeyAction | undefined {
  const { key, shiftKey, altKey } = press;
  const control = press.ctrlKey || press.metaKey;
  if (altKey) return undefined;
  if (control) {
    const letter = key.toLowerCase();
    if (letter === 'z') return { do: shiftKey ? 'redo' : 'undo' };
    if (letter === 'y') return { do: 'redo' };
    if (letter === 'd' && onItem) return { do: 'duplicate' };
  }
  if (!onItem) return undefined;
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? LARGE_STEP : STEP;
    return { do: control ? 'resize' : 'move', dx: arrow[0] * step, dy: arrow[1] * step };
  }
  if (control) return undefined;
  switch (key) {
    case 'Delete':
    case 'Backspace':
      return { do: 'remove' };
    case ']':
      return { do: 'forward' };
    case '[':
      return { do: 'backward' };
    case 'Escape':
      return { do: 'deselect' };
    default:
      return undefined;
  }
}
