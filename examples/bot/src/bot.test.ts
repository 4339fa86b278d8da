import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createOverlayServer, type OverlayServer } from '@pose-coach/overlay-server';
import { afterEach, describe, expect, it } from 'vitest';
import { RawClient } from '../../../packages/overlay-server/src/raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';
const BOT = fileURLToPath(new URL('bot.js', import.meta.url));

let server: OverlayServer | undefined;
let bot: ChildProcess | undefined;
let publisher: RawClient | undefined;

afterEach(async () => {
  bot?.kill();
  publisher?.socket.terminate();
  await server?.close();
});

/** Starts the bot. @returns its lines, as they come */
function start(link: string): string[] {
  const lines: string[] = [];
  bot = spawn(process.execPath, [BOT, link], { stdio: ['ignore', 'pipe', 'pipe'] });
  const read = (text: Buffer) => lines.push(...String(text).trim().split('\n'));
  bot.stdout?.on('data', read);
  bot.stderr?.on('data', read);
  return lines;
}

const ABOUT = { timestamp: 1000, status: 'ok', confidence: 1 };

describe('the bot', () => {
  it('writes what is read and said, in the words of the metrics’ declarations', async () => {
    server = createOverlayServer({ port: 0, token: TOKEN });
    const { overlay, server: address } = await server.listen();
    const lines = start(overlay);
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual(['Connected: nobody is live yet.']);
    publisher = await new RawClient(address).join('publisher', TOKEN);
    publisher.say({
      type: 'state',
      entries: {
        metrics: [
          { id: 'test.tempo', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [0, 200] },
          { id: 'test.move', title: 'Movement', kind: 'label', labels: { jump: 'Jumping' } },
        ],
      },
    });
    publisher.say({
      type: 'readings',
      readings: [
        { ...ABOUT, metric: 'test.tempo', value: 121.7 },
        { ...ABOUT, metric: 'test.move', value: 'jump' },
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
    // Said again, it is no news; and of a number not every change is.
    publisher.say({
      type: 'readings',
      readings: [
        { ...ABOUT, metric: 'test.tempo', value: 125 },
        { ...ABOUT, metric: 'test.move', value: 'jump' },
      ],
      cues: [],
    });
    publisher.socket.close();
    await expect.poll(() => lines.at(-1), { timeout: 10_000 }).toBe('Not live any more.');
    expect(lines.slice(1)).toEqual([
      'Live.',
      'Tempo: 122 BPM',
      'Movement: Jumping',
      'Coach: Higher!',
      'Not live any more.',
    ]);
  });

  it('says what is wrong with a link', async () => {
    const lines = start('http://127.0.0.1:8787/studio');
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual([expect.stringContaining('no overlay link')]);
  });
});
