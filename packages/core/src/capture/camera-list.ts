import { Observable } from 'rxjs';
import { PoseCoachError } from '../base/index.ts';
import { toCameraError } from './camera-errors.ts';

/** What of `navigator.mediaDevices` cameras need; tests bring their own. */
export type CameraDevices = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

/** A camera to choose from. */
export interface CameraDevice {
  /** For `camera({ deviceId })`. Empty until the page was allowed a camera once: browsers keep it back. */
  readonly deviceId: string;
  /** The camera's name; `Camera 1` and so on until the page was allowed a camera once. */
  readonly label: string;
}

/**
 * The page's media devices.
 * @throws PoseCoachError `INSECURE_CONTEXT`, or `SOURCE_UNSUPPORTED` where there are none (Node, a worker)
 */
export function pageDevices(): CameraDevices {
  const devices: CameraDevices | undefined = globalThis.navigator?.mediaDevices;
  if (devices) return devices;
  if (globalThis.isSecureContext === false) {
    throw new PoseCoachError(
      'INSECURE_CONTEXT',
      'Browsers give a camera to secure pages only. Open this page at an https address or at http://localhost.',
    );
  }
  throw new PoseCoachError(
    'SOURCE_UNSUPPORTED',
    'There is no access to cameras here. Open the page in a current browser.',
  );
}

/**
 * The cameras of this device, for a picker. Asks nobody for permission: before one was given, names and ids are
 * missing, so list again when a camera has started.
 * @throws PoseCoachError `INSECURE_CONTEXT`, `SOURCE_UNSUPPORTED`, `CAMERA_FAILED`
 */
export async function listCameras(devices: CameraDevices = pageDevices()): Promise<readonly CameraDevice[]> {
  const all = await devices.enumerateDevices().catch((error: unknown) => {
    throw toCameraError(error);
  });
  return all
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Camera ${index + 1}` }));
}

/** `listCameras`, at once and again whenever a camera is plugged in or out. Errors as it does. */
export function watchCameras(devices?: CameraDevices): Observable<readonly CameraDevice[]> {
  return new Observable((subscriber) => {
    const source = devices ?? pageDevices();
    const list = () => {
      listCameras(source).then(
        (cameras) => subscriber.next(cameras),
        (error: unknown) => subscriber.error(error),
      );
    };
    source.addEventListener('devicechange', list);
    list();
    return () => source.removeEventListener('devicechange', list);
  });
}
