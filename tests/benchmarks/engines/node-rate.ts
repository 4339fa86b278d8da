// One engine in Node, in a process of its own: `node node-rate.ts '{"backend":"native","model":"lite",…}' < frames`.
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { RawImage } from '../../../packages/core/src/capture/index.ts';
import { NativeBackend } from '../../../packages/core/src/inference/onnx/backends/native-backend.ts';
import { NodeWasmBackend } from '../../../packages/core/src/inference/onnx/backends/node-wasm-backend.ts';
import { onnx } from '../../../packages/core/src/inference/onnx/node.ts';
import { HEIGHT, WIDTH } from './frames.ts';
import { measurePace, type Pace } from './pace.ts';
import { type Profile, profileTracking } from './profile.ts';

export interface NodeOrder {
  readonly backend: 'native' | 'wasm';
  readonly model: 'lite' | 'full';
  readonly threads: number;
  readonly rounds: number;
  readonly milliseconds: number;
  /** Of the profile. */
  readonly steps: number;
}

export interface NodeMeasurement {
  readonly why: string;
  readonly paces: readonly Pace[];
  readonly profile: Profile;
}

const { backend, model, threads, rounds, milliseconds, steps }: NodeOrder = JSON.parse(
  process.argv[2] ?? '{}',
);
const pixels = await buffer(process.stdin);
const FRAME_BYTES = WIDTH * HEIGHT * 4;
const frameOf = (index: number) =>
  new RawImage(pixels.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES), WIDTH, HEIGHT);

const estimator = await onnx({ backend, model, threads }).create({
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
const paces: Pace[] = [];
for (let round = 0; round < rounds; round += 1)
  paces.push(await measurePace(estimator, frameOf, milliseconds));
const { why } = estimator.info;
await estimator.dispose();

const opened = await (backend === 'native' ? NativeBackend : NodeWasmBackend).open({ threads });
const models = new URL('../../../packages/models/dist/files/', import.meta.url);
const profile = await profileTracking(
  opened,
  model,
  (file) => readFile(new URL(file, models)),
  frameOf,
  steps,
);
await opened.dispose();
const measurement: NodeMeasurement = { why, paces, profile };
console.log(JSON.stringify(measurement));
