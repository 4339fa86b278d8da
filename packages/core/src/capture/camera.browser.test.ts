import { firstValueFrom, lastValueFrom, Observable, take, toArray } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PoseCoachError } from '../base/index.ts';
import { camera } from './camera.ts';
import { type CameraDevices, listCameras } from './camera-list.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { collect } from './testing/collect.ts';
import { PaintedCanvas } from './testing/painted-canvas.ts';

/** A camera that can be pulled out: a painted canvas behind the page's own API. */
class PluggableCamera extends EventTarget implements CameraDevices {
  readonly painted = new PaintedCanvas();
  readonly opened: MediaStream[] = [];
  readonly asked: MediaTrackConstraints[] = [];
  plugged = true;
  refusal: DOMException | undefined;

  async getUserMedia(constraints?: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints?.video as MediaTrackConstraints);
    if (this.refusal) throw this.refusal;
    if (!this.plugged) throw new DOMException('none', 'NotFoundError');
    const stream = this.painted.canvas.captureStream();
    this.opened.push(stream);
    return stream;
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const [track] = this.opened.at(-1)?.getVideoTracks() ?? [];
    const { deviceId = '' } = track?.getSettings() ?? {};
    const device = {
      kind: 'videoinput',
      deviceId,
      label: track?.label ?? '',
      groupId: '',
    } as MediaDeviceInfo;
    return this.plugged ? [device] : [];
  }

  /** The browser stops the tracks of an unplugged camera, tells them so, and then the page. */
  unplug(): void {
    this.plugged = false;
    for (const track of this.opened.at(-1)?.getVideoTracks() ?? []) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    this.dispatchEvent(new Event('devicechange'));
  }

  plug(): void {
    this.plugged = true;
    this.dispatchEvent(new Event('devicechange'));
  }
}

const pluggables: PluggableCamera[] = [];
const pluggable = () => {
  const made = new PluggableCamera();
  pluggables.push(made);
  return made;
};

afterEach(() => {
  vi.restoreAllMocks();
  for (const each of pluggables.splice(0)) each.painted.dispose();
});

