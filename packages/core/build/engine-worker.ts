import { fileURLToPath } from 'node:url';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/**
 * `import source from 'virtual:mediapipe-worker'` gives the whole engine worker, bundled, as a string: it is
 * started from a blob, which works from every bundler and from another origin, where worker URLs do not.
 */
const NAME = 'virtual:mediapipe-worker';
const ENTRY = fileURLToPath(new URL('../src/inference/mediapipe/worker.ts', import.meta.url));
const WORKER_FILE = fileURLToPath(new URL('../dist/mediapipe-worker.js', import.meta.url));

async function bundleWorker(outfile?: string): Promise<string> {
  const result = await build({
    entryPoints: [ENTRY],
    bundle: true,
    format: 'esm',
    minify: true,
    target: ['es2022', 'chrome103', 'firefox114', 'safari16.4'],
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
    ...(outfile ? { outfile } : {}),
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error('The engine worker was bundled to nothing.');
  return text;
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
        const { mkdir, writeFile } = await import('node:fs/promises');
        const contents = await bundleWorker();
        await mkdir(new URL('../dist/', import.meta.url), { recursive: true });
        await writeFile(WORKER_FILE, contents);
        return { contents, loader: 'text' };
      });
    },
  };
}

/** For Vite and Vitest: the same, from the sources. */
export function engineWorkerVite(): VitePlugin {
  return {
    name: 'engine-worker',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: async (id) =>
      id === `\0${NAME}` ? `export default ${JSON.stringify(await bundleWorker())};` : undefined,
  };
}
