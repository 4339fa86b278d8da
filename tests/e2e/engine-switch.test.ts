import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecording } from '@pose-coach/core/session';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { bareLandmarks, type Point } from './bare-engine.ts';
import { type CameraClip, stillsClip } from './camera-clip.ts';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { LIMB_JOINTS, largestDistance } from './landmark-distance.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const elements = fileURLToPath(new URL('../../packages/elements/bin/elements.js', import.meta.url));
const app = fileURLToPath(new URL('./apps/engine-switch.js', import.meta.url));

const PAGE = `<!doctype html>
<html lang="en">
<title>Engines</title>
<link rel="icon" href="data:,">
<style>pose-coach { width: 640px; height: 560px }</style>
<script type="module" src="pose-coach/pose-coach.js"></script>
<script type="module" src="main.js"></script>
<pose-coach engine="mediapipe" model="lite" hands="false"></pose-coach>`;

/** What lets a page have several threads. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A frame of the dance clip in which bare engines agree on where everybody's joints are. */
const STILL = 20;
/** Camera frames that it is held, over and over. */
const HOLD = 60;
/** Heights of the picture that a limb's joint may be off in any frame: engines and models differ by a third of it. */
const TOLERANCE = 0.05;
/** Milliseconds of media time within one epoch, by the design. */
const LONGEST_GAP = 500;
/** Frames of each engine that are waited for. */
const ENOUGH = 45;

interface SeenFrame {
  readonly sequence: number;
  readonly epoch: number;
  readonly timestamp: number;
  readonly dropped: number;
  readonly arrived: number;
  readonly engine: string;
  readonly model: string;
  readonly landmarks: readonly Point[];
  readonly aspect: number;
}

interface SwitchWindow {
  readonly engineSwitch: {
    readonly frames: readonly SeenFrame[];
    readonly states: readonly string[];
    readonly errors: readonly string[];
    record(): void;
    finish(): Promise<number[]>;
  };
}

describe('A running <pose-coach> whose engine is changed', () => {
  let folder: string;
  let clip: CameraClip;
  let browser: Browser;
  let server: StaticServer;
  let expected: readonly Point[];

  beforeAll(async () => {
    if (!fixtures) return;
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-switch-'));
    execFileSync(process.execPath, [elements, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    writeFileSync(join(folder, 'index.html'), PAGE);
    await build({ entryPoints: [app], outfile: join(folder, 'main.js'), bundle: true, format: 'esm' });
    clip = stillsClip(join(fixtures, 'videos/dance_phrase_talmolab.mp4'), [STILL], HOLD);
    browser = await launchChromium({ camera: clip.file });
    const [person] = await bareLandmarks(browser, 'pose_landmarker_full.task', clip.stills, HOLD);
    expected = person ?? [];
    server = await serveStatic({ '/': `${folder}/` }, ISOLATED);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    clip?.dispose();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!fixtures) context.skip('skipped: no fixtures');
  });

  it('loses no frame of its stream, which a recorder takes, and sees the same person throughout', async () => {
    const page = await browser.newPage({ viewport: { width: 700, height: 600 } });
    const foreign = foreignRequests(page, server.host);
    await page.goto(`${server.origin}/`);
    await page.getByRole('button', { name: /start the camera/i }).click();
    await untilFramesOf(page, 'mediapipe', 'lite');
    await page.evaluate(() => (window as unknown as SwitchWindow).engineSwitch.record());
    await setEngine(page, { engine: 'onnx', model: 'full' });
    await untilFramesOf(page, 'onnx', 'full');
    await screenshot(page, 'engine-onnx-full');
    await setEngine(page, { model: 'lite' });
    await untilFramesOf(page, 'onnx', 'lite');
    const { frames, states, errors } = await page.evaluate(() => {
      const { frames, states, errors } = (window as unknown as SwitchWindow).engineSwitch;
      return { frames, states, errors };
    });
    const bytes = await page.evaluate(() => (window as unknown as SwitchWindow).engineSwitch.finish());

    expect(errors).toEqual([]);
    // From the first frame on it only runs, and says when it loads another engine.
    const run = ['running', 'running switching', 'running', 'running switching', 'running'];
    expect(states.slice(states.indexOf('running'))).toEqual(run);
    // A change of engine is no discontinuity; half a second without a result is one, with or without a change.
    for (const [index, frame] of frames.entries()) {
      const before = frames[index - 1];
      if (before && frame.timestamp - before.timestamp <= LONGEST_GAP) expect(frame.epoch).toBe(before.epoch);
    }
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, index) => index));
    report(frames);
    for (const { engine, model, landmarks, aspect } of frames) {
      const distance = largestDistance(landmarks, expected, aspect, LIMB_JOINTS);
      expect(distance, `${engine} ${model}`).toBeLessThan(TOLERANCE);
    }

    const recording = readRecording(new Uint8Array(bytes).buffer);
    if (!recording.ok) throw recording.error;
    const recorded = recording.value.frames.map(({ sequence }) => sequence);
    expect(recorded.length).toBeGreaterThan(2 * ENOUGH);
    expect(recorded).toEqual(recorded.map((_, index) => (recorded[0] ?? Number.NaN) + index));
    expect(foreign).toEqual([]);
    await page.close();
  });

  it('goes on with the engine that it has when the other’s files are not there, and says so', async () => {
    const page = await browser.newPage({ viewport: { width: 700, height: 600 } });
    await page.goto(`${server.origin}/`);
    await page.getByRole('button', { name: /start the camera/i }).click();
    await untilFramesOf(page, 'mediapipe', 'lite');
    await setEngine(page, { engine: 'onnx', model: 'heavy' });
    await page.getByText('The engine stays as it was.').first().waitFor();
    await screenshot(page, 'engine-refused');
    const before = await page.evaluate(() => (window as unknown as SwitchWindow).engineSwitch.frames.length);
    await page.waitForFunction(
      (count) => (window as unknown as SwitchWindow).engineSwitch.frames.length > count,
      before + ENOUGH,
    );
    const { states, errors } = await page.evaluate(() => {
      const { states, errors } = (window as unknown as SwitchWindow).engineSwitch;
      return { states, errors };
    });
    expect(states.slice(states.indexOf('running'))).not.toContain('error');
    expect(errors).toEqual([expect.stringContaining('_heavy')]);
    await page.close();
  });
});

