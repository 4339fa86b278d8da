import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { manifestAddress } from './package-address.ts';
import { packageOrigin } from './package-source.ts';
import { ScriptedHost } from './scripted-host.test-support.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server with these texts at these paths; everything else is not found. */
function serving(files: Readonly<Record<string, string>>, contentType = 'application/octet-stream') {
  return serve(({ url = '' }, response) => {
    const text = files[url];
    if (text === undefined) response.writeHead(404).end('<h1>Not found</h1>');
    else response.writeHead(200, { 'content-type': contentType }).end(text);
  });
}

const MANIFEST = JSON.stringify(manifestOf('far', { main: './dist/main.js' }));

describe('an address', () => {
  it('is that of package.json or of its folder', () => {
    for (const [given, wanted] of [
      ['https://example.org/x', 'https://example.org/x/package.json'],
      ['https://example.org/x/', 'https://example.org/x/package.json'],
      ['https://example.org/x/package.json', 'https://example.org/x/package.json'],
      ['https://example.org/x@1.0/extension.json?v=2#part', 'https://example.org/x@1.0/extension.json?v=2'],
      ['file:///x/y', 'file:///x/y/package.json'],
    ] as const)
      expect(manifestAddress(given).href).toBe(wanted);
  });

  it.each(['hello', '', 'data:application/json,{}', 'javascript:alert(1)', 'ftp://example.org/x'])(
    'is refused when it leads nowhere: "%s"',
    async (address) => {
      const { extensions } = managed();
      const id = await extensions.add(address);
      expect(id).toBe(address);
      expect(extensions.list).toMatchObject([
        { id: address, state: 'failed', lastError: { code: 'OPTION_INVALID' } },
      ]);
      extensions.dispose();
    },
  );
});

describe('the same source', () => {
  it('added many times at once is read once, and listed once, also when it is faulty', async () => {
    let asked = 0;
    const origin = await serve((_, response) => {
      asked += 1;
      response.writeHead(404).end();
    });
    const { extensions } = managed();
    const add = () => Promise.all(Array.from({ length: 4 }, () => extensions.add(origin)));
    expect(await add()).toEqual(Array(4).fill(origin));
    expect([asked, extensions.list.length]).toEqual([1, 1]);
    // It may have been repaired since.
    await add();
    expect([asked, extensions.list.length]).toEqual([2, 1]);
    extensions.dispose();
  });

  it('gives the same id, be it an address or a package; another of its name is faulty', async () => {
    const { extensions } = managed();
    const hello = packageOf('hello');
    expect([await extensions.add(hello), await extensions.add(hello)]).toEqual(['hello', 'hello']);
    expect(extensions.list).toHaveLength(1);
    expect(await extensions.add(packageOf('hello'))).toBe('hello (2)');
    expect(extensions.list).toMatchObject([{ faults: [] }, { faults: [{ path: '/name' }] }]);
    extensions.dispose();
  });
});

describe('a package that cannot be had', () => {
  const failing = async (address: string) => {
    const { extensions } = managed();
    const id = await extensions.add(address);
    const [status] = extensions.list;
    extensions.dispose();
    expect(id).toBe(address);
    return `${status?.lastError?.code}: ${status?.lastError?.message}`;
  };

  it('says so, and what to do', async () => {
    const origin = await serving({
      '/html/package.json': '<!doctype html><p>App',
      '/text/package.json': 'name: x',
    });
    expect(await failing(`${origin}/none`)).toMatch(
      /EXTENSION_UNAVAILABLE: .*\/none\/package\.json answered 404/,
    );
    expect(await failing(`${origin}/html`)).toMatch(
      /EXTENSION_UNAVAILABLE: .* is a web page\. Give the address/,
    );
    expect(await failing(`${origin}/text`)).toMatch(/EXTENSION_UNAVAILABLE: .* is not JSON/);
    expect(await failing('http://127.0.0.1:1/x')).toMatch(/EXTENSION_UNAVAILABLE: .* cannot be reached/);
    expect(await failing(new URL('./nowhere/', import.meta.url).href)).toMatch(/EXTENSION_UNAVAILABLE: /);
  });

  it('is not read beyond its limit, whether the server says how long it is or not', async () => {
    let sent = 0;
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/said')) {
        response.writeHead(200, { 'content-length': '300000' }).end(' '.repeat(300_000));
        return;
      }
      const pour = () => {
        while (!response.destroyed && sent < 50e6) {
          sent += 65_536;
          if (!response.write(' '.repeat(65_536))) {
            response.once('drain', pour);
            return;
          }
        }
      };
      pour();
    });
    expect(await failing(`${origin}/said`)).toMatch(/larger than 0\.256 MB/);
    expect(await failing(`${origin}/unsaid`)).toMatch(/larger than 0\.256 MB/);
    expect(sent).toBeLessThan(20e6);
  });
});

