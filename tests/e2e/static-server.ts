import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp4': 'video/mp4',
  '.wasm': 'application/wasm',
  '.webm': 'video/webm',
};

/** A web server that does nothing but give out files, as any simple host does. */
export interface StaticServer {
  /** `http://127.0.0.1:40001` */
  readonly origin: string;
  /** `127.0.0.1:40001` */
  readonly host: string;
  close(): void;
}

/**
 * Serves files on a free loopback port.
 * @param mounts folders by the address they appear under (`/assets/`), or single files (`/still.jpg`)
 * @param headers sent with every answer
 */
export async function serveStatic(
  mounts: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticServer> {
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
  const locate = (path: string): string | undefined => {
    const prefix = prefixes.find((one) => (one.endsWith('/') ? path.startsWith(one) : path === one));
    const target = prefix === undefined ? undefined : mounts[prefix];
    if (prefix === undefined || target === undefined) return undefined;
    const rest = path.slice(prefix.length);
    return prefix.endsWith('/')
      ? join(target, rest.endsWith('/') || !rest ? `${rest}index.html` : rest)
      : target;
  };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = posix.normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
    answer(request, response, locate(path));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, file: string | undefined): void {
  const size = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.size;
  if (file === undefined || size === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  response.setHeader('content-type', CONTENT_TYPES[extname(file)] ?? 'application/octet-stream');
  response.setHeader('accept-ranges', 'bytes');
  // Browsers ask for parts of a video, to seek in it.
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { 'content-length': end - start + 1 });
  const stream = createReadStream(file, { start, end });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}
