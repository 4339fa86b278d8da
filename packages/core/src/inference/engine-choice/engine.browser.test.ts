import source from 'virtual:mediapipe-worker';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import type { EstimatorEvent, EstimatorOptions } from '../pose-estimator.ts';
import { type EngineChoiceOptions, engine } from './index.ts';

afterEach(() => vi.restoreAllMocks());

/** Takes WebGL away wherever the engine's code runs. */
const NO_WEBGL = `
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (type, options) {
    return type === 'webgl2' ? null : getContext.call(this, type, options);
  };
`;

async function create(options: EngineChoiceOptions, wishes: Partial<EstimatorOptions> = {}) {
  const estimator = await engine({ assets: '/assets/', ...options }).create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...wishes,
  });
  onTestFinished(() => estimator.dispose());
  const events: EstimatorEvent[] = [];
  estimator.events((event) => events.push(event));
  return { estimator, events };
}

function picture(): VideoFrame {
  const canvas = new OffscreenCanvas(64, 48);
  canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
  return new VideoFrame(canvas, { timestamp: 0 });
}

/** Addresses of the workers that are started from now on, and how many of them still run. */
function watchWorkers() {
  const running = new Set<Worker>();
  class CountedWorker extends Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      running.add(this);
    }

    override terminate() {
      running.delete(this);
      super.terminate();
    }
  }
  vi.stubGlobal('Worker', CountedWorker);
  onTestFinished(() => void vi.unstubAllGlobals());
  return running;
}

function withoutWebgl(): void {
  vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
}

describe('engine()', () => {
  it.each(['mediapipe', 'onnx'] as const)(
    'is %s where that is asked for, and looks at pictures',
    async (name) => {
      const { estimator, events } = await create({ engine: name });
      expect(estimator.info).toMatchObject({ engine: name, model: 'lite', landmarks: 33 });
      expect(estimator.info.why).toContain('as asked for.');
      expect(await estimator.estimate(picture(), 0)).toMatchObject({ poses: [], hands: [] });
      expect(events).toEqual([]);
    },
  );

  it('tells each engine what only that one is told', async () => {
    const { estimator } = await create({ engine: 'onnx', onnx: { backend: 'wasm', threads: 1 } });
    expect(estimator.info).toMatchObject({ backend: 'wasm', why: expect.stringContaining('one thread') });
  });

  it('is ONNX Runtime on a page without WebGL', async () => {
    withoutWebgl();
    const { estimator, events } = await create({});
    vi.restoreAllMocks();
    expect(estimator.info).toMatchObject({
      engine: 'onnx',
      why: expect.stringContaining('MediaPipe needs WebGL 2'),
    });
    expect(await estimator.estimate(picture(), 0)).toMatchObject({ poses: [] });
    expect(events).toEqual([]);
  });

  it('is the other, and says so, where MediaPipe finds that it cannot run; nothing of MediaPipe is left', async () => {
    const running = watchWorkers();
    const { url } = instrumentWorker(source, NO_WEBGL);
    const { estimator, events } = await create({ thread: 'worker', mediapipe: { workerUrl: url } });
    expect(estimator.info).toMatchObject({
      engine: 'onnx',
      why: expect.stringContaining('ONNX Runtime, because MediaPipe could not be had'),
    });
    expect(events).toMatchObject([{ type: 'degraded', error: { code: 'ENGINE_UNSUPPORTED' } }]);
    expect(running.size).toBe(1);
    await estimator.dispose();
    expect(running.size).toBe(0);
  });

  it('is not made, and leaves nothing, when it is cancelled while it loads', async () => {
    const running = watchWorkers();
    for (const name of ['mediapipe', 'onnx'] as const) {
      const leaving = new AbortController();
      const making = create({ engine: name }, { signal: leaving.signal, onProgress: () => leaving.abort() });
      await expect(making).rejects.toMatchObject({ code: 'ABORTED' });
    }
    expect(running.size).toBe(0);
  });

  it('says what is missing where neither has its files', async () => {
    const making = create({ assets: '/fixtures/none/' });
    await expect(making).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    await expect(making).rejects.toThrow(/none\/.*Nor could (MediaPipe|ONNX Runtime) be had: .*none\//s);
  });
});
