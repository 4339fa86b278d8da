import source from 'virtual:mediapipe-worker';
import { Observable, take, toArray } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CapturedFrame } from '../../capture/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import { estimatePoses } from '../estimate-poses.ts';
import type { EstimatorEvent, PoseEstimator } from '../pose-estimator.ts';
import { mediapipe } from './index.ts';
import type { MediapipeOptions } from './options.ts';

/** Takes WebGL away, in workers only. */
const NO_WEBGL_IN_WORKERS = `
  if ('WorkerGlobalScope' in globalThis) {
    const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (type, options) {
      return type === 'webgl2' ? null : getContext.call(this, type, options);
    };
  }
`;

async function create(
  options: MediapipeOptions,
): Promise<{ estimator: PoseEstimator; events: EstimatorEvent[] }> {
  const factory = mediapipe({ delegate: 'CPU', assets: '/assets/', ...options });
  const estimator = await factory.create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const events: EstimatorEvent[] = [];
  estimator.events((event) => events.push(event));
  return { estimator, events };
}

function picture(): VideoFrame {
  const canvas = new OffscreenCanvas(64, 48);
  canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
  return new VideoFrame(canvas, { timestamp: 0 });
}

/** A camera of empty pictures, and how many of its workers' engines run. */
function camera(): Observable<CapturedFrame> {
  return new Observable((subscriber) => {
    const interval = setInterval(() => {
      const now = performance.now();
      const capturedAt = performance.timeOrigin + now;
      subscriber.next({
        image: picture(),
        timestamp: now,
        epoch: 1,
        width: 64,
        height: 48,
        capturedAt,
        skipped: 0,
      });
    }, 33);
    return () => clearInterval(interval);
  });
}

describe('where mediapipe runs', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('is a worker and the CPU where WebGL is rendered in software, and it says so', async () => {
    const { estimator, events } = await create({ delegate: 'auto' });
    expect(estimator.info).toMatchObject({
      engine: 'mediapipe',
      model: 'lite',
      backend: 'wasm',
      landmarks: 33,
    });
    expect(estimator.info.why).toMatch(/^CPU, because WebGL is rendered in software \(.*SwiftShader.*\)\.$/);
    expect(events).toEqual([]);
    await estimator.dispose();
  });

  it('is the GPU when that is asked for', async () => {
    const { estimator } = await create({ delegate: 'GPU' });
    expect(estimator.info).toMatchObject({ backend: 'webgl', why: 'GPU, as asked for.' });
    expect((await estimator.estimate(picture(), 0)).poses).toEqual([]);
    await estimator.dispose();
  });

  it('is the page where workers are forbidden, and it says so', async () => {
    vi.stubGlobal('Worker', () => {
      throw new DOMException('Refused by the content security policy.', 'SecurityError');
    });
    const { estimator, events } = await create({});
    expect(events).toMatchObject([{ type: 'degraded', error: { code: 'ENGINE_UNSUPPORTED' } }]);
    expect((await estimator.estimate(picture(), 0)).poses).toEqual([]);
    await estimator.dispose();
  });

  it('is the page where workers have no WebGL', async () => {
    const { estimator, events } = await create({
      workerUrl: instrumentWorker(source, NO_WEBGL_IN_WORKERS).url,
    });
    expect(events.map(({ type }) => type)).toEqual(['degraded']);
    expect((await estimator.estimate(picture(), 0)).poses).toEqual([]);
    await estimator.dispose();
  });

  it('is nowhere without WebGL, which is told in plain words', async () => {
    vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    const failure = create({ workerUrl: instrumentWorker(source, NO_WEBGL_IN_WORKERS).url });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/needs WebGL 2.*hardware acceleration/);
  });

  it('is not the page when a worker is insisted on', async () => {
    vi.stubGlobal('Worker', () => {
      throw new DOMException('Refused by the content security policy.', 'SecurityError');
    });
    await expect(create({ thread: 'worker' })).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
  });

  it('is nowhere when the engine’s code is not at its address', async () => {
    const failure = create({ workerUrl: '/nowhere/mediapipe-worker.js' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/\/nowhere\/mediapipe-worker\.js/);
  });

  it('leaves a page’s own globals alone when it runs on the page', async () => {
    const own = { of: 'the page' };
    vi.stubGlobal('Module', own);
    const { estimator } = await create({ thread: 'main' });
    expect((globalThis as { Module?: unknown }).Module).toBe(own);
    await estimator.dispose();
  });

  it('is given up after four tries when it dies of every picture', async () => {
    // Instead of its first result, it throws.
    const { url } = instrumentWorker(
      source,
      `
      const postMessage = self.postMessage;
      self.postMessage = (message, transfer) => {
        if (message.type === 'found') setTimeout(() => { throw new Error('out of memory'); });
        else postMessage.call(self, message, transfer);
      };
    `,
    );
    const { estimator, events } = await create({ workerUrl: url, thread: 'worker' });
    const codes: string[] = [];
    for (let pictures = 0; pictures < 6; pictures += 1) {
      await estimator
        .estimate(picture(), pictures * 33)
        .catch(({ code }: { code: string }) => codes.push(code));
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'ENGINE_CRASHED'), 'ENGINE_FAILED']);
    expect(events.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 4 }, () => ['recovering', 'recovered']).flat(),
      'recovering',
    ]);
    await estimator.dispose();
  });

  it('feeds estimatePoses, which goes on through a crash and ends its worker when nobody listens', async () => {
    const instrumented = instrumentWorker(source);
    const ended = vi.spyOn(Worker.prototype, 'terminate');
    const events: string[] = [];
    const frames = await new Promise<PoseFrame[]>((resolve, reject) =>
      camera()
        .pipe(
          estimatePoses(mediapipe({ assets: '/assets/', workerUrl: instrumented.url, thread: 'worker' }), {
            onReady: () => setTimeout(() => instrumented.crash(), 300),
            onEvent: ({ type }) => events.push(type),
          }),
          take(60),
          toArray(),
        )
        .subscribe({ next: resolve, error: reject }),
    );
    expect(events).toEqual(['recovering', 'recovered']);
    expect(frames.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(Math.max(...frames.map(({ dropped }) => dropped))).toBeGreaterThan(0);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(2), { timeout: 3000 });
  });
});
