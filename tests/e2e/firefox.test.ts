import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { screenshot } from './chromium.ts';
import { launchFirefox, missingForFirefox, type RunningFirefox } from './firefox.ts';
import {
  type HeldStills,
  heldStills,
  mostWithin,
  type RecordingWindow,
  recordCoach,
  settledDistances,
} from './held-stills.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';

/** In heights of the picture. */
const TOLERANCE = 0.015;
/** Fewest frames of a still that make a judgement: five a second, on a machine that renders in software. */
const ENOUGH = 5;
/** Longest wait in ms for the studio to load the engine and play the clip to its end. */
const PATIENCE = 90_000;

describe('Firefox', () => {
  const missing = fixtures ? missingForFirefox() : 'skipped: no fixtures';
  let stills: HeldStills;
  let server: ServerProcess;
  let firefox: RunningFirefox;

  beforeAll(async () => {
    if (missing || !fixtures) return;
    stills = await heldStills(fixtures);
    server = await startServer();
    firefox = await launchFirefox();
  });

  afterAll(async () => {
    await firefox?.close();
    await server?.stop();
    stills?.dispose();
  });

  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  it('shows the studio, in which a video file gives the landmarks of the bare engine', async () => {
    const page = await firefox.browser.newPage();
    const foreign = watchRequests(page, server.host);
    await page.setViewport({ width: 1280, height: 860 });
    await page.goto(server.studio);
    await page.evaluate(recordCoach);

    await page.locator('pose-coach >>> ::-p-text(Choose another source)').click();
    const input = await page.waitForSelector('pose-coach >>> input[type=file]');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(stills.video);
    await untilEnded(page, 1);
    // The video went on while the engine was loading: what counts is the second time.
    await page.evaluate(() => {
      (window as unknown as RecordingWindow).coachRecord.frames = [];
    });
    await page.locator('pose-coach >>> ::-p-text(Play it again)').click();
    await page.waitForFunction(() => (window as unknown as RecordingWindow).coachRecord.frames.length > 20, {
      timeout: PATIENCE,
    });
    await screenshot(page, 'studio-firefox');
    await untilEnded(page, 2);

    const { frames, errors } = await page.evaluate(() => (window as unknown as RecordingWindow).coachRecord);
    // Nothing failed, and nothing was given up: no engine on the page's own thread, no missing hands.
    expect(errors).toEqual([]);
    for (const distances of settledDistances(frames, stills.expected)) {
      expect(distances.length).toBeGreaterThanOrEqual(ENOUGH);
      expect(mostWithin(distances)).toBeLessThan(TOLERANCE);
    }
    expect(foreign).toEqual([]);
  });
});

/** The requests of a page to other hosts than its own, from now on. */
function watchRequests(page: Page, ownHost: string): string[] {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && host !== ownHost) foreign.push(request.url());
  });
  return foreign;
}

/** Waits until the video has been played to its end so many times. */
async function untilEnded(page: Page, times: number): Promise<void> {
  const ended = (wanted: number) => {
    const { states } = (window as unknown as RecordingWindow).coachRecord;
    return states.filter((status) => status === 'ended').length >= wanted;
  };
  await page.waitForFunction(ended, { timeout: PATIENCE }, times).catch(async (cause: unknown) => {
    await screenshot(page, 'studio-firefox-stuck');
    const { states, errors } = await page.evaluate(() => (window as unknown as RecordingWindow).coachRecord);
    throw new Error(`The video did not end. States: ${[...new Set(states)]}. Errors: ${errors.join(' ')}`, {
      cause,
    });
  });
}
