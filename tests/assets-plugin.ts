import { createReadStream, existsSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { fixtures } from './fixtures.ts';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.mjs': 'text/javascript',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/**
 * Serves to browser tests what they need besides code: `/assets/models/*` and `/assets/wasm/*` (what the models
 * package built) and `/fixtures/*`. `/fixtures/MANIFEST.md` answers 404 where there are no fixtures.
 */
export function assetsPlugin(): Plugin {
  const folders: ReadonlyArray<readonly [prefix: string, folder: string | undefined]> = [
    ['/assets/models/', join(repository, 'packages/models/dist/files')],
    ['/assets/wasm/', join(repository, 'packages/models/node_modules/@mediapipe/tasks-vision/wasm')],
    // ONNX Runtime's lie among the models.
    ['/assets/wasm/', join(repository, 'packages/models/dist/files')],
    ['/fixtures/', fixtures],
  ];
  return {
    name: 'assets',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const matches = folders.filter(([prefix]) => path.startsWith(prefix));
        if (matches.length === 0) return next();
        const file = matches
          .map(([prefix, folder]) => folder && join(folder, normalize(path.slice(prefix.length))))
          .find((candidate) => candidate && existsSync(candidate) && statSync(candidate).isFile());
        if (!file) {
          response.statusCode = 404;
          response.end('not found');
          return;
        }
        response.setHeader('content-type', CONTENT_TYPES[extname(file)] ?? 'application/octet-stream');
        response.setHeader('content-length', statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
  };
}
