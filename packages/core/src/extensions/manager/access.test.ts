import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '../../base/index.ts';
import type { ExtensionContext } from '../api/extension-api.ts';
import type { PermissionRequest } from '../extensions.ts';
import { managed, manifestOf, packageOf } from './manager.test-support.ts';
import { memoryStorage } from './storage.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that notes what it is asked. */
async function serve(
  answer: (request: IncomingMessage) => {
    status?: number;
    headers?: Record<string, string>;
    body: string | Buffer;
  },
) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { status = 200, headers = {}, body } = answer(request);
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, requests };
}

/** An extension whose one command does `work` with its context. */
function doing(
  name: string,
  permissions: readonly string[],
  work: (context: ExtensionContext) => Promise<JsonValue | undefined>,
  { version = '1.0.0', assets = [] }: { version?: string; assets?: readonly string[] } = {},
) {
  return packageOf(
    name,
    (context, coach) => {
      coach.commands.register(`${name}.do`, () => work(context));
    },
    {
      manifest: manifestOf(
        name,
        { permissions, assets, contributes: { commands: [{ id: `${name}.do`, title: 'Do' }] } },
        { version },
      ),
    },
  );
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: { code?: string; cause?: { code?: string }; message: string }) => error.cause?.code ?? error.code,
  );

describe('permissions', () => {
  const all = async (context: ExtensionContext) => [...context.permissions];

  it('beyond poses and hands are asked for when the extension is activated, once per version, and remembered', async () => {
    const storage = memoryStorage();
    const asked: PermissionRequest[] = [];
    const onPermission = (request: PermissionRequest) => {
      asked.push(request);
      return ['storage', 'network:https://example.org'] as const;
    };
    const visit = async (version: string) => {
      const { extensions } = managed({ storage, onPermission });
      await extensions.add(doing('asker', ['poses', 'storage', 'audio', 'frames'], all, { version }));
      const before = extensions.list[0]?.granted;
      const granted = await extensions.commands.execute('asker.do');
      const log = extensions.list[0]?.log.map(({ message }) => message);
      extensions.dispose();
      return { before, granted, log };
    };
    // What it did not declare it does not get, whatever the answer says.
    expect(await visit('1.0.0')).toEqual({
      before: ['poses'],
      granted: ['poses', 'storage'],
      log: ['Not granted: audio, frames.'],
    });
    expect(asked).toMatchObject([
      { trust: 'trusted', permissions: ['storage', 'audio'], manifest: { id: 'asker' } },
    ]);
    expect((await visit('1.0.0')).before).toEqual(['poses', 'storage']);
    expect(asked).toHaveLength(1);
    await visit('2.0.0');
    expect(asked).toHaveLength(2);
  });

  it('are not granted when nobody is there to ask, nor when the answer fails', async () => {
    for (const onPermission of [
      undefined,
      () => Promise.reject(new Error('the dialog broke')),
      () => 'storage' as unknown as [],
    ]) {
      const { extensions } = managed(onPermission === undefined ? {} : { onPermission });
      await extensions.add(doing('asker', ['hands', 'storage'], all));
      expect(await extensions.commands.execute('asker.do')).toEqual(['hands']);
      extensions.dispose();
    }
  });

  it('name themselves in the error when they are missing', async () => {
    const { extensions } = managed();
    await extensions.add(doing('keeper', ['poses'], async ({ globalState }) => globalState.get('x')));
    const error: unknown = await extensions.commands.execute('keeper.do').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', cause: { code: 'PERMISSION_DENIED' } });
    expect(String(error)).toContain('"storage"');
    extensions.dispose();
  });
});

