import type { Scene } from './stage.ts';

/** Steps that can be undone. Scenes share what has not changed, so that a step costs little. */
const MOST_STEPS = 100;

/** A scene, what it was before, and what it was when something was undone. Never changed: each step makes a new one. */
export interface History {
  readonly present: Scene;
  /** The oldest first. */
  readonly past: readonly Scene[];
  /** What `redo` comes to, first. */
  readonly future: readonly Scene[];
  /** Of the step that led to the present, if it can go on. */
  readonly step: string | undefined;
}

/** The history of a scene to which nothing has been done yet. */
export function history(scene: Scene): History {
  return { present: scene, past: [], future: [], step: undefined };
}

/**
 * Something has been done to the scene; what was undone before cannot be done again any more.
 * @param step what is done with the same one, in a row, is one step together: everything of one drag
 */
export function did(before: History, scene: Scene, step?: string): History {
  if (scene === before.present) return before;
  const goesOn = step !== undefined && step === before.step;
  const past = goesOn ? before.past : [...before.past, before.present].slice(-MOST_STEPS);
  return { present: scene, past, future: [], step };
}

/** One step back; the same when there is none. */
export function undo(from: History): History {
  const present = from.past.at(-1);
  if (present === undefined) return from;
  return { present, past: from.past.slice(0, -1), future: [from.present, ...from.future], step: undefined };
}

/** One step on again; the same when there is none. */
export function redo(from: History): History {
  const [present, ...future] = from.future;
  if (present === undefined) return from;
  return { present, past: [...from.past, from.present], future, step: undefined };
}
