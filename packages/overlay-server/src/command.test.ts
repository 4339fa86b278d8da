import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccess } from './access.ts';
import { runCommand } from './command.ts';
import type { OverlayServer } from './overlay-server.ts';
import { RawClient } from './raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';

let folder: string;
const running: OverlayServer[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-command-'));
});
beforeEach(() => {
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('POSE_COACH_TOKEN', undefined);
  vi.stubEnv('POSE_COACH_OBS_PASSWORD', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((server) => server.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const printed: string[] = [];
  const failed: string[] = [];
  const result = await runCommand(args, {
    print: (line) => printed.push(line),
    fail: (line) => failed.push(line),
  });
  if (typeof result !== 'number') running.push(result);
  return { result, printed, failed };
}

/** A server that has started. */
async function started(...args: string[]) {
  const { result, printed, failed } = await run('--port', '0', ...args);
  if (typeof result === 'number') throw new Error(failed.join('\n'));
  return { server: result, printed, failed };
}

describe('the command', () => {
  it('prints four addresses: studio, overlay, dock, health', async () => {
    const { server, printed } = await started('--token', TOKEN);
    const { studio, overlay, dock, health } = server.addresses;
    expect(printed).toHaveLength(4);
    expect(printed[0]).toContain(studio);
    expect(printed[1]).toContain(overlay);
    expect(printed[2]).toContain(dock);
    expect(printed[3]).toContain(health);
    expect(new URL(dock).hash).toBe(new URL(studio).hash);
    expect(studio).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/studio#channel=main&token=a-token-for-these-tests$/);
    expect(new URL(overlay).searchParams.get('key')).toBe(createAccess(TOKEN).viewerKey('main'));
    expect((await fetch(health)).status).toBe(200);
  });

  it('keeps its token, so that the link in OBS survives a restart, until a new one is asked for', async () => {
    const links: string[] = [];
    for (const args of [[], [], ['--new-token']]) {
      const { server } = await started(...args);
      links.push(new URL(server.addresses.overlay).search);
      await server.close();
    }
    expect(links[1]).toBe(links[0]);
    expect(links[2]).not.toBe(links[0]);
  });

  it('takes the token from the environment, where other users do not see it', async () => {
    vi.stubEnv('POSE_COACH_TOKEN', 'token-of-the-environment');
    expect((await started()).server.token).toBe('token-of-the-environment');
  });

  it('keeps stages beside the token, or in the folder that is named', async () => {
    const stages = async (...args: string[]) => {
      const { server } = await started('--token', TOKEN, ...args);
      const controller = await new RawClient(server.addresses.server).join('controller', TOKEN);
      await controller.ask('stage.change', { change: { current: 'vertical' }, base: 0 });
      await server.close();
    };
    await stages();
    await stages('--data', join(folder, 'elsewhere'));
    for (const data of ['config/pose-coach', 'elsewhere']) {
      const kept: unknown = JSON.parse(readFileSync(join(folder, data, 'stages', 'main.json'), 'utf8'));
      expect(kept).toMatchObject({ current: 'vertical' });
    }
  });

  it('goes to the OBS that is named, with the password of the environment, which nobody is shown', async () => {
    vi.stubEnv('POSE_COACH_OBS_PASSWORD', 'a-very-secret-word');
    // Nobody listens there.
    const { server, printed, failed } = await started('--token', TOKEN, '--obs', 'ws://127.0.0.1:9');
    const controller = await new RawClient(server.addresses.server).join('controller', TOKEN);
    const status = () => controller.all('obs').at(-1)?.status ?? controller.all('welcome').at(-1)?.obs;
    await controller.until(() => status()?.status === 'waiting', 'the attempt');
    expect(status()).toMatchObject({ address: 'ws://127.0.0.1:9' });
    expect(server.health().obs).toBe('waiting');
    const everything = JSON.stringify([printed, failed, controller.messages, server.health()]);
    expect(everything).not.toContain('secret');
    controller.socket.terminate();
  });

  it('says on a network address without a certificate that cameras need HTTPS', async () => {
    const { printed } = await started('--token', TOKEN, '--host', '0.0.0.0');
    expect(printed).toHaveLength(5);
    expect(printed[4]).toContain('HTTPS');
    expect(printed[4]).toContain('--tls-cert');
    expect((await started('--token', TOKEN, '--host', 'localhost')).printed).toHaveLength(4);
  });

  it('answers a port in use in one line', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { result, printed, failed } = await run('--port', String(port), '--token', TOKEN);
    blocker.close();
    expect({ result, printed }).toEqual({ result: 1, printed: [] });
    expect(failed).toEqual([
      `Port ${port} is in use: stop the other program, or choose another port with --port.`,
    ]);
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', 'high'], '--port'],
    [['--port', '65536'], '--port'],
    [['--port', '-1'], '--port'],
    [['--token', 'short'], 'token'],
    [['--channel', 'a/b', '--token', TOKEN], 'a/b'],
    [['--origin', 'example.org'], '--origin'],
    [['--origin', 'https://example.org/path'], '--origin'],
    [['--webhook', 'https://example.org/path'], '--webhook'],
    [['--webhook', 'ftp://example.org'], '--webhook'],
    [['--obs', 'http://127.0.0.1:4455'], '--obs'],
    [['--obs', 'ws://:secret@127.0.0.1:4455'], '--obs'],
    [['--obs-password', 'secret'], '--obs'],
    [['--extension', '/does/not/exist', '--token', TOKEN], '/does/not/exist'],
    [['--tls-cert', 'a.pem'], '--tls-key'],
    [['--tls-cert', '/does/not/exist.pem', '--tls-key', '/does/not/exist.key'], '/does/not/exist.pem'],
    [['--new-token', '--token', TOKEN], '--new-token'],
    [['--assets', '/does/not/exist', '--token', TOKEN], '/does/not/exist'],
    [['--connections-per-address', '0'], '--connections-per-address'],
    [['--host', 'not.a.host.invalid', '--token', TOKEN], '--host'],
    [['--host', '203.0.113.1', '--token', TOKEN, '--port', '0'], '--host'],
  ])('answers %j in one plain line that names what is wrong', async (args, word) => {
    const { result, printed, failed } = await run(...args);
    expect({ result, printed }).toEqual({ result: 1, printed: [] });
    expect(failed).toHaveLength(1);
    expect(failed[0]).toContain(word);
    expect(failed[0]).not.toMatch(/\n|Error|at .*:\d+/);
  });

  it('explains itself', async () => {
    const { result, printed } = await run('--help');
    expect(result).toBe(0);
    for (const option of [
      '--port',
      '--host',
      '--token',
      '--new-token',
      '--tls-cert',
      '--origin',
      '--assets',
      '--data',
      '--obs',
      '--obs-password',
      '--webhook',
      '--extension',
    ]) {
      expect(printed[0]).toContain(option);
    }
    expect((await run('--version')).printed[0]).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('the command with a certificate', () => {
  let cert: string;
  let key: string;

  beforeAll(() => {
    cert = join(folder, 'cert.pem');
    key = join(folder, 'key.pem');
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ].concat(['-subj', '/CN=localhost', '-keyout', key, '-out', cert]),
      { stdio: 'ignore' },
    );
  });

  it('serves pages and sockets over TLS', async () => {
    const { server } = await started('--token', TOKEN, '--tls-cert', cert, '--tls-key', key);
    const { health, server: address } = server.addresses;
    expect(health).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      get(health, { rejectUnauthorized: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
    const client = new RawClient(address, { rejectUnauthorized: false });
    await client.join('subscriber', TOKEN);
    client.socket.close();
  });

  it('answers a file that is no certificate in one line', async () => {
    const nonsense = join(folder, 'nonsense.pem');
    writeFileSync(nonsense, 'not a certificate');
    const { result, failed } = await run('--token', TOKEN, '--tls-cert', nonsense, '--tls-key', key);
    expect(result).toBe(1);
    expect(failed).toEqual([expect.stringContaining('certificate')]);
  });
});
