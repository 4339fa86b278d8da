import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/**
 * `import source, { wasm } from 'virtual:mediapipe-worker'` gives the whole engine worker, bundled, as a string,
 * and what the one WASM file that fits it measures. The worker is started from a blob, which works from every
 * bundler and from another origin, where worker URLs do not.
 */
const NAME = 'virtual:mediapipe-worker';
const ENTRY = fileURLToPath(new URL('../src/inference/mediapipe/worker.ts', import.meta.url));
const WORKER_FILE = new URL('../dist/mediapipe-worker.js', import.meta.url);
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

async function bundleWorker(): Promise<string> {
  const result = await build({
    entryPoints: [ENTRY],
    bundle: true,
    format: 'esm',
    minify: true,
    target: ['es2022', 'chrome103', 'firefox114', 'safari16.4'],
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [withoutNode],
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error('The engine worker was bundled to nothing.');
  return text;
}

async function virtualModule(source: string): Promise<string> {
  const bytes = await readFile(WASM_FILE);
  const wasm = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  return `export default ${JSON.stringify(source)};\nexport const wasm = ${JSON.stringify(wasm)};`;
}

/** For tsup: inlines the worker, and writes it beside the package's entries for pages whose CSP forbids blobs. */
export function engineWorker(): EsbuildPlugin {
  return {
    name: 'engine-worker',
    setup(builder) {
      builder.onResolve({ filter: /^virtual:mediapipe-worker$/ }, () => ({
        path: NAME,
        namespace: 'engine-worker',
      }));
      builder.onLoad({ filter: /.*/, namespace: 'engine-worker' }, async () => {
        const source = await bundleWorker();
        await mkdir(new URL('./', WORKER_FILE), { recursive: true });
        await writeFile(WORKER_FILE, source);
        return { contents: await virtualModule(source), loader: 'js' };
      });
    },
  };
}

/** For Vite and Vitest: the same, from the sources. */
export function engineWorkerVite(): VitePlugin {
  return {
    name: 'engine-worker',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: async (id) => (id === `\0${NAME}` ? virtualModule(await bundleWorker()) : undefined),
  };
}