describe('the code of an isolated package', () => {
  const activated = async (files: Record<string, string>, contentType?: string) => {
    const origin = await serving(files, contentType);
    const host = new ScriptedHost();
    const { extensions, clock } = managed({ isolatedHost: host });
    await extensions.add(`${origin}/far`);
    extensions.step(frameAt(0));
    await settle();
    while (extensions.list[0]?.state === 'activating') await settle();
    const [status] = extensions.list;
    extensions.dispose();
    await settle();
    return { status, host, clock };
  };

  it('is fetched from where `main` says, and handed over as text', async () => {
    const text = 'export function activate() {}';
    const { status, host } = await activated({ '/far/package.json': MANIFEST, '/far/dist/main.js': text });
    expect(status).toMatchObject({ state: 'active', trust: 'isolated' });
    expect(host.requests.map(({ code }) => code)).toEqual([{ kind: 'text', text }]);
  });

  it('is refused, without trying for ever, when it is missing, a web page, empty or too large', async () => {
    for (const [text, message, type] of [
      [undefined, /answered 404/],
      ['<!DOCTYPE html>', /is a web page, not a script/],
      ['let x;', /is a web page, not a script/, 'text/html'],
      ['  \n', /is empty/],
      ['/'.repeat(5_000_001), /larger than 5 MB/],
    ] as const) {
      const files = {
        '/far/package.json': MANIFEST,
        ...(text === undefined ? {} : { '/far/dist/main.js': text }),
      };
      const { status, host, clock } = await activated(files, type);
      expect(status).toMatchObject({ state: 'failed', lastError: { code: 'EXTENSION_UNAVAILABLE' } });
      expect(status?.lastError?.message).toMatch(message);
      expect([host.requests.length, clock.pending]).toEqual([0, 0]);
    }
  });
});

describe('a trusted address', () => {
  const url = new URL('./fixture-extension/', import.meta.url).href;

  it('is imported into this realm, with its files beside it', async () => {
    const { extensions } = managed();
    expect(await extensions.add({ url, trusted: true })).toBe('fixture');
    expect(await extensions.commands.execute('fixture.read')).toBe('A note that lies beside the manifest.');
    expect(extensions.list[0]).toMatchObject({
      state: 'active',
      trust: 'trusted',
      version: '1.2.3',
      title: 'Fixture',
    });
    extensions.dispose();
  });

  it('is the same extension when it is added again, however it is written', async () => {
    const { extensions } = managed();
    const ids = await Promise.all([
      extensions.add({ url, trusted: true }),
      extensions.add({ url: `${url}package.json`, trusted: true }),
    ]);
    expect(ids).toEqual(['fixture', 'fixture']);
    expect(extensions.list).toHaveLength(1);
    extensions.dispose();
  });

  it('is read again when it was faulty before', async () => {
    let text = '{';
    const origin = await serve((_, response) => response.end(text));
    const { extensions } = managed({ isolatedHost: new ScriptedHost() });
    const address = `${origin}/far`;
    expect(await extensions.add(address)).toBe(address);
    text = MANIFEST;
    expect(await extensions.add(address)).toBe('far');
    expect(extensions.list.map(({ id, state }) => [id, state])).toEqual([['far', 'registered']]);
    extensions.dispose();
  });
});

describe('names and prefixes', () => {
  it('belong to whoever came first; the second is listed with the reason', async () => {
    const { extensions } = managed();
    await extensions.add(packageOf('hello'));
    expect(await extensions.add(packageOf('hello'))).toBe('hello (2)');
    expect(
      await extensions.add({ manifest: manifestOf('other', { prefix: 'hello', contributes: {} }) }),
    ).toBe('other');
    expect(extensions.list.map(({ faults }) => faults.map(({ path }) => path))).toEqual([
      [],
      ['/name'],
      ['/poseCoach/prefix'],
    ]);
    // The good one is untouched by the others' coming and going.
    await extensions.remove('hello (2)');
    await extensions.remove('other');
    expect(extensions.list).toMatchObject([{ id: 'hello', state: 'registered' }]);
    extensions.dispose();
  });

  it('are free again when their owner is removed', async () => {
    const { extensions } = managed();
    await extensions.add(packageOf('hello'));
    await extensions.remove('hello');
    expect(extensions.list).toEqual([]);
    expect(extensions.contributions('metrics')).toEqual([]);
    expect(await extensions.add(packageOf('hello'))).toBe('hello');
    extensions.dispose();
  });

  it('stand in the order of asking, however long each takes to come', async () => {
    const { extensions } = managed();
    const slow = packageOf('slow');
    const origin = await serve((_, response) => {
      setTimeout(() => response.end(MANIFEST), 100);
    });
    await Promise.all([extensions.add(`${origin}/far`), extensions.add(slow)]);
    expect(extensions.list.map(({ id }) => id)).toEqual(['far', 'slow']);
    extensions.dispose();
  });
});

describe('packageOrigin', () => {
  it('takes an address for isolated unless it is trusted, and a package for trusted', () => {
    expect(packageOrigin('/x').trust).toBe('isolated');
    expect(packageOrigin({ url: '/x' }).trust).toBe('isolated');
    expect(packageOrigin({ url: '/x', trusted: true }).trust).toBe('trusted');
    expect(packageOrigin({ manifest: {} }).trust).toBe('trusted');
  });
});
