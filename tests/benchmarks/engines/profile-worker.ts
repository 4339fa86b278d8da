// Profiles the ONNX engine's tracking in a worker, as it runs there.
import { WasmBackend } from '../../../packages/core/src/inference/onnx/backends/wasm-backend.ts';
import { HEIGHT, WIDTH } from './frames.ts';
import { profileTracking } from './profile.ts';

export interface ProfileOrder {
  readonly model: 'lite' | 'full';
  readonly threads: number;
  readonly steps: number;
}

const FRAME_BYTES = (WIDTH * HEIGHT * 3) / 2;

self.onmessage = async ({ data: { model, threads, steps } }: MessageEvent<ProfileOrder>) => {
  const bytesOf = async (address: string) => (await fetch(address)).arrayBuffer();
  const runtime = '/assets/wasm/ort-wasm-simd-threaded';
  const backend = new WasmBackend({
    glue: `${self.location.origin}${runtime}.mjs`,
    wasm: await bytesOf(`${runtime}.wasm`),
    threads,
    inputSize: null,
  });
  const pixels = new Uint8Array(await bytesOf('/frames.i420'));
  const profile = await profileTracking(
    backend,
    model,
    async (file) => new Uint8Array(await bytesOf(`/assets/models/${file}`)),
    (index) =>
      new VideoFrame(pixels.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES), {
        format: 'I420',
        codedWidth: WIDTH,
        codedHeight: HEIGHT,
        timestamp: 0,
      }),
    steps,
  );
  await backend.dispose();
  self.postMessage(profile);
};
