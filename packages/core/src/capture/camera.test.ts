import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { camera, findAgain } from './camera.ts';
import { type CameraDevices, listCameras, watchCameras } from './camera-list.ts';

/** Devices that answer as they are told to. */
function devices(answers: Partial<CameraDevices>): CameraDevices & EventTarget {
  const none: Pick<CameraDevices, 'getUserMedia' | 'enumerateDevices'> = {
    getUserMedia: () => Promise.reject(new DOMException('none', 'NotFoundError')),
    enumerateDevices: async () => [],
  };
  return Object.assign(new EventTarget(), none, answers) as CameraDevices & EventTarget;
}

const device = (deviceId: string, label: string, kind: MediaDeviceKind = 'videoinput') =>
  ({ deviceId, label, kind, groupId: '' }) as MediaDeviceInfo;

afterEach(() => vi.unstubAllGlobals());

describe('camera', () => {
  it('says that there is no access to cameras where there is none, as in Node', async () => {
    await expect(firstValueFrom(camera())).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });

  it('says that the page is not secure where that is why', async () => {
    vi.stubGlobal('isSecureContext', false);
    await expect(firstValueFrom(camera())).rejects.toMatchObject({ code: 'INSECURE_CONTEXT' });
  });

  it('opens nothing before it is subscribed', () => {
    const getUserMedia = vi.fn();
    camera({ mediaDevices: devices({ getUserMedia }) });
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it('does not try again by itself when the camera could not be opened at all', async () => {
    const getUserMedia = vi.fn(() => Promise.reject(new DOMException('busy', 'NotReadableError')));
    await expect(firstValueFrom(camera({ mediaDevices: devices({ getUserMedia }) }))).rejects.toMatchObject({
      code: 'CAMERA_IN_USE',
    });
    expect(getUserMedia).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{}, { width: { ideal: 640 } }],
    [
      { width: 1280, height: 720, frameRate: 60 },
      { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 60 } },
    ],
    [{ facingMode: 'environment' as const }, { width: { ideal: 640 }, facingMode: { ideal: 'environment' } }],
    [
      { deviceId: 'front', facingMode: 'user' as const },
      { width: { ideal: 640 }, deviceId: { exact: 'front' } },
    ],
  ])('asks for %o', async (options, video) => {
    const getUserMedia = vi.fn(() => Promise.reject(new DOMException('none', 'NotFoundError')));
    const frames = camera({ ...options, mediaDevices: devices({ getUserMedia }) });
    await expect(firstValueFrom(frames)).rejects.toMatchObject({ code: 'CAMERA_NOT_FOUND' });
    expect(getUserMedia).toHaveBeenCalledWith({ video, audio: false });
  });

  it('stops a camera that opens after nobody wants it any more', async () => {
    const stop = vi.fn();
    let open: (stream: MediaStream) => void = () => {};
    const opening = new Promise<MediaStream>((resolve) => {
      open = resolve;
    });
    const onStream = vi.fn();
    const subscription = camera({
      mediaDevices: devices({ getUserMedia: () => opening }),
      onStream,
    }).subscribe();
    subscription.unsubscribe();
    open({ getTracks: () => [{ stop }] } as unknown as MediaStream);
    await opening;
    await Promise.resolve();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(onStream).not.toHaveBeenCalled();
  });
});

describe('findAgain', () => {
  const lost = { deviceId: 'a', label: 'Webcam C920' };

  it('knows the camera by its id, and by its name when it came back with another id', () => {
    expect(findAgain([device('b', 'Webcam C920'), device('a', 'renamed')], lost)?.deviceId).toBe('a');
    expect(findAgain([device('b', 'Laptop'), device('c', 'Webcam C920')], lost)).toEqual({
      deviceId: 'c',
      label: 'Webcam C920',
    });
  });

  it('never takes another camera for the lost one', () => {
    expect(findAgain([device('b', 'Laptop')], lost)).toBeUndefined();
    expect(findAgain([], lost)).toBeUndefined();
  });

  it('tries the old id where the browser keeps ids and names back', () => {
    expect(findAgain([device('', '')], lost)).toBe(lost);
  });
});

describe('listCameras', () => {
  it('lists cameras only, and numbers those without a name', async () => {
    const list = [device('m', 'Microphone', 'audioinput'), device('a', 'Webcam'), device('', '')];
    expect(await listCameras(devices({ enumerateDevices: async () => list }))).toEqual([
      { deviceId: 'a', label: 'Webcam' },
      { deviceId: '', label: 'Camera 2' },
    ]);
  });

  it('says that there is no access to cameras in Node', async () => {
    await expect(listCameras()).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });

  it('lists again when one is plugged in', async () => {
    let list = [device('a', 'Webcam')];
    const source = devices({ enumerateDevices: async () => list });
    const lists = lastValueFrom(watchCameras(source).pipe(take(2), toArray()));
    await Promise.resolve();
    list = [...list, device('b', 'Laptop')];
    await new Promise((resolve) => setTimeout(resolve));
    source.dispatchEvent(new Event('devicechange'));
    expect((await lists).map(({ length }) => length)).toEqual([1, 2]);
  });
});
