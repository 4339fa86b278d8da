import source from 'virtual:onnx-worker';
import { describeEstimator } from '../conformance.ts';
import { browserPictures } from '../conformance-browser.ts';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import { onnx } from './index.ts';
import type { OnnxOptions } from './options.ts';

/**
 * Pixels. The reference was made in MediaPipe's VIDEO mode, which smooths: it lags behind a dancer by a pixel or two,
 * and the ONNX engine, which does not smooth, is nearer to the picture.
 */
const TOLERANCE = 3;

for (const thread of ['worker', 'main'] as const) {
  const instrumented = instrumentWorker(source);
  const options: OnnxOptions = {
    model: 'full',
    backend: 'wasm',
    assets: '/assets/',
    workerUrl: instrumented.url,
    thread,
  };
  describeEstimator(`onnx in WebAssembly (${thread})`, {
    pictures: browserPictures,
    factory: onnx(options),
    twoPeople: onnx({ ...options, maxPoses: 2 }),
    tolerance: TOLERANCE,
    ...(thread === 'worker' ? { crash: instrumented.crash } : {}),
    closedInEngine: instrumented.closed,
  });
}
