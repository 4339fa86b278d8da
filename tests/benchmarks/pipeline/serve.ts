import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The packages as they are published, by the names under which pages import them. */
const builtPackages = {
  '@pose-coach/core/camera': join(repository, 'packages/core/dist/camera.js'),
  '@pose-coach/core/extensions': join(repository, 'packages/core/dist/extensions.js'),
  '@pose-coach/core/mediapipe': join(repository, 'packages/core/dist/mediapipe.js'),
  '@pose-coach/core/live': join(repository, 'packages/core/dist/live.js'),
  '@pose-coach/core/overlay-parts': join(repository, 'packages/core/dist/overlay-parts.js'),
  '@pose-coach/core/protocol': join(repository, 'packages/core/dist/protocol.js'),
  '@pose-coach/core/stage': join(repository, 'packages/core/dist/stage.js'),
  '@pose-coach/core/session': join(repository, 'packages/core/dist/session.js'),
  '@pose-coach/core': join(repository, 'packages/core/dist/index.js'),
  '@pose-coach/elements/draw': join(repository, 'packages/elements/dist/draw.js'),
  '@pose-coach/elements/stage': join(repository, 'packages/elements/dist/stage.js'),
  '@pose-coach/extension-overlay/overlay': join(repository, 'packages/extension-overlay/dist/overlay.js'),
  '@mediapipe/tasks-vision': join(repository, 'packages/models/node_modules/@mediapipe/tasks-vision'),
};

export interface PageOptions {
  /** Modules to bundle, all in one folder; `page.ts` among them is what the page loads. Default: the pipeline's. */
  readonly modules?: readonly string[];
  /** What else is served, by its path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Bundles a benchmark's page from the built packages and serves it with the models, on loopback. */
export async function servePage(options: PageOptions = {}): Promise<{ url: string; close(): void }> {
  const { modules = [join(here, 'page.ts'), join(here, 'bare-worker.ts')], files = {} } = options;
  const { outputFiles } = await build({
    entryPoints: [...modules],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'chrome120',
    write: false,
    outdir: '/',
    logLevel: 'error',
    alias: builtPackages,
  });
  const texts = new Map<string, string | Uint8Array>(Object.entries(files));
  for (const { path, contents } of outputFiles) texts.set(path, contents);
  const folders = [
    ['/assets/models/', join(repository, 'packages/models/dist/files')],
    ['/assets/wasm/', join(repository, 'packages/models/node_modules/@mediapipe/tasks-vision/wasm')],
  ] as const;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const headers = { 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' };
    const text = texts.get(path);
    const folder = folders.find(([prefix]) => path.startsWith(prefix));
    const file = folder && join(folder[1], normalize(path.slice(folder[0].length)));
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        '<!doctype html><canvas width="960" height="720"></canvas><script type="module" src="/page.js"></script>',
      );
    } else if (text !== undefined) {
      response.writeHead(200, headers).end(text);
    } else if (file && existsSync(file)) {
      createReadStream(file).pipe(response.writeHead(200, headers));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}
