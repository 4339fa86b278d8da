import type { PoseFrame } from '@pose-coach/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import './pose-coach.ts';
import type { PoseCoachElement } from './pose-coach.ts';

const CLIP = '/fixtures/videos/dance_phrase_talmolab.mp4';
/** Loading the real engine on a slow machine. */
const ENGINE_TIME = 60_000;

afterEach(() => document.body.replaceChildren());

function poseCoach(changes: Partial<PoseCoachElement>): PoseCoachElement {
  const element = document.createElement('pose-coach');
  element.style.cssText = 'width:384px;height:496px;min-height:0';
  // Without the bar, the picture has all of the element.
  Object.assign(element, { assets: '/assets/', autostart: true, controls: false, ...changes });
  document.body.append(element);
  return element;
}

function videoIn(element: PoseCoachElement): HTMLVideoElement {
  const video = element.shadowRoot?.querySelector('video');
  if (!video) throw new Error('There is no video.');
  return video;
}

function canvasOf(element: PoseCoachElement): HTMLCanvasElement {
  const skeleton = element.shadowRoot?.querySelector('pose-skeleton');
  const canvas = skeleton?.shadowRoot?.querySelector('canvas');
  if (!canvas) throw new Error('There is no canvas.');
  return canvas;
}

/** CSS pixels from a place to the nearest pixel in the colour of the left side, #38bdf8. */
function nearestBlue(canvas: HTMLCanvasElement, x: number, y: number): number {
  const density = devicePixelRatio;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no context.');
  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < data.length; index += 4) {
    const [red, green, blue, alpha] = data.slice(index, index + 4);
    if (red !== 0x38 || green !== 0xbd || blue !== 0xf8 || alpha !== 255) continue;
    const column = (index / 4) % width;
    const row = Math.floor(index / 4 / width);
    nearest = Math.min(nearest, Math.hypot(column / density - x, row / density - y));
  }
  return nearest;
}

/** Collects frames until `enough` says so. */
async function frames(
  element: PoseCoachElement,
  enough: (all: PoseFrame[]) => boolean,
): Promise<PoseFrame[]> {
  const all: PoseFrame[] = [];
  element.addEventListener('pose-frame', (event) => all.push(event.detail.frame));
  await vi.waitFor(
    () => {
      if (element.state.status === 'error') throw element.state.error;
      expect(enough(all)).toBe(true);
    },
    { timeout: ENGINE_TIME, interval: 50 },
  );
  return all;
}

