import source from 'virtual:onnx-worker';
import { describeEstimator } from '../conformance.ts';
import { browserPictures } from '../conformance-browser.ts';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import { onnx } from './index.ts';
import type { OnnxOptions } from './options.ts';

/**
 * Pixels. Measured: 0.64 in the mean. The reference was made in MediaPipe's VIDEO mode, which smooths its landmarks
 * from frame to frame; this engine does not. Both see the same person in the same place, which is what is held here;
 * `tests/e2e/engines-agree.test.ts` compares them without smoothing, and a hundred times more closely.
 */
const TOLERANCE = 1;

/**
 * WebGPU by `VITE_WEBGPU_CONFORMANCE=1`: on a software adapter, the only one that most test machines have, it takes
 * seconds for each of the suite's hundreds of pictures. `backends.browser.test.ts` holds the engine on it otherwise,
 * with a network that takes no time.
 */
const onRequest = (import.meta as ImportMeta & { env: Record<string, string | undefined> }).env;
const places = [
  { backend: 'wasm', thread: 'worker' },
  { backend: 'wasm', thread: 'main' },
  ...(onRequest.VITE_WEBGPU_CONFORMANCE ? [{ backend: 'webgpu', thread: 'worker' } as const] : []),
] as const;

for (const { backend, thread } of places) {
  const instrumented = instrumentWorker(source);
  const options: OnnxOptions = {
    model: 'full',
    backend,
    assets: '/assets/',
    workerUrl: instrumented.url,
    thread,
  };
  describeEstimator(`onnx on ${backend} (${thread})`, {
    pictures: browserPictures,
    factory: onnx(options),
    twoPeople: onnx({ ...options, maxPoses: 2 }),
    tolerance: TOLERANCE,
    ...(thread === 'worker' ? { crash: instrumented.crash } : {}),
    ...(backend === 'webgpu' ? { loseContext: instrumented.loseContext } : {}),
    closedInEngine: instrumented.closed,
  });
}