describe('what an extension keeps', () => {
  it('outlives the page, is its own, and ends at 256 kB', async () => {
    const storage = memoryStorage();
    const onPermission = ({ permissions }: PermissionRequest) => permissions;
    const visit = async (
      name: string,
      work: (context: ExtensionContext) => Promise<JsonValue | undefined>,
    ) => {
      const { extensions } = managed({ storage, onPermission });
      await extensions.add(doing(name, ['storage'], work));
      return extensions.commands.execute(`${name}.do`).finally(() => extensions.dispose());
    };
    await visit('one', async ({ globalState }) => {
      await globalState.set('best', { score: 12 });
      await globalState.set('worst', 1);
      return undefined;
    });
    const read = async ({ globalState }: ExtensionContext) => [
      (await globalState.get('best')) ?? null,
      ...(await globalState.keys()),
    ];
    expect(await visit('one', read)).toEqual([{ score: 12 }, 'best', 'worst']);
    expect(await visit('two', read)).toEqual([null]);

    const fill = async ({ globalState }: ExtensionContext) => {
      await globalState.set('worst', undefined);
      await globalState.set('a', 'x'.repeat(200_000));
      // 16 bytes for `best` and 200,003 for `a` are there; the rest is 55,981, with three for the key and the quotes.
      await globalState.set('b', 'x'.repeat(55_978));
      await globalState.set('b', 'x'.repeat(55_979));
      return undefined;
    };
    const full = visit('one', fill);
    expect(await codeOf(full)).toBe('STORAGE_FAILED');
    expect(await visit('one', async ({ globalState }) => [...(await globalState.keys())])).toEqual([
      'best',
      'a',
      'b',
    ]);
    // It is the total that counts: what makes it smaller fits.
    await visit('one', async ({ globalState }) => {
      await globalState.set('a', 'x'.repeat(100_000));
      await globalState.set('b', 'x'.repeat(150_000));
      return undefined;
    });
  });
});

