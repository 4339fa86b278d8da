import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beatTimes, playMusic } from '../music/synthetic-music.ts';
import { wavFile } from '../music/wav-file.ts';
import { bundleWithEsbuild, writePage } from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import { type InstalledApp, installApp } from './installed-app.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

/** Everything from the page's own host, and nothing that is made of text. */
const POLICY = "default-src 'none'; script-src 'self'; media-src 'self'; img-src data:";
const BPM = 110;
const BEATS = beatTimes(BPM, 0.4, 30);
/** Beats enough to judge, and ms to wait for them: the tempo alone takes about four seconds. */
const [ENOUGH, PATIENCE] = [8, 30_000];

interface Outcome {
  readonly beats: readonly number[];
  readonly bpm?: number;
  readonly kinds: readonly string[];
  readonly code?: string;
  readonly message?: string;
  readonly violations: readonly string[];
}

// In Chromium only: on a machine without a sound card Firefox 153 starts no AudioContext.
describe('A page that plays a song, with a strict content security policy', () => {
  let browser: Browser;
  let app: InstalledApp;
  let server: StaticServer;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await installApp('music');
    const bundle = await bundleWithEsbuild(app, 'split');
    const folder = join(app.root, 'page');
    writePage(folder, `/scripts/${bundle.script}`, bundle.module);
    const song = wavFile([playMusic('house', BEATS, 30, 44_100)], 44_100);
    writeFileSync(join(folder, 'song.wav'), new Uint8Array(await song.arrayBuffer()));
    server = await serveStatic(
      {
        '/': folder,
        '/scripts/': bundle.folder,
        '/music-worklet.js': join(app.root, 'node_modules/@pose-coach/core/dist/music-worklet.js'),
      },
      { 'content-security-policy': POLICY },
    );
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    app?.dispose();
  });

  /** Starts the song with a click, as its listener does, and waits for what comes of it. */
  const listen = async (address: string): Promise<Outcome> => {
    const page = await browser.newPage();
    await page.goto(address);
    await page.mouse.click(100, 100);
    await page.waitForFunction(
      (enough) => {
        const { outcome } = window as unknown as { outcome: Outcome };
        return outcome.beats.length >= enough || outcome.code !== undefined;
      },
      ENOUGH,
      { timeout: PATIENCE },
    );
    const outcome = await page.evaluate(() => (window as unknown as { outcome: Outcome }).outcome);
    await page.close();
    return outcome;
  };

  it('hears its beat, from its own host alone, violating nothing', async () => {
    const { beats, bpm, violations, code, message } = await listen(
      `${server.origin}/?workletUrl=/music-worklet.js`,
    );
    expect([code, message]).toEqual([undefined, undefined]);
    expect(beats.length).toBeGreaterThanOrEqual(ENOUGH);
    expect(Math.abs((bpm ?? 0) - BPM)).toBeLessThan(0.03 * BPM);
    const errors = beats
      .slice(2)
      .map((beat) => Math.min(...BEATS.map((second) => Math.abs(1000 * second - beat))))
      .sort((a, b) => a - b);
    // Browsers do not tell how far ahead of the loudspeaker they hand over the sound of an element.
    expect(errors[errors.length >> 1]).toBeLessThan(100);
    expect(violations).toEqual([]);
  });

  it('is told of "workletUrl" where scripts from blobs are forbidden and it names none', async () => {
    const { code, message } = await listen(`${server.origin}/`);
    expect(code).toBe('AUDIO_UNSUPPORTED');
    expect(message).toContain('workletUrl');
  });
});
