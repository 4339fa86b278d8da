import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import { bundleScript } from './bundle-script.ts';
import { virtualModule } from './virtual-module.ts';

const inference = new URL('../src/inference/', import.meta.url);
const MEDIAPIPE = fileURLToPath(new URL('mediapipe/worker.ts', inference));
const ONNX = fileURLToPath(new URL('onnx/worker.ts', inference));

const { resolve } = createRequire(import.meta.url);

/** What a file of a dependency measures. */
async function sumOf(name: string): Promise<{ bytes: number; sha256: string }> {
  const bytes = await readFile(resolve(name));
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** MediaPipe's loader imports Node's modules when it finds itself in Node; in a worker it never does. */
const withoutNode: EsbuildPlugin = {
  name: 'without-node',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'without-node' }));
    builder.onLoad({ filter: /.*/, namespace: 'without-node' }, () => ({ contents: 'export {}' }));
  },
};

/**
 * `import source, { wasm } from 'virtual:mediapipe-worker'` gives the whole engine worker, bundled, as a string,
 * and what the one WASM file that fits it measures. The worker is started from a blob, which works from every
 * bundler and from another origin, where worker URLs do not; the file is for pages whose CSP forbids blobs.
 */
const mediapipeWorker = virtualModule('mediapipe-worker', async () => {
  const source = await bundleScript(MEDIAPIPE, 'esm', { plugins: [withoutNode] });
  const wasm = await sumOf('@mediapipe/tasks-vision/vision_wasm_module_internal.wasm');
  return {
    code: `export default ${JSON.stringify(source)};\nexport const wasm = ${JSON.stringify(wasm)};`,
    files: { 'mediapipe-worker.js': source },
  };
});

async function runtimeSums(build: string): Promise<object> {
  const [glue, wasm] = await Promise.all(
    ['mjs', 'wasm'].map((end) => sumOf(`onnxruntime-web/${build}.${end}`)),
  );
  return { glue, wasm };
}

/**
 * `import source, { runtime } from 'virtual:onnx-worker'` gives the same of the ONNX engine: its worker with ONNX
 * Runtime's front end in it, and what the files that the front end loads measure.
 */
const onnxWorker = virtualModule('onnx-worker', async () => {
  // Otherwise the front end brings one of its scripts along, which it could not find its WebAssembly by.
  const source = await bundleScript(ONNX, 'esm', { conditions: ['onnxruntime-web-use-extern-wasm'] });
  const runtime = {
    wasm: await runtimeSums('ort-wasm-simd-threaded'),
    webgpu: await runtimeSums('ort-wasm-simd-threaded.asyncify'),
  };
  return {
    code: `export default ${JSON.stringify(source)};\nexport const runtime = ${JSON.stringify(runtime)};`,
    files: { 'onnx-worker.js': source },
  };
});

/** The workers of both engines, for tsup and for Vite. */
export const engineWorkers = () => [mediapipeWorker.esbuild(), onnxWorker.esbuild()];
export const engineWorkersVite = () => [mediapipeWorker.vite(), onnxWorker.vite()];
