import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beatTimes, playMusic } from '../music/synthetic-music.ts';
import { wavFile } from '../music/wav-file.ts';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { serveStatic } from './static-server.ts';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** What a page of dance and music needs at most, where its extension is not isolated in a frame of its own. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; media-src blob:; img-src data:";
const SONG_BPM = 96;
/** Milliseconds in which a tempo must be there, on a busy machine. */
const PATIENCE = 60_000;

/** The page of the README for a site owner who wants dance. */
const PAGE = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>My site</title>
<link rel="icon" href="data:,">
<script type="module" src="pose-coach/pose-coach.js"></script>
<script type="module" src="pose-coach/pose-music.js"></script>
<pose-coach id="coach" extensions="extension-dance/"></pose-coach>
<pose-music for="coach" delay-setting="dance.delay"></pose-music>
<pose-metrics for="coach"></pose-metrics>
<pose-extensions for="coach"></pose-extensions>`;

/** Without extensions, and with nothing that needs a blob. */
const STRICT_PAGE = PAGE.replace(' extensions="extension-dance/"', '').replace(
  '<pose-music ',
  '<pose-music worklet-url="pose-coach/music-worklet.js" ',
);

describe('A page with dance and music', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-dance-page-'));
    const command = join(packages, 'elements/bin/elements.js');
    execFileSync(process.execPath, [command, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    for (const part of ['package.json', 'dist']) {
      const from = join(packages, 'extension-dance', part);
      cpSync(from, join(folder, 'extension-dance', part), { recursive: true });
    }
    writeFileSync(join(folder, 'dance.html'), PAGE);
    writeFileSync(join(folder, 'strict.html'), STRICT_PAGE);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Chooses a song, and waits for its tempo. */
  async function hear(page: Page): Promise<number> {
    const samples = playMusic('house', beatTimes(SONG_BPM, 0.4, 90), 90, 22_050);
    const buffer = Buffer.from(await wavFile([samples], 22_050).arrayBuffer());
    const song = { name: 'song.wav', mimeType: 'audio/wav', buffer };
    await page.getByLabel('A file with music').setInputFiles(song);
    const tempo = async () =>
      Number.parseInt((await page.locator('pose-music .tempo').textContent()) ?? '', 10);
    await expect.poll(tempo, { timeout: PATIENCE }).toBeGreaterThan(0);
    return await tempo();
  }

  it('reads the dance and compares it with the music, locked away, once it may follow the beats', async () => {
    const server = await serveStatic({ '/': folder });
    const page = await browser.newPage();
    const foreign = foreignRequests(page, server.host);
    await page.goto(`${server.origin}/dance.html`);
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await page.getByRole('button', { name: 'Allow' }).click();
    const tile = (title: string) => page.locator('pose-metrics li').filter({ hasText: title }).first();
    await expect.poll(() => tile('Movement').textContent(), { timeout: PATIENCE }).toMatch(/Dancing/);
    await expect.poll(() => tile('On the beat').textContent()).toContain('No music.');
    expect(Math.abs((await hear(page)) - SONG_BPM)).toBeLessThan(0.03 * SONG_BPM);
    await expect
      .poll(() => tile('On the beat').textContent(), { timeout: PATIENCE })
      .not.toContain('No music.');
    await screenshot(page, 'dance-page');
    expect(foreign).toEqual([]);
    await page.close();
    server.close();
  });

  it('hears the music where a content security policy forbids scripts from blobs', async () => {
    const server = await serveStatic({ '/': folder }, { 'content-security-policy': POLICY });
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) refused.push(message.text());
    });
    await page.goto(`${server.origin}/strict.html`);
    expect(Math.abs((await hear(page)) - SONG_BPM)).toBeLessThan(0.03 * SONG_BPM);
    expect(refused).toEqual([]);
    await page.close();
    server.close();
  });
});
