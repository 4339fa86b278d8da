import source from 'virtual:onnx-worker';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import type { PoseEstimator } from '../pose-estimator.ts';
import { TINY, TINY_MODEL } from './backends/webgpu/tiny-model.test-support.ts';
import { type NetworkDescription, onnx } from './index.ts';

/**
 * BlazePose takes seconds for a picture on the software adapter that most test machines have; this network takes
 * none. Of a picture in one colour it sums 8 values of up to ½ per plane: its nose is at red/255 of the width and
 * twice green/255 of the height, and blue/255 says four times over that it is there.
 */
const COLOUR_NOSE: NetworkDescription = {
  name: 'colour-nose',
  file: TINY.file,
  input: { name: 'image', width: 4, height: 2, range: [0, 0.5], fit: 'stretch' },
  keypoints: { output: 'sums', stride: 3, x: 0, y: 1, score: 2, units: 'pixels', scores: 'probabilities' },
  landmarks: ['nose'],
};

/** Red and green of a picture whose blue is full. */
async function look(estimator: PoseEstimator, red: number, green: number) {
  const canvas = new OffscreenCanvas(320, 240);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('There is no 2-D canvas here.');
  drawing.fillStyle = `rgb(${red} ${green} 255)`;
  drawing.fillRect(0, 0, 320, 240);
  const { poses } = await estimator.estimate(new VideoFrame(canvas, { timestamp: 0 }), 0);
  const nose = poses[0]?.landmarks[0];
  return [Math.round((nose?.x ?? Number.NaN) * 255), Math.round((nose?.y ?? Number.NaN) * 127.5)];
}

describe.each(['webgpu', 'wasm'] as const)('onnx on %s', (backend) => {
  afterEach(() => vi.unstubAllGlobals());

  it('sees the picture, and comes back when what it calculates on is gone', async () => {
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string | URL, options?: RequestInit) =>
      String(url).endsWith(TINY.file)
        ? Promise.resolve(new Response(TINY_MODEL.slice().buffer))
        : real(url, options),
    );
    const instrumented = instrumentWorker(source);
    const estimator = await onnx({
      model: COLOUR_NOSE,
      backend,
      assets: '/assets/',
      workerUrl: instrumented.url,
      thread: 'worker',
    }).create({ signal: new AbortController().signal, onProgress: () => undefined });
    expect(estimator.info).toMatchObject({ engine: 'onnx', model: 'colour-nose', backend, landmarks: 1 });
    const events: string[] = [];
    const recovered = new Promise<void>((resolve) => {
      estimator.events(({ type }) => {
        events.push(type);
        if (type === 'recovered') resolve();
      });
    });
    expect(await look(estimator, 200, 40)).toEqual([200, 40]);
    expect(await look(estimator, 10, 90)).toEqual([10, 90]);
    if (backend === 'webgpu') instrumented.loseContext();
    else instrumented.crash();
    await recovered;
    expect(await look(estimator, 60, 30)).toEqual([60, 30]);
    expect(events).toEqual(['recovering', 'recovered']);
    await estimator.dispose();
  });
});
