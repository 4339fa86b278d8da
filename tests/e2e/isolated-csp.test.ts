import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bothBrowsers } from './both-browsers.ts';
import {
  buildIsolatedApp,
  type DrivenPage,
  type IsolatedApp,
  runIsolated,
  runPart,
} from './isolated-page.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

/** A page that allows its own scripts, a frame from the server of frames, and not one thing that is made of text. */
const strict = (frames: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `frame-src ${frames}`,
    'img-src data:',
    "require-trusted-types-for 'script'",
  ].join('; ');

/** The last is for Firefox, to which a sandboxed frame is of another origin than its own server. */
const CROSS_ORIGIN_ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};

/** A package with parts of the overlay, the first of which logs when it is activated. */
const PARTS = fileURLToPath(
  new URL('../../packages/core/src/extensions/overlay/fixture-extension/', import.meta.url),
);

const EXTENSION = `
  export function activate(context, coach) {
    coach.commands.register('probe.run', (a, b) => a + b);
  }`;

describe.each(bothBrowsers)('An isolated extension in $name', ({ missing: findMissing, open }) => {
  const missing = findMissing();
  let app: IsolatedApp;
  let frames: FrameServer;
  let page: DrivenPage;
  let close: () => Promise<void>;
  const servers: StaticServer[] = [];

  beforeAll(async () => {
    if (missing) return;
    app = await buildIsolatedApp();
    frames = await serveFrame(app.frameFile);
    ({ page, close } = await open());
  });

  afterAll(async () => {
    await close?.();
    for (const server of servers) server.close();
    frames?.close();
    app?.app.dispose();
  });

  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  /** The page, answered with headers. */
  const serve = async (headers: Readonly<Record<string, string>>) => {
    const server = await serveStatic(
      { ...app.mounts, '/extension-frame.html': app.frameFile, '/parts/': PARTS },
      headers,
    );
    servers.push(server);
    return server.origin;
  };

  const run = (address: string) => runIsolated(page, address, EXTENSION, [40, 2]);
  const WORKS = { value: 42, failures: [], violations: [] };

  it('runs in a page without a policy', async () => {
    expect(await run(`${await serve({})}/`)).toEqual(WORKS);
  });

  it('runs from the frame file in a page whose policy forbids scripts in a srcdoc, violating nothing', async () => {
    const origin = await serve({ 'content-security-policy': strict(frames.origin) });
    expect(await run(`${origin}/?frameUrl=${frames.origin}/extension-frame.html`)).toEqual(WORKS);
  });

  it('paints a part of the overlay in such a page, violating nothing', async () => {
    const policy = `${strict(frames.origin)}; connect-src 'self'`;
    const origin = await serve({ 'content-security-policy': policy });
    const address = `${origin}/?frameUrl=${frames.origin}/extension-frame.html`;
    const outcome = await runPart(page, address, `${origin}/parts/package.json`, {});
    expect(outcome).toEqual({ said: 'activated', violations: [] });
  });

  it('is refused there without the frame file, and "frameUrl" is named', async () => {
    const origin = await serve({ 'content-security-policy': strict("'self'") });
    const { code, message } = await run(`${origin}/`);
    expect(code).toBe('EXTENSION_UNAVAILABLE');
    expect(message).toContain('frameUrl');
  });

  it('is refused where the frame file is answered with the policy of the page, and that is said', async () => {
    const origin = await serve({ 'content-security-policy': strict("'self'") });
    const { code, message } = await run(`${origin}/?frameUrl=/extension-frame.html`);
    expect(code).toBe('EXTENSION_UNAVAILABLE');
    expect(message).toContain('without a policy of its own');
  });

  it('is refused where the frame file is missing', async () => {
    const { code, message } = await run(`${await serve({})}/?frameUrl=/nowhere.html`);
    expect(code).toBe('EXTENSION_UNAVAILABLE');
    expect(message).toContain('/nowhere.html');
  });

  it('runs in a page that is cross-origin isolated', async () => {
    expect(await run(`${await serve(CROSS_ORIGIN_ISOLATED)}/`)).toEqual(WORKS);
  });

  it('runs there from the frame file, answered with the same headers', async () => {
    expect(await run(`${await serve(CROSS_ORIGIN_ISOLATED)}/?frameUrl=/extension-frame.html`)).toEqual(WORKS);
  });
});

interface FrameServer {
  readonly origin: string;
  close(): void;
}

/** Gives out the frame's file as documented: with no policy but its own. */
async function serveFrame(file: string): Promise<FrameServer> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
