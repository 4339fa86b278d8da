import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import {
  type HeldStills,
  heldStills,
  mostWithin,
  type RecordingWindow,
  recordCoach,
  settledDistances,
} from './held-stills.ts';
import { serveStatic } from './static-server.ts';

const command = fileURLToPath(new URL('../../packages/elements/bin/elements.js', import.meta.url));

/** In heights of the picture. */
const TOLERANCE = 0.015;
/** Fewest frames of a still that make a judgement. */
const ENOUGH = 5;
/** Longest wait in ms for the page to load the engine and play the video to its end. */
const PATIENCE = 90_000;

/** The whole of a site owner's page, but for the address of the script. */
const page = (script: string) => `<!doctype html>
<title>My site</title>
<link rel="icon" href="data:,">
<script type="module" src="${script}"></script>
<pose-coach source="clip.mp4"></pose-coach>`;

describe('A page of one script tag and <pose-coach>', () => {
  let folder: string;
  let stills: HeldStills;
  let browser: Browser;

  beforeAll(async () => {
    if (!fixtures) return;
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-site-'));
    execFileSync(process.execPath, [command, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    stills = await heldStills(fixtures);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    stills?.dispose();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!fixtures) context.skip('skipped: no fixtures');
  });

  async function play(address: string, hosts: readonly string[], name: string): Promise<void> {
    const tab = await browser.newPage();
    const foreign = foreignRequests(tab, ...hosts);
    await tab.goto(address);
    await tab.evaluate(recordCoach);
    await tab.getByRole('button', { name: /play the video/i }).click();
    const untilEnded = async (times: number) => {
      const ended = (wanted: number) => {
        const { states } = (window as unknown as RecordingWindow).coachRecord;
        return states.filter((status) => status === 'ended').length >= wanted;
      };
      await tab.waitForFunction(ended, times, { timeout: PATIENCE });
    };
    await untilEnded(1);
    // The video went on while the engine was loading: what counts is the second time.
    await tab.evaluate(() => {
      (window as unknown as RecordingWindow).coachRecord.frames = [];
    });
    await tab.getByRole('button', { name: /play it again/i }).click();
    await untilEnded(2);
    await screenshot(tab, name);
    const record = await tab.evaluate(() => (window as unknown as RecordingWindow).coachRecord);
    await tab.close();
    expect(record.errors).toEqual([]);
    for (const distances of settledDistances(record.frames, stills.expected)) {
      expect(distances.length).toBeGreaterThanOrEqual(ENOUGH);
      expect(mostWithin(distances)).toBeLessThan(TOLERANCE);
    }
    expect(foreign).toEqual([]);
  }

  it('finds script, models and WASM in the folder that the command made, served by any static server', async () => {
    writeFileSync(join(folder, 'index.html'), page('pose-coach/pose-coach.js'));
    const server = await serveStatic({ '/': folder, '/clip.mp4': stills.video });
    try {
      await play(`${server.origin}/`, [server.host], 'script-tag');
    } finally {
      server.close();
    }
  });

  it('finds them where the script is when that is another origin', async () => {
    const elsewhere = await serveStatic(
      { '/pose-coach/': join(folder, 'pose-coach') },
      { 'access-control-allow-origin': '*' },
    );
    writeFileSync(join(folder, 'index.html'), page(`${elsewhere.origin}/pose-coach/pose-coach.js`));
    const server = await serveStatic({
      '/index.html': join(folder, 'index.html'),
      '/clip.mp4': stills.video,
    });
    try {
      await play(`${server.origin}/index.html`, [server.host, elsewhere.host], 'script-tag-elsewhere');
    } finally {
      server.close();
      elsewhere.close();
    }
  });
});
