import source from 'virtual:onnx-worker';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import type { EstimatorEvent, PoseEstimator } from '../pose-estimator.ts';
import { onnx } from './index.ts';
import type { OnnxOptions } from './options.ts';

async function create(options: OnnxOptions): Promise<{ estimator: PoseEstimator; events: EstimatorEvent[] }> {
  const factory = onnx({ backend: 'wasm', assets: '/assets/', ...options });
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

/** Looks at one empty picture and ends. */
async function tryOut(estimator: PoseEstimator): Promise<void> {
  expect((await estimator.estimate(picture(), 0)).poses).toEqual([]);
  await estimator.dispose();
}

describe('where onnx runs', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('is a worker, from a blob that is gone afterwards, and one thread where pages are not isolated', async () => {
    const made = vi.spyOn(URL, 'createObjectURL');
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const ended = vi.spyOn(Worker.prototype, 'terminate');
    const { estimator, events } = await create({ backend: 'auto' });
    expect(estimator.info).toMatchObject({ engine: 'onnx', model: 'lite', backend: 'wasm', landmarks: 33 });
    expect(estimator.info.why).toMatch(
      /^WebAssembly with one thread, because .*WebGPU.* More threads need a page that is cross-origin isolated\.$/,
    );
    await tryOut(estimator);
    expect(events).toEqual([]);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(revoked.mock.calls.flat()).toEqual(made.mock.results.map(({ value }) => value));
  });

  it('is the page where workers are forbidden, and it says so', async () => {
    vi.stubGlobal('Worker', () => {
      throw new DOMException('Refused by the content security policy.', 'SecurityError');
    });
    const { estimator, events } = await create({});
    expect(events).toMatchObject([{ type: 'degraded', error: { code: 'ENGINE_UNSUPPORTED' } }]);
    await tryOut(estimator);
  });

  it('is not the page when a worker is insisted on', async () => {
    vi.stubGlobal('Worker', () => {
      throw new DOMException('Refused by the content security policy.', 'SecurityError');
    });
    await expect(create({ thread: 'worker' })).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
  });

  it('is nowhere when the engine’s code is not at its address', async () => {
    const failure = create({ workerUrl: '/nowhere/onnx-worker.js' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/\/nowhere\/onnx-worker\.js.*core\/onnx-worker\.js/s);
  });

  it('is nowhere without WebAssembly SIMD, which is told in plain words', async () => {
    const { url } = instrumentWorker(source, 'WebAssembly.validate = () => false;');
    const failure = create({ workerUrl: url, thread: 'worker' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/SIMD.*Chrome 91/);
  });

  it('is not what only Node has, which is told in plain words', async () => {
    const failure = create({ backend: 'native' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/for Node.*"webgpu" or "wasm"/);
  });

  it('is not a graphics card that is not there, when one is insisted on', async () => {
    const { url } = instrumentWorker(
      source,
      "Object.defineProperty(navigator, 'gpu', { value: undefined });",
    );
    const failure = create({ backend: 'webgpu', workerUrl: url, thread: 'worker' });
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
    await expect(failure).rejects.toThrow(/no WebGPU/);
  });

  it('is WebAssembly when WebGPU promised more than it could do, and it says so', async () => {
    // An adapter that looks like a card and gives no device.
    const { url } = instrumentWorker(
      source,
      `Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => ({
        info: { vendor: 'acme', architecture: 'anvil', device: '', description: '' },
        features: new Set(), limits: {},
        requestDevice: async () => { throw new Error('out of memory'); },
      }) } });`,
    );
    const { estimator, events } = await create({ backend: 'auto', workerUrl: url, thread: 'worker' });
    expect(estimator.info.backend).toBe('wasm');
    expect(estimator.info.why).toMatch(/because the engine did not start on WebGPU\.$/);
    expect(events).toMatchObject([
      { type: 'degraded', error: { message: expect.stringMatching(/out of memory/) } },
    ]);
    await tryOut(estimator);
  });

  it('is given up after four tries when it dies of every picture', async () => {
    // Instead of its first result, it throws.
    const { url } = instrumentWorker(
      source,
      `const postMessage = self.postMessage;
      self.postMessage = (message, transfer) => {
        if (message.type === 'found') setTimeout(() => { throw new Error('out of memory'); });
        else postMessage.call(self, message, transfer);
      };`,
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

  it('writes nothing into the console', async () => {
    const lines: unknown[][] = [];
    for (const level of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((...line) => void lines.push(line));
    }
    // A file of its own: the page keeps modules, and this one must begin to write where the test listens.
    const { url } = instrumentWorker(source);
    const { estimator } = await create({ thread: 'main', hands: true, workerUrl: url });
    await tryOut(estimator);
    expect(lines).toEqual([]);
  });
});
