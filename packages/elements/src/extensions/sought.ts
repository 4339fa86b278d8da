import type { Disposable } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import { filter, Subject } from 'rxjs';

/** How long after it is done somebody still looks for what it leads to, in ms: a question may come a moment later. */
const AFTERWARDS = 1000;

const acting = new WeakMap<Extensions, number>();
const beginnings = new Subject<{ readonly extensions: Extensions; readonly id: string }>();

/** Does what somebody asks of an extension, on whichever element: meanwhile they look for what it asks. */
export async function seeking<T>(extensions: Extensions, id: string, act: () => Promise<T>): Promise<T> {
  acting.set(extensions, count(extensions) + 1);
  beginnings.next({ extensions, id });
  try {
    return await act();
  } finally {
    setTimeout(() => acting.set(extensions, count(extensions) - 1), AFTERWARDS);
  }
}

/** Whether somebody has just asked something of one of these extensions, and waits for what comes of it. */
export function isSought(extensions: Extensions): boolean {
  return count(extensions) > 0;
}

/** Tells the id of an extension whenever somebody asks something of it. */
export function onSought(extensions: Extensions, tell: (id: string) => void): Disposable {
  const listening = beginnings
    .pipe(filter((beginning) => beginning.extensions === extensions))
    .subscribe(({ id }) => tell(id));
  return { dispose: () => listening.unsubscribe() };
}

function count(extensions: Extensions): number {
  return acting.get(extensions) ?? 0;
}
