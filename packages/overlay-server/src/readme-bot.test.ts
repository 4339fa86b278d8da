import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import { RawClient } from './raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';

let folder: string;
let server: OverlayServer | undefined;
let bot: ChildProcess | undefined;

afterEach(async () => {
  bot?.kill();
  await server?.close();
  rmSync(folder, { recursive: true });
});

describe('the bot in the README', () => {
  it('runs as it stands there', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = /## Chat and bots[\s\S]*?```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(code.split('\n').filter((line) => line.trim()).length).toBeLessThanOrEqual(15);
    folder = mkdtempSync(join(tmpdir(), 'overlay-bot-'));
    writeFileSync(join(folder, 'bot.mjs'), code);
    server = createOverlayServer({ port: 0, token: TOKEN });
    const { overlay, server: address } = await server.listen();
    let said = '';
    bot = spawn(process.execPath, [join(folder, 'bot.mjs'), overlay], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    bot.stdout?.on('data', (text) => {
      said += String(text);
    });
    await expect.poll(() => server?.health().clients.subscribers, { timeout: 10_000 }).toBe(1);
    const publisher = await new RawClient(address).join('publisher', TOKEN);
    const about = { timestamp: 1000, confidence: 1 };
    publisher.say({
      type: 'readings',
      readings: [
        { ...about, metric: 'test.tempo', status: 'ok', value: 120 },
        { ...about, metric: 'test.height', status: 'unknown', reason: 'Half a body is in view.' },
      ],
      cues: [
        {
          id: 'test.higher',
          timestamp: 1000,
          severity: 'hint',
          message: 'Higher!',
          joints: [],
          source: 'test',
        },
      ],
    });
    await expect.poll(() => said).toContain('Coach: Higher!\n');
    expect(said).toContain('test.tempo 120\ntest.height unknown: Half a body is in view.\n');
    publisher.socket.terminate();
  });
});
