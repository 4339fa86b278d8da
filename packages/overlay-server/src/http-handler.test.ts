import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelManifest } from '@pose-coach/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import { type HttpContext, handleRequest } from './http-handler.ts';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import { partFrameOf } from './part-frame.ts';
import { RawClient } from './raw-client.test-support.ts';
import { buildSite } from './site.ts';

const TOKEN = 'a-token-for-these-tests';

let server: OverlayServer;
let folder: string;
let base: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-assets-'));
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models', 'small.task'), 'a model');
  writeFileSync(join(folder, 'engine.wasm'), 'wasm');
  writeFileSync(join(folder, '..secret'), 'inside, with an odd name');
  server = createOverlayServer({ port: 0, token: TOKEN, assets: folder });
  base = (await server.listen()).server;
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A request whose path goes out exactly as it is written, which `fetch` would tidy up. */
function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const sent = request({ hostname, port, path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the server’s HTTP side', () => {
  it('tells its health: status, version, uptime, channels and clients', async () => {
    const publisher = await new RawClient(base).join('publisher', TOKEN, 'stage');
    const { status, headers, body } = await get('/health');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(JSON.parse(body)).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime: expect.any(Number),
      clients: { publishers: 1, subscribers: 0, controllers: 0 },
      channels: [
        { name: 'stage', live: true, subscribers: 0, controllers: 0, revision: 0, scenes: 3, fired: 0 },
      ],
      obs: 'off',
      traffic: { relayed: 0, delivered: 0, skipped: 0, refused: 0, ignored: 0 },
    });
    expect(body).not.toContain(TOKEN);
    publisher.socket.close();
  });

  it('gives out assets with the right types and sizes, and answers a repeated request with 304', async () => {
    const first = await get('/assets/models/small.task');
    expect(first).toMatchObject({ status: 200, body: 'a model' });
    expect(first.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '7',
      'x-content-type-options': 'nosniff',
    });
    const etag = String(first.headers.etag);
    expect(await get('/assets/models/small.task', { 'if-none-match': etag })).toMatchObject({
      status: 304,
      body: '',
    });
    expect((await get('/assets/engine.wasm')).headers).toMatchObject({ 'content-type': 'application/wasm' });
    expect(await get('/assets/engine.wasm', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../package.json',
    '/assets/../../../../etc/passwd',
    '/assets/..%2f..%2fetc/passwd',
    '/assets/%2e%2e/secret',
    '/assets//models/small.task',
    '/assets/models/small.task%00.js',
    '/assets/models/',
    '/overlay/../../package.json',
    '//evil.example/studio',
    '/__proto__',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('sends whoever opens the bare address to the studio', async () => {
    expect(await get('/')).toMatchObject({ status: 302, headers: { location: '/studio' } });
  });

  it('answers nothing but GET and HEAD', async () => {
    expect(await get('/health', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('gives the overlay’s link to whoever has the token, and to nobody else', async () => {
    const path = '/api/overlay-link?channel=stage';
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { authorization: 'Bearer something-else-entirely' })).status).toBe(401);
    const { status, body } = await get(path, { authorization: `Bearer ${TOKEN}` });
    expect(status).toBe(200);
    const key = createAccess(TOKEN).viewerKey('stage');
    expect(JSON.parse(body)).toEqual({
      channel: 'stage',
      overlay: `${base}/overlay?channel=stage&key=${key}`,
    });
    expect((await get('/api/overlay-link?channel=../x', { authorization: `Bearer ${TOKEN}` })).status).toBe(
      400,
    );
  });

  it('does not put a stranger’s host name into the overlay’s link', async () => {
    const { body } = await get('/api/overlay-link?channel=main', {
      authorization: `Bearer ${TOKEN}`,
      host: 'evil.example',
    });
    expect(JSON.parse(body)).toMatchObject({ overlay: expect.stringContaining(`${base}/overlay?`) });
  });

  it('isolates the page that computes, also when it is kept from before, and no other', async () => {
    const pages = join(folder, 'pages');
    for (const page of ['studio', 'overlay']) {
      mkdirSync(join(pages, page), { recursive: true });
      writeFileSync(join(pages, page, 'index.html'), `<title>${page}</title>`);
    }
    const context: HttpContext = {
      site: buildSite(pages, folder),
      extensions: [],
      access: createAccess(TOKEN),
      secure: false,
      health: () => {
        throw new Error('Nobody asks for it here.');
      },
      overlayBase: () => base,
    };
    const plain = createServer((incoming, response) => handleRequest(incoming, response, context));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    const headers = async (path: string, etag = '') => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'if-none-match': etag } });
      await response.arrayBuffer();
      return { status: response.status, etag: '', ...Object.fromEntries(response.headers) };
    };
    const studio = await headers('/studio');
    const isolation = {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    expect(studio).toMatchObject({ status: 200, ...isolation });
    expect(await headers('/studio', studio.etag)).toMatchObject({
      status: 304,
      ...isolation,
    });
    for (const path of ['/overlay', '/assets/engine.wasm', '/nothing']) {
      expect(Object.keys(await headers(path)), path).not.toContain('cross-origin-embedder-policy');
      expect(Object.keys(await headers(path)), path).not.toContain('cross-origin-opener-policy');
    }
    plain.close();
  });

  it('gives out the frame of isolated extensions with a policy of its own, which lets it reach nobody', async () => {
    const frame = join(folder, 'frame.html');
    const policy = "default-src 'none'; script-src blob:";
    writeFileSync(frame, `<meta http-equiv="Content-Security-Policy" content="${policy}"><script></script>`);
    const context: HttpContext = {
      site: buildSite(folder, folder, partFrameOf(frame)),
      extensions: [],
      access: createAccess(TOKEN),
      secure: false,
      health: () => {
        throw new Error('Nobody asks for it here.');
      },
      overlayBase: () => base,
    };
    const plain = createServer((incoming, response) => handleRequest(incoming, response, context));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/overlay/part-frame.html`);
    await response.arrayBuffer();
    plain.close();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy}; frame-ancestors 'self'; sandbox allow-scripts`,
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it('serves every file that the models package carries, at the addresses its manifest says', async () => {
    const plain = createOverlayServer({ port: 0, token: TOKEN });
    const { server: address } = await plain.listen();
    for (const { path, bytes } of [...modelManifest.models, ...modelManifest.wasm]) {
      const response = await fetch(`${address}/assets/${path}`, { method: 'HEAD' });
      expect(response.status, path).toBe(200);
      expect(Number(response.headers.get('content-length')), path).toBe(bytes);
    }
    await plain.close();
  });
});