describe('the way to the network', () => {
  const ask =
    (url: string, request = {}) =>
    async (context: ExtensionContext) => {
      const { status, headers, body } = await context.fetch(url, request);
      return [status, headers['x-answer'] ?? null, new TextDecoder().decode(body)];
    };
  const visit = async (permissions: readonly string[], url: string, request = {}) => {
    const { extensions } = managed({ onPermission: (asked) => asked.permissions });
    await extensions.add(doing('caller', permissions, ask(url, request)));
    return extensions.commands.execute('caller.do').finally(() => extensions.dispose());
  };

  it('is open to the very origins that were granted, and to no other', async () => {
    const { origin, requests } = await serve(() => ({ headers: { 'x-answer': 'yes' }, body: 'Hello.' }));
    const other = await serve(() => ({ body: 'secret' }));
    const answer = await visit([`network:${origin}`], `${origin}/a?b=1`, { method: 'POST', body: 'me' });
    expect(answer).toEqual([200, 'yes', 'Hello.']);
    expect(
      requests.map(({ method, url, headers }) => [method, url, headers.cookie, headers.referer]),
    ).toEqual([['POST', '/a?b=1', undefined, undefined]]);
    for (const url of [
      `${other.origin}/`,
      `${origin.replace('127.0.0.1', 'localhost')}/`,
      'https://example.org/',
    ])
      expect(await codeOf(visit([`network:${origin}`], url))).toBe('PERMISSION_DENIED');
    for (const url of [
      '/relative',
      'file:///etc/passwd',
      `http://me:word@${origin.slice(7)}/`,
      'data:text/plain,x',
    ])
      expect(await codeOf(visit([`network:${origin}`], url))).toBe('OPTION_INVALID');
    expect([requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it('is not followed elsewhere, and ends at ten megabytes', async () => {
    const secret = await serve(() => ({ body: 'secret' }));
    const { origin } = await serve(({ url }) =>
      url === '/big'
        ? { body: Buffer.alloc(10_000_001) }
        : { status: 302, headers: { location: `${secret.origin}/` }, body: '' },
    );
    expect(await codeOf(visit([`network:${origin}`], `${origin}/there`))).toBe('CONNECTION_LOST');
    expect(await codeOf(visit([`network:${origin}`], `${origin}/big`))).toBe('PAYLOAD_TOO_LARGE');
    expect(secret.requests).toHaveLength(0);
  });
});

describe('the files of a package', () => {
  const url = new URL('./fixture-extension/package.json', import.meta.url).href;
  const named = ['./note.txt', './missing.txt'];
  const reading = (path: string, assets = named) =>
    doing('reader', [], async (context) => new TextDecoder().decode(await context.asset(path)).trim(), {
      assets,
    });

  it('are read from beside the manifest, and from nowhere else', async () => {
    const visit = async (path: string) => {
      const { extensions } = managed();
      await extensions.add({ ...reading(path), url });
      return extensions.commands.execute('reader.do').finally(() => extensions.dispose());
    };
    expect(await visit('./note.txt')).toBe('A note that lies beside the manifest.');
    expect(await visit('note.txt')).toBe('A note that lies beside the manifest.');
    for (const path of [
      '../storage.ts',
      './a/../../storage.ts',
      'https://example.org/x',
      '//example.org/x',
      '/etc/passwd',
      './%2e%2e/storage.ts',
      './note.txt?q',
      '',
      './',
    ])
      expect(`${path} ${await codeOf(visit(path))}`).toBe(`${path} OPTION_INVALID`);
    expect(await codeOf(visit('./missing.txt'))).toBe('ASSET_NOT_FOUND');
  });

  it('are not to be had without an address', async () => {
    const { extensions } = managed();
    await extensions.add(reading('./note.txt'));
    expect(await codeOf(extensions.commands.execute('reader.do'))).toBe('ASSET_NOT_FOUND');
    extensions.dispose();
  });

  it('are asked of no server unless the manifest names them', async () => {
    const { origin, requests } = await serve(() => ({ body: 'x' }));
    const { extensions } = managed();
    await extensions.add({ ...reading('./left-knee-at-171-degrees'), url: `${origin}/pack/` });
    const error: unknown = await extensions.commands.execute('reader.do').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: { code: 'ASSET_NOT_FOUND' } });
    expect(String(error)).toContain('add "./left-knee-at-171-degrees" to /poseCoach/assets');
    expect(requests).toEqual([]);
    extensions.dispose();
  });

  it('are asked of the server once, and three times when they are not to be had', async () => {
    const { origin, requests } = await serve(({ url: path }) => ({
      body: 'x',
      status: path?.endsWith('missing.txt') ? 404 : 200,
    }));
    const { extensions } = managed();
    const often = doing(
      'reader',
      [],
      async (context) => {
        const sizes: number[] = [];
        for (let round = 0; round < 10; round += 1) {
          const together = [context.asset('./note.txt'), context.asset('note.txt')];
          for (const bytes of await Promise.all(together)) sizes.push(bytes.byteLength);
          await context.asset('./missing.txt').catch(() => undefined);
        }
        return sizes;
      },
      { assets: named },
    );
    await extensions.add({ ...often, url: `${origin}/pack/` });
    expect(await extensions.commands.execute('reader.do')).toEqual(Array(20).fill(1));
    const paths = requests.map(({ url: path }) => path).sort();
    expect(paths).toEqual([...Array(3).fill('/pack/missing.txt'), '/pack/note.txt']);
    extensions.dispose();
  });

  it('are together no larger than 100 MB', async () => {
    const { origin, requests } = await serve(() => ({ body: Buffer.alloc(40_000_000) }));
    const { extensions } = managed();
    const large = ['./a', './b', './c', './d'];
    const many = doing(
      'reader',
      [],
      async (context) => {
        const read = await Promise.allSettled(large.map((path) => context.asset(path)));
        return read.filter(({ status }) => status === 'fulfilled').length;
      },
      { assets: large },
    );
    await extensions.add({ ...many, url: `${origin}/pack/` });
    expect(await extensions.commands.execute('reader.do')).toBe(2);
    expect(requests).toHaveLength(4);
    extensions.dispose();
  });
});
