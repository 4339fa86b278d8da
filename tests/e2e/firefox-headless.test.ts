import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoachState } from '@pose-coach/core';
import type { PoseCoachElement } from '@pose-coach/elements';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, findFirefox } from '../browsers.ts';
import { fixtures } from '../fixtures.ts';
import { screenshot } from './chromium.ts';
import { launchHeadlessFirefox, type RunningFirefox } from './firefox.ts';
import {
  type HeldStills,
  heldStills,
  mostWithin,
  type RecordingWindow,
  recordCoach,
  settledDistances,
} from './held-stills.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const elements = fileURLToPath(new URL('../../packages/elements/bin/elements.js', import.meta.url));

/** The README's page, with a film instead of a camera: nothing is said of engines. */
const PAGE = `<!doctype html>
<html lang="en">
<title>My site</title>
<link rel="icon" href="data:,">
<style>pose-coach { width: 640px; height: 560px }</style>
<script type="module" src="pose-coach/pose-coach.js"></script>
<pose-coach source="film.mp4"></pose-coach>`;

/** In heights of the picture, from the bare MediaPipe engine: the other engine is a little elsewhere. */
const TOLERANCE = 0.03;
/** Fewest frames of a still that make a judgement: a machine that is busy gives few. */
const ENOUGH = 3;
/** Longest wait in ms for the page to load the engine and play the film to its end. */
const PATIENCE = 120_000;

describe('Firefox without WebGL', () => {
  const missing = !fixtures
    ? 'skipped: no fixtures'
    : !findFirefox()
      ? 'skipped: no Firefox'
      : findChromium()
        ? undefined
        : 'skipped: no Chromium';
  let folder: string;
  let stills: HeldStills;
  let server: StaticServer;
  let firefox: RunningFirefox;

  beforeAll(async () => {
    if (missing || !fixtures) return;
    stills = await heldStills(fixtures);
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-firefox-'));
    execFileSync(process.execPath, [elements, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    writeFileSync(join(folder, 'index.html'), PAGE);
    copyFileSync(stills.video, join(folder, 'film.mp4'));
    server = await serveStatic({ '/': `${folder}/` });
    firefox = await launchHeadlessFirefox();
  });

  afterAll(async () => {
    await firefox?.close();
    server?.close();
    stills?.dispose();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  it('finds the person on any page by itself, with the engine that needs none, and says why', async () => {
    const page = await firefox.browser.newPage();
    await page.goto(`${server.origin}/`);
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
    await page.evaluate(recordCoach);
    await page.evaluate(() => {
      Object.assign(window, { infos: [] });
      document.querySelector('pose-coach')?.addEventListener('pose-state', ({ detail }) => {
        if (detail.status === 'running') (window as unknown as InfoWindow).infos.push(detail.info);
      });
    });
    await page.locator('pose-coach >>> ::-p-text(Play the video)').click();
    await untilEnded(1);
    // The film went on while the engine was loading: what counts is the second time.
    await page.evaluate(() => {
      (window as unknown as RecordingWindow).coachRecord.frames = [];
      document.querySelector<PoseCoachElement>('pose-coach')?.start();
    });
    await page.waitForFunction(() => (window as unknown as RecordingWindow).coachRecord.frames.length > 5, {
      timeout: PATIENCE,
    });
    await screenshot(page, 'firefox-headless');
    await untilEnded(2);

    const { frames, errors } = await page.evaluate(() => (window as unknown as RecordingWindow).coachRecord);
    const [info] = await page.evaluate(() => (window as unknown as InfoWindow).infos);
    console.log(info?.why);
    expect(errors).toEqual([]);
    expect(info).toMatchObject({ engine: 'onnx', model: 'lite', backend: 'wasm' });
    expect(info?.why).toContain('because MediaPipe needs WebGL 2');
    expect(info?.why).toContain('cross-origin isolated');
    for (const distances of settledDistances(frames, stills.expected)) {
      expect(distances.length).toBeGreaterThanOrEqual(ENOUGH);
      expect(mostWithin(distances)).toBeLessThan(TOLERANCE);
    }

    async function untilEnded(times: number): Promise<void> {
      const ended = (wanted: number) => {
        const { states } = (window as unknown as RecordingWindow).coachRecord;
        return states.filter((status) => status === 'ended').length >= wanted;
      };
      await page.waitForFunction(ended, { timeout: PATIENCE }, times).catch(async (cause: unknown) => {
        await screenshot(page, 'firefox-headless-stuck');
        const { states, errors } = await page.evaluate(
          () => (window as unknown as RecordingWindow).coachRecord,
        );
        throw new Error(
          `The film did not end. States: ${[...new Set(states)]}. Errors: ${errors.join(' ')}`,
          {
            cause,
          },
        );
      });
    }
  });
});

/** What the test has put on the page's window. */
interface InfoWindow {
  readonly infos: Extract<CoachState, { status: 'running' }>['info'][];
}
