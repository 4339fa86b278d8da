import type { Disposable } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import { fromEvent, Observable, startWith, switchMap } from 'rxjs';
import { EVENTS } from '../base/names.ts';

/** Whether the delay of sound and picture has not been measured yet; false where nobody takes it. */
export function isUnmeasured(extensions: Extensions | undefined, setting: string | undefined): boolean {
  if (!extensions || setting === undefined) return false;
  try {
    return extensions.settings.get(setting) === 0;
  } catch {
    // On no list: still being read, or switched off.
    return false;
  }
}

/**
 * Tells whenever a setting may have another value: now, when somebody has set it, and when its extension comes or goes.
 * @param find the extensions that are meant, asked again whenever a coach on the page has others
 */
export function settingChanges(root: Node, find: () => Extensions | undefined): Observable<void> {
  return fromEvent(root, EVENTS.extensions).pipe(
    startWith(undefined),
    switchMap(() => changesOf(find())),
  );
}

function changesOf(extensions: Extensions | undefined): Observable<void> {
  return new Observable((subscriber) => {
    const tell = () => subscriber.next();
    tell();
    const listening: readonly Disposable[] = extensions
      ? [extensions.onDidChange(tell), extensions.settings.onDidChange(tell)]
      : [];
    return () => {
      for (const each of listening) each.dispose();
    };
  });
}
