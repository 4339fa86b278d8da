import { catchError, defer, EMPTY, from, type Observable, switchMap } from 'rxjs';
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
