import { catchError, defer, EMPTY, filter, from, type Observable, pairwise, switchMap, take } from 'rxjs';
import { loadCode } from '../lazy/load-code.ts';
import type { CameraChoice } from '../source-picker/pose-source-picker.ts';

/**
 * The cameras to choose from, now and whenever one comes or goes. Where they cannot be listed there are none to
 * choose from; why is told when somebody starts one.
 */
export function cameraChoices(): Observable<readonly CameraChoice[]> {
  return defer(() => from(loadCode(() => import('../lazy/capture.ts')))).pipe(
    switchMap(({ watchCameras }) => watchCameras()),
    catchError(() => EMPTY),
  );
}

/** Emits once a camera is plugged in: one more than there were. Nothing where cameras cannot be listed. */
export function cameraArrival(): Observable<unknown> {
  return cameraChoices().pipe(
    pairwise(),
    filter(([before, now]) => now.length > before.length),
    take(1),
  );
}
