import { type Observable, Subscription } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../base/index.ts';
import type { TakenFrame } from './taken-frame.ts';
import { PaintedCanvas } from './testing/painted-canvas.ts';
import { elementFrames, processorFrames, trackFrames, workerFrames } from './track-frames.ts';

const painted = new PaintedCanvas();
const openTracks: MediaStreamTrack[] = [];

function newTrack(): MediaStreamTrack {
  const [track] = painted.canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('The canvas gave no track.');
  openTracks.push(track);
  return track;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const track of openTracks.splice(0)) track.stop();
});

/** Subscribes and keeps what came, closing each picture. */
function watch(source: Observable<TakenFrame>) {
  const frames: TakenFrame[] = [];
  const subscription = new Subscription();
  const result = { frames, subscription, completed: false, error: undefined as unknown };
  subscription.add(
    source.subscribe({
      next: (frame) => {
        frame.image.close();
        frames.push(frame);
      },
      complete: () => {
        result.completed = true;
      },
      error: (error: unknown) => {
        result.error = error;
      },
    }),
  );
  return result;
}

const ways = [
  ['a worker', (track: MediaStreamTrack) => workerFrames(track)],
  ['the page', (track: MediaStreamTrack) => processorFrames(track, systemClock)],
  ['a hidden element', (track: MediaStreamTrack) => elementFrames(track, systemClock)],
] as const;

describe.each(ways)('frames of a track, read by %s', (_way, read) => {
  it('come at the pace of the source, later each time, captured just now', async () => {
    const before = systemClock.now();
    const { frames, subscription } = watch(read(newTrack()));
    await vi.waitFor(() => expect(frames.length).toBeGreaterThanOrEqual(15), 10_000);
    subscription.unsubscribe();
    for (const [index, { timestamp, capturedAt }] of frames.entries()) {
      const previous = frames[index - 1];
      if (previous) {
        expect(timestamp).toBeGreaterThan(previous.timestamp);
        expect(timestamp - previous.timestamp).toBeLessThan(500);
      }
      expect(capturedAt).toBeGreaterThan(before - 1000);
      expect(capturedAt).toBeLessThanOrEqual(systemClock.now() + 1);
    }
  });

  it('complete when somebody stops the track', async () => {
    const track = newTrack();
    const watched = watch(read(track));
    await vi.waitFor(() => expect(watched.frames.length).toBeGreaterThan(2), 10_000);
    track.stop();
    await vi.waitFor(() => expect(watched.completed).toBe(true), 5000);
    expect(watched.error).toBeUndefined();
  });

  it('leave the track running when nobody wants them any more, and stop coming', async () => {
    const track = newTrack();
    const { frames, subscription } = watch(read(track));
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(2), 10_000);
    subscription.unsubscribe();
    const count = frames.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(frames.length).toBe(count);
    expect(track.readyState).toBe('live');
  });

  it('can be wanted for no time at all', async () => {
    const { frames, subscription, error } = watch(read(newTrack()));
    subscription.unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(frames).toEqual([]);
    expect(error).toBeUndefined();
  });
});

describe('trackFrames', () => {
  it('reads in a worker here', async () => {
    const started = vi.fn();
    const PageWorker = Worker;
    vi.stubGlobal(
      'Worker',
      class extends PageWorker {
        constructor(url: string | URL) {
          super(url);
          started(String(url));
        }
      },
    );
    const { frames, subscription } = watch(trackFrames(newTrack(), systemClock));
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(2), 10_000);
    subscription.unsubscribe();
    expect(started.mock.calls).toEqual([[expect.stringMatching(/^blob:/)]]);
  });

  it('reads by an element where there is no processor, as in Firefox', async () => {
    const track = newTrack();
    // A worker of Chromium has a processor of its own; a track, unlike in Safari, cannot be sent to it.
    vi.stubGlobal('MediaStreamTrackProcessor', undefined);
    const played = vi.spyOn(HTMLVideoElement.prototype, 'play');
    const { frames, subscription } = watch(trackFrames(track, systemClock));
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(2), 10_000);
    subscription.unsubscribe();
    expect(played).toHaveBeenCalledTimes(1);
    expect(track.readyState).toBe('live');
    played.mockRestore();
  });

  it('completes at once for a track that has ended', () => {
    const track = newTrack();
    track.stop();
    expect(watch(trackFrames(track, systemClock)).completed).toBe(true);
  });
});

describe('frames of a camera, read by a worker', () => {
  it('go on coming while earlier ones are still held: an engine at work does not stop the camera', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('The camera gave no track.');
    openTracks.push(track);
    const held: VideoFrame[] = [];
    let arrived = 0;
    const subscription = workerFrames(track).subscribe(({ image }) => {
      arrived += 1;
      if (image instanceof VideoFrame && held.length < 4) held.push(image);
      else image.close();
    });
    await vi.waitFor(() => expect(arrived).toBeGreaterThan(20), 10_000);
    subscription.unsubscribe();
    const formats = held.map(({ format, displayWidth, displayHeight }) => ({
      format,
      displayWidth,
      displayHeight,
    }));
    for (const frame of held) frame.close();
    expect(held).toHaveLength(4);
    const { width, height } = track.getSettings();
    for (const each of formats) expect(each).toMatchObject({ displayWidth: width, displayHeight: height });
  });
});