describe('<pose-coach> with the real engine', () => {
  it('lays the skeleton of a dancer over the dancer, and lets the video go', async (context) => {
    if (!(await fetch('/fixtures/MANIFEST.md')).ok) context.skip('skipped: no fixtures');
    const element = poseCoach({ source: CLIP, hands: false });
    const all = await frames(
      element,
      (seen) => seen.filter((frame) => frame.poses.length === 1).length >= 15,
    );
    const last = all.at(-1);
    expect([last?.width, last?.height]).toEqual([384, 496]);
    // The dancer stands in the middle, whole and upright, in the first seconds of the clip: nose over hips over ankles.
    const [pose] = last?.poses ?? [];
    const [nose, leftHip, leftAnkle] = [0, 23, 27].map((index) => pose?.landmarks[index]?.y ?? Number.NaN);
    expect(nose).toBeGreaterThan(0.1);
    expect(nose).toBeLessThan(0.35);
    expect(leftHip).toBeGreaterThan(Number(nose) + 0.15);
    expect(leftAnkle).toBeGreaterThan(Number(leftHip) + 0.15);

    // What is drawn lies on the person: the element has the picture's size, so its pixels are the picture's.
    await vi.waitFor(
      () => {
        const knee = all.at(-1)?.poses[0]?.landmarks[25];
        expect(nearestBlue(canvasOf(element), (knee?.x ?? 0) * 384, (knee?.y ?? 0) * 496)).toBeLessThan(6);
      },
      { interval: 30 },
    );

    element.pause();
    await vi.waitFor(() => expect(element.state.status).toBe('paused'));
    expect(videoIn(element).paused).toBe(true);

    // It goes on where it was.
    const stoppedAt = videoIn(element).currentTime;
    element.resume();
    await vi.waitFor(() => expect(element.state.status).toBe('running'), { timeout: 10_000 });
    expect(videoIn(element).currentTime).toBeGreaterThanOrEqual(stoppedAt);
    expect(element.coach).toBeDefined();

    const video = videoIn(element);
    element.remove();
    expect(video.hasAttribute('src')).toBe(false);
  });

  it('revokes the address of a file when something else is shown', async (context) => {
    const response = await fetch(CLIP);
    if (!response.ok) context.skip('skipped: no fixtures');
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const element = poseCoach({ source: new File([await response.blob()], 'dance.mp4'), hands: false });
    await frames(element, (seen) => seen.length > 0);
    const address = videoIn(element).src;
    expect(address).toMatch(/^blob:/);
    element.source = 'camera';
    await vi.waitFor(() => expect(videoIn(element).srcObject).not.toBeNull(), { timeout: 10_000 });
    expect(revoked).toHaveBeenCalledWith(address);
    revoked.mockRestore();
  });

  it('opens the camera mirrored, shows numbers, and turns it off when it leaves the page', async () => {
    const element = poseCoach({ source: 'camera', hands: false });
    await frames(element, (seen) => seen.length >= 10);
    const video = videoIn(element);
    const stream = video.srcObject as MediaStream;
    expect(stream.getVideoTracks()[0]?.readyState).toBe('live');
    expect(video.classList.contains('mirror')).toBe(true);
    await vi.waitFor(
      () => {
        const stats = element.shadowRoot?.querySelector('pose-stats');
        expect(stats?.stats?.rate).toBeGreaterThan(1);
      },
      { timeout: 5000 },
    );
    element.remove();
    expect(stream.getVideoTracks()[0]?.readyState).toBe('ended');
    expect(video.srcObject).toBeNull();
  });

  it('says that the camera is gone when it is unplugged, and goes on by itself', async () => {
    const element = poseCoach({ source: 'camera', hands: false });
    await frames(element, (seen) => seen.length >= 3);
    const states: string[] = [];
    const errors: string[] = [];
    element.addEventListener('pose-state', (event) => states.push(event.detail.status));
    element.addEventListener('pose-error', (event) => errors.push(event.detail.code));
    const [track] = (videoIn(element).srcObject as MediaStream).getVideoTracks();
    // What the browser does when the plug is pulled; the camera is there again at once.
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    await vi.waitFor(() => expect(states).toContain('reconnecting'), { timeout: 5000 });
    expect(errors).toEqual(['CAMERA_LOST']);
    await vi.waitFor(() => expect(element.state.status).toBe('running'), { timeout: 15_000 });
    const again = videoIn(element).srcObject as MediaStream;
    expect(again.getVideoTracks()[0]?.readyState).toBe('live');
    expect(again.getVideoTracks()[0]).not.toBe(track);
  });

  it('ends every worker that it started', async () => {
    const started: Worker[] = [];
    const ended = new Set<Worker>();
    const Original = globalThis.Worker;
    class CountedWorker extends Original {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        started.push(this);
      }

      override terminate(): void {
        ended.add(this);
        super.terminate();
      }
    }
    globalThis.Worker = CountedWorker;
    try {
      const element = poseCoach({ source: 'camera' });
      await frames(element, (seen) => seen.length >= 3);
      expect(started.length).toBeGreaterThan(0);
      element.remove();
      await vi.waitFor(() => expect(started.filter((worker) => !ended.has(worker))).toEqual([]), {
        timeout: 5000,
      });
    } finally {
      globalThis.Worker = Original;
      for (const worker of started) worker.terminate();
    }
  });

  it('shows how much has been loaded while it loads', async () => {
    const seen: Array<{ loaded: number; total: number }> = [];
    const element = poseCoach({ source: 'camera', hands: false });
    element.addEventListener('pose-state', (event) => {
      if (event.detail.status === 'loading') seen.push(event.detail);
    });
    await frames(element, (all) => all.length > 0);
    const known = seen.filter(({ total }) => total > 0);
    // The lite model and the engine's WASM together: 5.8 and 11.2 MB.
    expect(known.at(-1)?.total).toBeGreaterThan(15_000_000);
    expect(known.at(-1)?.loaded).toBe(known.at(-1)?.total);
    for (let index = 1; index < known.length; index++) {
      expect(known[index]?.loaded).toBeGreaterThanOrEqual(known[index - 1]?.loaded ?? 0);
    }
  });
});
