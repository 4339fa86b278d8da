import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import { bundleScript } from './bundle-script.ts';
import { virtualModule } from './virtual-module.ts';

const ENTRY = fileURLToPath(new URL('../src/inference/mediapipe/worker.ts', import.meta.url));
const WASM_FILE = createRequire(import.meta.url).resolve(
  '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm',
);

/** The engine's loader imports Node's modules when it finds itself in Node; in a worker it never does. */
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
  const source = await bundleScript(ENTRY, 'esm', [withoutNode]);
  const bytes = await readFile(WASM_FILE);
  const wasm = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  return {
    code: `export default ${JSON.stringify(source)};\nexport const wasm = ${JSON.stringify(wasm)};`,
    files: { 'mediapipe-worker.js': source },
  };
});

export const engineWorker = mediapipeWorker.esbuild;
export const engineWorkerVite = mediapipeWorker.vite;