describe('camera', () => {
  it('gives frames of the wished width, in one epoch, later each time, captured just now', async () => {
    const before = performance.timeOrigin + performance.now();
    const frames = await collect(camera({ width: 640 }), ({ length }) => length === 20);
    const after = performance.timeOrigin + performance.now();
    expect(frames.map(({ width, height }) => `${width}x${height}`)).toEqual(Array(20).fill('640x480'));
    expect(new Set(frames.map(({ epoch }) => epoch)).size).toBe(1);
    for (const [index, frame] of frames.entries()) {
      const previous = frames[index - 1];
      if (previous) expect(frame.timestamp).toBeGreaterThan(previous.timestamp);
      expect(frame.capturedAt).toBeGreaterThan(before);
      expect(frame.capturedAt).toBeLessThan(after);
    }
    // Chromium's fake camera gives 20 frames per second unless asked otherwise.
    const [first, last] = [frames[0], frames.at(-1)];
    const rate = (19 * 1000) / ((last?.timestamp ?? 0) - (first?.timestamp ?? 0));
    expect(rate).toBeGreaterThan(10);
    expect(rate).toBeLessThan(21);
  });

  it('closes or hands over every frame once, and what it opened is closed when nobody is left', async () => {
    const received = new Set<VideoFrame>();
    const closed = new Map<VideoFrame, number>();
    const close = VideoFrame.prototype.close;
    vi.spyOn(VideoFrame.prototype, 'close').mockImplementation(function (this: VideoFrame) {
      closed.set(this, (closed.get(this) ?? 0) + 1);
      close.call(this);
    });
    // The page gets a frame by a message of its worker, and in no other way.
    const workers: Worker[] = [];
    const terminated = new Set<Worker>();
    const PageWorker = Worker;
    vi.stubGlobal(
      'Worker',
      class extends PageWorker {
        constructor(url: string | URL) {
          super(url);
          workers.push(this);
          this.addEventListener('message', ({ data }) => data.image && received.add(data.image));
        }
        override terminate() {
          terminated.add(this);
          super.terminate();
        }
      },
    );
    let stream: MediaStream | undefined;
    let taken = 0;
    const subscription = camera({ onStream: (opened) => (stream = opened ?? stream) }).subscribe((frame) => {
      taken += 1;
      frame.image.close();
    });
    await vi.waitFor(() => expect(taken).toBeGreaterThanOrEqual(15), 10_000);
    subscription.unsubscribe();
    vi.unstubAllGlobals();
    expect(stream?.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
    await vi.waitFor(() => expect(terminated.size).toBe(1));
    expect(workers).toHaveLength(1);
    // A frame that was on its way when the page left was closed by the source.
    expect(received.size).toBeGreaterThanOrEqual(taken);
    expect([...received].map((frame) => closed.get(frame))).toEqual(Array(received.size).fill(1));
    expect(closed.size).toBe(received.size);
    for (const frame of received) expect(frame.format).toBeNull();
  });

  it('shows its stream while it runs, and opens the chosen camera', async () => {
    const [first] = await listCameras();
    const streams: (MediaStream | undefined)[] = [];
    const frames = camera({ deviceId: first?.deviceId ?? '', onStream: (stream) => streams.push(stream) });
    await collect(frames, ({ length }) => length === 2);
    await vi.waitFor(() => expect(streams).toHaveLength(2));
    expect(streams[0]?.getVideoTracks()[0]?.getSettings().deviceId).toBe(first?.deviceId);
    expect(first?.label).toContain('fake');
    expect(streams[1]).toBeUndefined();
  });

  it('says that a camera which is not there was not found', async () => {
    await expect(firstValueFrom(camera({ deviceId: 'no-such-camera' }))).rejects.toMatchObject({
      code: 'CAMERA_NOT_FOUND',
    });
  });

  it('runs once for each subscriber, each with epochs of its own', async () => {
    const source = camera();
    const [first, second] = await Promise.all([
      collect(source, ({ length }) => length === 5),
      collect(source, ({ length }) => length === 5),
    ]);
    expect(first[0]?.epoch).not.toBe(second[0]?.epoch);
  });

  it('waits for an unplugged camera and goes on, in a new epoch, when it is plugged in again', async () => {
    const mediaDevices = pluggable();
    const lost: PoseCoachError[] = [];
    const streams: (MediaStream | undefined)[] = [];
    const frames: CapturedFrame[] = [];
    const subscription = camera({
      mediaDevices,
      onLost: (error) => lost.push(error),
      onStream: (stream) => streams.push(stream),
    }).subscribe((frame) => {
      frame.image.close();
      frames.push(frame);
    });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(5), 10_000);
    mediaDevices.unplug();
    await vi.waitFor(() => expect(lost.map(({ code }) => code)).toEqual(['CAMERA_LOST']));
    expect(streams.map((stream) => stream === undefined)).toEqual([false, true]);
    const before = frames.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mediaDevices.opened).toHaveLength(1);

    mediaDevices.plug();
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(before + 5), 10_000);
    expect(frames.at(-1)?.epoch).not.toBe(frames[before - 1]?.epoch);
    expect(streams.map((stream) => stream === undefined)).toEqual([false, true, false]);
    expect(lost).toHaveLength(1);
    subscription.unsubscribe();
    const states = mediaDevices.opened.flatMap((stream) =>
      stream.getTracks().map(({ readyState }) => readyState),
    );
    expect(states).toEqual(['ended', 'ended']);
  });

  it('asks for exactly the lost camera, waits while another program has it, and says when it is refused', async () => {
    const mediaDevices = pluggable();
    const failed = new Promise<PoseCoachError>((resolve) => {
      camera({ mediaDevices }).subscribe({
        next: (frame) => frame.image.close(),
        error: (error: PoseCoachError) => resolve(error),
      });
    });
    await vi.waitFor(() => expect(mediaDevices.opened).toHaveLength(1));
    const deviceId = mediaDevices.opened[0]?.getVideoTracks()[0]?.getSettings().deviceId;
    mediaDevices.unplug();
    mediaDevices.refusal = new DOMException('busy', 'NotReadableError');
    mediaDevices.plug();
    await vi.waitFor(() => expect(mediaDevices.asked.length).toBeGreaterThanOrEqual(3), 5000);
    if (deviceId) expect(mediaDevices.asked.at(-1)?.deviceId).toEqual({ exact: deviceId });
    mediaDevices.refusal = new DOMException('no', 'NotAllowedError');
    expect((await failed).code).toBe('CAMERA_DENIED');
  });

  it('follows a phone that is turned: the size changes, and with it the epoch', async () => {
    const mediaDevices = pluggable();
    const frames = await collect(camera({ mediaDevices }), (all) => {
      if (all.length === 5) mediaDevices.painted.resize(240, 320);
      return all.filter(({ width }) => width === 240).length === 5;
    });
    const [first, last] = [frames[0], frames.at(-1)];
    expect(first).toMatchObject({ width: 320, height: 240 });
    expect(last).toMatchObject({ width: 240, height: 320 });
    expect(last?.epoch).not.toBe(first?.epoch);
    expect(new Set(frames.map(({ width, epoch }) => `${width} ${epoch}`)).size).toBe(2);
  });

  it('keeps the screen awake while it runs and no longer', async () => {
    const sentinels: WakeLockSentinel[] = [];
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    vi.spyOn(navigator.wakeLock, 'request').mockImplementation(async (type) => {
      const sentinel = await request(type);
      sentinels.push(sentinel);
      return sentinel;
    });
    const subscription = camera().subscribe((frame) => frame.image.close());
    await vi.waitFor(() => expect(sentinels).toHaveLength(1), 5000);
    expect(sentinels[0]?.released).toBe(false);
    subscription.unsubscribe();
    await vi.waitFor(() => expect(sentinels[0]?.released).toBe(true));
    expect(sentinels).toHaveLength(1);
  });

  it('gives the newest frames to a page that is busy, and says how many it skipped', async () => {
    const frames = await lastValueFrom(
      camera({ frameRate: 30 }).pipe(
        take(8),
        (source) =>
          new Observable<CapturedFrame>((subscriber) =>
            source.subscribe({
              next: (frame) => {
                frame.image.close();
                const until = performance.now() + 250;
                while (performance.now() < until);
                subscriber.next(frame);
              },
              complete: () => subscriber.complete(),
            }),
          ),
        toArray(),
      ),
    );
    // A quarter of a second each, at 20 to 30 frames per second: one or two are given, two to seven skipped.
    const skipped = frames.reduce((sum, frame) => sum + frame.skipped, 0);
    expect(skipped).toBeGreaterThanOrEqual(8);
    const [first, last] = [frames[0], frames.at(-1)];
    const given = (last?.timestamp ?? 0) - (first?.timestamp ?? 0);
    const taken = (last?.capturedAt ?? 0) - (first?.capturedAt ?? 0);
    expect(Math.abs(given - taken)).toBeLessThan(100);
  });
});