/** Sets attributes of the page's `<pose-coach>`, all in one go. */
async function setEngine(page: Page, attributes: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((entries) => {
    const coach = document.querySelector('pose-coach');
    for (const [name, value] of entries) coach?.setAttribute(name, value);
  }, Object.entries(attributes));
}

async function untilFramesOf(page: Page, engine: string, model: string): Promise<void> {
  await page
    .waitForFunction(
      ([wantedEngine, wantedModel, count]) =>
        (window as unknown as SwitchWindow).engineSwitch?.frames.filter(
          (frame) => frame.engine === wantedEngine && frame.model === wantedModel,
        ).length >= count,
      [engine, model, ENOUGH] as const,
      { timeout: 90_000 },
    )
    .catch(async (cause: unknown) => {
      await screenshot(page, 'engine-switch-stuck');
      const { states, errors } = await page.evaluate(() => (window as unknown as SwitchWindow).engineSwitch);
      throw new Error(`No frames of ${engine} ${model}. ${states.join(', ')}. ${errors.join(' ')}`, {
        cause,
      });
    });
}

/** Prints how long the stream stood still at the longest, with each engine and while the next one loaded. */
function report(frames: readonly SeenFrame[]): void {
  const gaps = new Map<string, number[]>();
  for (const [index, frame] of frames.entries()) {
    const before = frames[index - 1];
    if (!before) continue;
    const name = [...new Set([`${before.engine} ${before.model}`, `${frame.engine} ${frame.model}`])].join(
      ' → ',
    );
    gaps.set(name, [...(gaps.get(name) ?? []), frame.arrived - before.arrived]);
  }
  for (const [name, all] of gaps) {
    const sorted = all.sort((a, b) => a - b);
    console.log(
      `${name}: ${all.length} gaps, median ${sorted[sorted.length >> 1]?.toFixed(0)} ms, longest ${sorted.at(-1)?.toFixed(0)} ms`,
    );
  }
  console.log(`left out in all: ${frames.reduce((sum, { dropped }) => sum + dropped, 0)} camera frames`);
}
