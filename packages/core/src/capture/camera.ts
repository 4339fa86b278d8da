import { concat, defer, Observable, retry, switchMap, throwError } from 'rxjs';
import { type Clock, PoseCoachError, systemClock } from '../base/index.ts';
import { toCameraError } from './camera-errors.ts';
import { type CameraDevices, pageDevices } from './camera-list.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { inEpochs } from './taken-frame.ts';
import { trackFrames } from './track-frames.ts';
import { keepAwake } from './wake-lock.ts';

export interface CameraOptions {
  /** A camera of `listCameras()`, and no other. Default: what the browser or its user chooses. */
  readonly deviceId?: string;
  /** On phones: `user` looks at who holds it, `environment` away. A wish. */
  readonly facingMode?: 'user' | 'environment';
  /** Wished width in pixels, of the camera's own (landscape) picture. Default 640: engines look at less. */
  readonly width?: number;
  readonly height?: number;
  /** Wished frames per second. */
  readonly frameRate?: number;
  /** The running stream, to show it; undefined when it is gone. It belongs to the camera: do not stop its tracks. */
  onStream?(stream: MediaStream | undefined): void;
  /** The camera was unplugged or taken away (`CAMERA_LOST`). The source waits for it and goes on by itself. */
  onLost?(error: PoseCoachError): void;
  /** Default: the page's. */
  readonly mediaDevices?: CameraDevices;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Pixels. The seed tracker's cameras ran at 640×480, and models look at 256×256 of a person. */
const DEFAULT_WIDTH = 640;

/** Milliseconds between two looks for a lost camera, where no event tells of its return (older Android). */
const LOOK_AGAIN = 1000;

/** A camera that was running and is gone: enough to know it when it comes back. */
interface LostCamera {
  readonly deviceId: string;
  readonly label: string;
}

/**
 * A camera's frames. Subscribing asks for permission and opens it; unsubscribing lets it go. The screen is kept
 * awake meanwhile. A camera that is unplugged is waited for, and the same one opened again, in a new epoch; so is
 * a phone that was turned. Frames go on while the page is hidden, where the browser reads tracks in workers.
 *
 * Errors with `CAMERA_DENIED`, `CAMERA_NOT_FOUND`, `CAMERA_IN_USE`, `CAMERA_FAILED`, `INSECURE_CONTEXT` or
 * `SOURCE_UNSUPPORTED`; subscribing again tries again. Never completes.
 */
export function camera(options: CameraOptions = {}): Observable<CapturedFrame> {
  return defer(() => {
    const devices = options.mediaDevices ?? pageDevices();
    const clock = options.clock ?? systemClock;
    let lost: LostCamera | undefined;
    return defer(() => openStream(devices, constraints(options, lost), options)).pipe(
      switchMap((stream) => {
        const [track] = stream.getVideoTracks();
        if (!track) throw toCameraError(undefined);
        const running = { deviceId: track.getSettings().deviceId ?? '', label: track.label };
        const gone = defer(() => {
          lost = running;
          const error = new PoseCoachError(
            'CAMERA_LOST',
            `The camera ${track.label ? `"${track.label}" ` : ''}is gone. Plug it in again, or choose another one.`,
          );
          options.onLost?.(error);
          return throwError(() => error);
        });
        return concat(trackFrames(track, clock).pipe(inEpochs()), gone);
      }),
      retry({
        delay: (thrown: unknown) => {
          const error = toCameraError(thrown);
          // One that never ran is for a person to see to; so is a permission that was taken back.
          if (!lost || error.code === 'CAMERA_DENIED') return throwError(() => error);
          return returned(devices, lost, clock, (found) => {
            lost = found;
          });
        },
      }),
    );
  });
}

function constraints(options: CameraOptions, lost: LostCamera | undefined): MediaTrackConstraints {
  const { facingMode, width = DEFAULT_WIDTH, height, frameRate } = options;
  const deviceId = lost?.deviceId || options.deviceId;
  return {
    width: { ideal: width },
    ...(height === undefined ? {} : { height: { ideal: height } }),
    ...(frameRate === undefined ? {} : { frameRate: { ideal: frameRate } }),
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    ...(facingMode === undefined || deviceId ? {} : { facingMode: { ideal: facingMode } }),
  };
}

/** The opened camera, until unsubscribed; its tracks are then stopped, also of one that opens too late. */
function openStream(
  devices: CameraDevices,
  video: MediaTrackConstraints,
  { onStream }: CameraOptions,
): Observable<MediaStream> {
  return new Observable((subscriber) => {
    const open = async () => {
      const stream = await devices.getUserMedia({ video, audio: false });
      const stop = () => {
        for (const track of stream.getTracks()) track.stop();
      };
      subscriber.add(stop);
      if (subscriber.closed) return;
      subscriber.add(keepAwake());
      subscriber.add(() => onStream?.(undefined));
      onStream?.(stream);
      subscriber.next(stream);
    };
    open().catch((error: unknown) => subscriber.error(toCameraError(error)));
  });
}

/**
 * Emits once the lost camera is there again: the same id, or the same name where the system gave it a new id (it
 * was plugged in elsewhere). Never another camera: whoever unplugs one does not expect to be filmed by the next.
 */
function returned(
  devices: CameraDevices,
  lost: LostCamera,
  clock: Clock,
  found: (camera: LostCamera) => void,
): Observable<void> {
  return new Observable((subscriber) => {
    let cancel = () => {};
    const look = async () => {
      cancel();
      const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
      if (subscriber.closed) return;
      const same = findAgain(cameras, lost);
      if (same) {
        found(same);
        subscriber.next();
      } else cancel = clock.delay(LOOK_AGAIN, lookOrFail);
    };
    const lookOrFail = () => {
      look().catch((error: unknown) => subscriber.error(toCameraError(error)));
    };
    devices.addEventListener('devicechange', lookOrFail);
    cancel = clock.delay(LOOK_AGAIN, lookOrFail);
    return () => {
      cancel();
      devices.removeEventListener('devicechange', lookOrFail);
    };
  });
}

/** The lost camera among those listed. Where the browser keeps ids and names back, any is worth a try by its old id. */
export function findAgain(
  cameras: readonly Pick<MediaDeviceInfo, 'deviceId' | 'label'>[],
  lost: LostCamera,
): LostCamera | undefined {
  const same =
    cameras.find(({ deviceId }) => deviceId !== '' && deviceId === lost.deviceId) ??
    cameras.find(({ label }) => label !== '' && label === lost.label);
  if (same) return { deviceId: same.deviceId, label: same.label };
  return cameras.some(({ deviceId, label }) => deviceId === '' && label === '') ? lost : undefined;
}
