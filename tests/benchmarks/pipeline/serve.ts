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
  '.wasm': 'application/wasm',
};

/** Bundles the benchmark's page from the built packages and serves it with the models, on loopback. */
export async function servePage(): Promise<{ url: string; close(): void }> {
  const alias = {
    '@pose-coach/core/camera': join(repository, 'packages/core/dist/camera.js'),
    '@pose-coach/core/mediapipe': join(repository, 'packages/core/dist/mediapipe.js'),
    '@pose-coach/core': join(repository, 'packages/core/dist/index.js'),
    '@pose-coach/elements/draw': join(repository, 'packages/elements/dist/draw.js'),
    '@mediapipe/tasks-vision': join(repository, 'packages/models/node_modules/@mediapipe/tasks-vision'),
  };
  const { outputFiles } = await build({
    entryPoints: [join(here, 'page.ts'), join(here, 'bare-worker.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'chrome120',
    write: false,
    outdir: '/',
    logLevel: 'error',
    alias,
  });
  const bundled = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const folders = [
    ['/assets/models/', join(repository, 'packages/models/dist/files')],
    ['/assets/wasm/', join(repository, 'packages/models/node_modules/@mediapipe/tasks-vision/wasm')],
  ] as const;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const headers = { 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' };
    const script = bundled.get(path);
    const folder = folders.find(([prefix]) => path.startsWith(prefix));
    const file = folder && join(folder[1], normalize(path.slice(folder[0].length)));
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        '<!doctype html><canvas width="960" height="720"></canvas><script type="module" src="/page.js"></script>',
      );
    } else if (script) {
      response.writeHead(200, headers).end(script);
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
