import type { PoseFrame } from '@pose-coach/core';
import { Observable } from 'rxjs';
import { EVENTS } from '../base/names.ts';
import type { PoseCoachElement } from '../coach/pose-coach.ts';

/** The `<pose-coach>` of this id, as a label names its field; undefined as long as there is none. */
export function coachOf(viewer: Element, id: string | undefined): PoseCoachElement | undefined {
  const root = viewer.getRootNode() as Partial<Document>;
  const found = id ? root.getElementById?.(id) : undefined;
  return found?.localName === 'pose-coach' ? (found as PoseCoachElement) : undefined;
}

/**
 * The frames of a `<pose-coach>`, also when it appears, stops and starts again later: what it tells, so that nothing
 * runs for this alone.
 * @param find asked with each frame of any coach on the page whether it is the one that is meant
 */
export function coachFrames(root: Node, find: () => PoseCoachElement | undefined): Observable<PoseFrame> {
  return new Observable((subscriber) => {
    const tell = (event: Event) => {
      if (event.target !== find()) return;
      subscriber.next((event as HTMLElementEventMap['pose-frame']).detail.frame);
    };
    root.addEventListener(EVENTS.frame, tell);
    return () => root.removeEventListener(EVENTS.frame, tell);
  });
}
