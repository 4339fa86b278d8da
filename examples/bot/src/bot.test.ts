import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Starts the bot, without a terminal. @returns its lines, as they come */
function start(...links: string[]): string[] {
  const lines: string[] = [];
  bot = spawn(process.execPath, [BOT, ...links], { stdio: ['ignore', 'pipe', 'pipe'] });
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
          {
            id: 'test.parts',
            title: 'Parts',
            kind: 'bar',
            range: [0, 100],
            decimals: 1,
            labels: { 0: 'Head', 1: 'Torso' },
          },
          { id: 'test.side', title: 'Side', kind: 'gauge', range: [-9, 9] },
        ],
      },
    });
    publisher.say({
      type: 'readings',
      readings: [
        { ...ABOUT, metric: 'test.tempo', value: 121.7 },
        { ...ABOUT, metric: 'test.move', value: 'jump' },
        { ...ABOUT, metric: 'test.parts', value: [10.4247, 19.52] },
        { ...ABOUT, metric: 'test.side', value: -0.2 },
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
    // Said again, it is no news; and not every change is, right after the last.
    publisher.say({
      type: 'readings',
      readings: [
        { ...ABOUT, metric: 'test.tempo', value: 125 },
        { ...ABOUT, metric: 'test.move', value: 'jump' },
        { ...ABOUT, metric: 'test.move', value: 'walk' },
        { ...ABOUT, metric: 'test.parts', value: [11, 20] },
      ],
      cues: [],
    });
    publisher.socket.close();
    await expect.poll(() => lines.at(-1), { timeout: 10_000 }).toBe('Not live any more.');
    expect(lines.slice(1)).toEqual([
      'Live.',
      'Tempo: 122 BPM',
      'Movement: Jumping',
      'Parts: Head 10.4, Torso 19.5',
      'Side: 0',
      'Coach: Higher!',
      'Not live any more.',
    ]);
  });

  it('says what is wrong with a link', async () => {
    const lines = start('http://127.0.0.1:8787/studio');
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual([expect.stringContaining('no overlay link')]);
  });

  it('says in one line that the link is missing where nobody can be asked', async () => {
    const lines = start();
    const ended = bot && once(bot, 'close');
    expect(await ended).toEqual([1, null]);
    expect(lines).toEqual([expect.stringContaining('The overlay link is missing')]);
  });
});
