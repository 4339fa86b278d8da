import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PermissionRequest } from '../extensions.ts';
import type { Permission } from '../manifest/manifest.ts';
import { managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { ScriptedHost } from './scripted-host.test-support.ts';
import { memoryStorage } from './storage.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const BANK = {
  permissions: ['poses', 'storage', 'audio'],
  activationEvents: ['onStartup'],
  contributes: {
    configuration: {
      title: 'Bank',
      properties: { 'bank.limit': { type: 'number', default: 1, title: 'Limit' } },
    },
  },
};

/** Serves `bank` at the root, and redirects `/latest/` there. */
async function serveBank(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/latest/')) response.writeHead(302, { location: '/package.json' }).end();
    else if (request.url === '/main.js') response.end('export function activate() {}');
    else response.end(JSON.stringify(manifestOf('bank', { ...BANK, main: './main.js' })));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

describe('a name that somebody else has claimed', () => {
  it('opens neither the permissions, nor the values, nor the settings of the other', async () => {
    const storage = memoryStorage();
    const asked: PermissionRequest[] = [];
    const visit = async (source: string | ReturnType<typeof packageOf>, answer: readonly Permission[]) => {
      const host = new ScriptedHost();
      const { extensions } = managed({
        storage,
        inlineHost: host,
        isolatedHost: host,
        onPermission: (request) => {
          asked.push(request);
          return answer;
        },
      });
      await extensions.add(source);
      await expect.poll(() => extensions.list[0]?.state).toBe('active');
      const [request] = host.requests;
      const [status] = extensions.list;
      if (request === undefined || status === undefined) throw new Error('It was not started.');
      return { extensions, services: request.services, status };
    };
    const [first, second] = [await serveBank(), await serveBank()];
    const mine = packageOf('bank', undefined, { manifest: manifestOf('bank', BANK) });
    for (const [source, trust] of [
      [first, 'isolated'],
      [mine, 'trusted'],
    ] as const) {
      const { extensions, services, status } = await visit(source, ['storage', 'audio']);
      const from = trust === 'isolated' ? `${first}package.json` : 'imported';
      expect(status).toMatchObject({ trust, source: from });
      await services.stateSet('secret', `of ${from}`);
      await extensions.settings.set('bank.limit', 7);
      extensions.dispose();
    }
    const stranger = await visit(second, ['storage']);
    expect(stranger.status).toMatchObject({
      source: `${second}package.json`,
      granted: ['poses', 'storage'],
    });
    expect(await stranger.services.stateGet('secret')).toBeUndefined();
    expect(await stranger.services.stateKeys()).toEqual([]);
    expect(stranger.extensions.settings.get('bank.limit')).toBe(1);
    stranger.extensions.dispose();
    expect(asked.map(({ source, trust }) => [source, trust])).toEqual([
      [`${first}package.json`, 'isolated'],
      ['imported', 'trusted'],
      [`${second}package.json`, 'isolated'],
    ]);
    // Whoever it is, however one comes there, finds again what is his.
    const again = await visit(`${first}latest/`, []);
    expect(again.status.source).toBe(`${first}package.json`);
    expect(await again.services.stateGet('secret')).toBe(`of ${first}package.json`);
    expect(again.extensions.settings.get('bank.limit')).toBe(7);
    again.extensions.dispose();
    expect(asked).toHaveLength(3);
  });

  it('is said of a faulty one too', async () => {
    const { extensions } = managed();
    await extensions.add('http://127.0.0.1:9/pack/');
    await extensions.add({ manifest: {} });
    expect(extensions.list.map(({ source }) => source)).toEqual([
      'http://127.0.0.1:9/pack/package.json',
      'imported',
    ]);
    extensions.dispose();
  });
});

describe('an answer', () => {
  const keeper = (name: string, dependencies: readonly string[] = []) => {
    const calls: string[] = [];
    const own = packageOf(name, () => void calls.push('activate'), {
      manifest: manifestOf(name, {
        permissions: ['storage'],
        dependencies,
        activationEvents: ['onStartup'],
        contributes: {},
      }),
      module: { deactivate: () => void calls.push('deactivate') },
    });
    return { own, calls };
  };

  it('can be taken back: the code ends, and somebody is asked again', async () => {
    const storage = memoryStorage();
    const answers: (readonly Permission[])[] = [['storage'], [], ['storage']];
    const states: unknown[] = [];
    const { extensions } = managed({
      storage,
      onPermission: () => {
        states.push(extensions.list.map(({ state, granted }) => [state, ...granted]));
        return answers.shift() ?? [];
      },
    });
    const { own, calls } = keeper('keeper');
    await extensions.add(own);
    await settle();
    for (const granted of [[], ['storage']]) {
      await extensions.permissions.forget('keeper');
      await settle();
      expect(extensions.list[0]).toMatchObject({ state: 'active', granted });
    }
    expect(calls).toEqual(['activate', 'deactivate', 'activate', 'deactivate', 'activate']);
    expect(states).toEqual([[['activating']], [['activating']], [['activating']]]);
    await expect(extensions.permissions.forget('nobody')).rejects.toMatchObject({
      code: 'EXTENSION_NOT_FOUND',
    });
    extensions.dispose();
  });

  it('taken back from one that is switched off is asked for when it is switched on', async () => {
    let asked = 0;
    const { extensions } = managed({
      onPermission: ({ permissions }) => {
        asked += 1;
        return permissions;
      },
    });
    await extensions.add(keeper('keeper').own);
    await settle();
    await extensions.disable('keeper');
    await extensions.permissions.forget('keeper');
    await settle();
    expect([asked, extensions.list[0]?.state, extensions.list[0]?.granted]).toEqual([1, 'disabled', []]);
    await extensions.enable('keeper');
    expect([asked, extensions.list[0]?.state, extensions.list[0]?.granted]).toEqual([
      2,
      'active',
      ['storage'],
    ]);
    extensions.dispose();
  });

  it('taken back restarts those that cannot be without the extension', async () => {
    const { extensions } = managed({ onPermission: ({ permissions }) => permissions });
    const top = keeper('top', ['keeper']);
    await extensions.add(keeper('keeper').own);
    await extensions.add(top.own);
    await settle();
    await extensions.permissions.forget('keeper');
    await settle();
    expect(extensions.list).toMatchObject([{ state: 'active' }, { state: 'active', lastError: undefined }]);
    expect(top.calls).toEqual(['activate', 'deactivate', 'activate']);
    extensions.dispose();
  });

  it('is forgotten when the extension is removed, and its values are not', async () => {
    const storage = memoryStorage();
    let asked = 0;
    const { extensions } = managed({
      storage,
      onPermission: () => {
        asked += 1;
        return [];
      },
    });
    const { own } = keeper('keeper');
    await extensions.add(own);
    await settle();
    await storage.set('state/keeper/trusted/imported/best', '1');
    await extensions.remove('keeper');
    expect(await storage.keys('')).toEqual(['state/keeper/trusted/imported/best']);
    await extensions.add(own);
    await settle();
    expect(asked).toBe(2);
    extensions.dispose();
  });

  it('is told apart before and after the answer, and means nothing without anybody to ask', async () => {
    const storage = memoryStorage();
    const answers: ((granted: readonly Permission[]) => void)[] = [];
    const { extensions } = managed({
      storage,
      onPermission: () => new Promise((resolve) => answers.push(resolve)),
    });
    const unanswered = () => extensions.list[0]?.unanswered;
    await extensions.add({ ...keeper('keeper').own, enabled: false });
    expect(unanswered()).toEqual(['storage']);
    const enabled = extensions.enable('keeper');
    await settle();
    expect(unanswered()).toEqual(['storage']);
    answers[0]?.([]);
    await enabled;
    expect(extensions.list[0]).toMatchObject({ granted: [], unanswered: [] });
    await extensions.disable('keeper');
    await extensions.permissions.forget('keeper');
    expect(unanswered()).toEqual(['storage']);
    extensions.dispose();

    const { extensions: alone } = managed({ storage });
    await alone.add(keeper('keeper').own);
    expect(alone.list[0]).toMatchObject({ granted: [], unanswered: [] });
    alone.dispose();
  });

  it('that is awaited already is not asked for twice', async () => {
    const answers: ((granted: readonly Permission[]) => void)[] = [];
    const { extensions } = managed({
      onPermission: () => new Promise((resolve) => answers.push(resolve)),
    });
    await extensions.add(keeper('keeper').own);
    await settle();
    await extensions.permissions.forget('keeper');
    await settle();
    expect(answers).toHaveLength(1);
    answers[0]?.(['storage']);
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'active', granted: ['storage'] });
    extensions.dispose();
  });
});

describe('the room of an extension', () => {
  it('is one for all pages of the origin', async () => {
    const storage = memoryStorage();
    const open = async () => {
      const host = new ScriptedHost();
      const { extensions } = managed({
        storage,
        inlineHost: host,
        onPermission: (asked) => asked.permissions,
      });
      await extensions.add(packageOf('bank', undefined, { manifest: manifestOf('bank', BANK) }));
      await settle();
      const services = host.requests[0]?.services;
      if (services === undefined) throw new Error('It was not started.');
      return services;
    };
    const [one, other] = [await open(), await open()];
    // Both have looked before either has written much.
    for (const services of [one, other]) await services.stateSet('little', 1);
    await one.stateSet('a', 'x'.repeat(200_000));
    await expect(other.stateSet('b', 'x'.repeat(100_000))).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});
