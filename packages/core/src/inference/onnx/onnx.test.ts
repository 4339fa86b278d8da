import { InferenceSession as nativeSession } from 'onnxruntime-node';
import { InferenceSession as wasmSession } from 'onnxruntime-web';
import { RawImage } from '../../capture/index.ts';
import { describeEstimator } from '../conformance.ts';
import { nodePictures } from '../conformance-node.ts';
import { instrumentRuntime } from './node/instrumented-runtime.test-support.ts';
import { onnx } from './node.ts';
import type { OnnxOptions } from './options.ts';

/**
 * Pixels. Measured: 0.78 in the mean and 1.35 in the worst frame, native. The reference smooths its landmarks from
 * frame to frame, this engine does not; and the reference's frames were JPEG, whose noise alone is 0.58.
 */
const TOLERANCE = 1;

let closed = 0;
const { close } = RawImage.prototype;
RawImage.prototype.close = function (this: RawImage) {
  if (this.data) closed += 1;
  close.call(this);
};

for (const [backend, session] of [
  ['native', nativeSession],
  ['wasm', wasmSession],
] as const) {
  const runtime = instrumentRuntime(session);
  // One thread: other tests run beside this one.
  const options: OnnxOptions = { model: 'full', backend, threads: 1 };
  describeEstimator(`onnx in Node (${backend})`, {
    pictures: nodePictures,
    factory: onnx(options),
    twoPeople: onnx({ ...options, maxPoses: 2 }),
    tolerance: TOLERANCE,
    crash: runtime.failOnce,
    closedInEngine: async () => closed,
  });
}
