import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { type CameraClip, stillsClip } from './camera-clip.ts';
import { foreignRequests, launchChromium } from './chromium.ts';
import { type CoachRecord, type RecordingWindow, recordCoach } from './held-stills.ts';
import { type StaticServer, serveStatic } from './static-server.ts';
import { videoFileOf } from './video-clip.ts';

const command = fileURLToPath(new URL('../../packages/elements/bin/elements.js', import.meta.url));

/** The policy that the README of the elements gives, and an icon that keeps the browser from asking for one. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  'img-src data:',
].join('; ');

/** A frame of the dance clip in which the dancer stands whole in the picture, held for four seconds. */
const STILL = 20;
const HOLD = 120;
/** Frames with one person that prove that people are found. */
const ENOUGH = 15;
/** Longest wait in ms for the page to load the engine and find somebody, on a busy machine. */
const PATIENCE = 90_000;

const page = (source: string, worker: string) => `<!doctype html>
<title>My site</title>
<link rel="icon" href="data:,">
<script type="module" src="pose-coach/pose-coach.js"></script>
<pose-coach source="${source}" ${worker} hands="false"></pose-coach>`;

const WORKER = 'worker-url="pose-coach/mediapipe-worker.js"';

interface Visit {
  readonly record: CoachRecord;
  readonly violations: readonly string[];
  readonly workers: readonly string[];
}

describe('<pose-coach> on a page whose content security policy forbids blobs', () => {
  let folder: string;
  let clip: CameraClip;
  let browser: Browser;
  let server: StaticServer;

  beforeAll(async () => {
    if (!fixtures) return;
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-strict-'));
    execFileSync(process.execPath, [command, 'copy', join(folder, 'pose-coach')], { stdio: 'pipe' });
    writeFileSync(join(folder, 'video.html'), page('clip.mp4', WORKER));
    // Over and over: the film goes on while the engine is loading.
    writeFileSync(join(folder, 'onnx.html'), page('clip.mp4', 'engine="onnx" worker-url="pose-coach/" loop'));
    writeFileSync(join(folder, 'camera.html'), page('camera', WORKER));
    writeFileSync(join(folder, 'sample.html'), page('sample', WORKER));
    writeFileSync(join(folder, 'without.html'), page('clip.mp4', ''));
    clip = stillsClip(join(fixtures, 'videos/dance_phrase_talmolab.mp4'), [STILL], HOLD);
    browser = await launchChromium({ camera: clip.file });
    server = await serveStatic(
      { '/': folder, '/clip.mp4': videoFileOf(clip) },
      { 'content-security-policy': POLICY },
    );
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

  /** Opens a page, presses its start button, and waits until enough was found or something went wrong. */
  async function visit(name: string): Promise<Visit> {
    const tab = await browser.newPage();
    const foreign = foreignRequests(tab, server.host);
    const workers: string[] = [];
    tab.on('worker', (worker) => workers.push(worker.url()));
    await tab.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
    await tab.goto(`${server.origin}/${name}`);
    await tab.evaluate(recordCoach);
    await tab.getByRole('button', { name: /^\s*(start|play) the (camera|video|recording)/i }).click();
    await tab.waitForFunction(
      (enough) => {
        const { frames, errors } = (window as unknown as RecordingWindow).coachRecord;
        return (
          errors.length > 0 || frames.filter(({ landmarks }) => landmarks.length === 33).length >= enough
        );
      },
      ENOUGH,
      { timeout: PATIENCE },
    );
    const found = await tab.evaluate(() => {
      const { coachRecord, violations } = window as unknown as RecordingWindow & Pick<Visit, 'violations'>;
      return { record: coachRecord, violations };
    });
    await tab.close();
    expect(foreign).toEqual([]);
    return { ...found, workers };
  }

  it('finds people in a video with the worker file that "worker-url" names, violating nothing', async () => {
    const { record, violations, workers } = await visit('video.html');
    expect(record.errors).toEqual([]);
    expect(violations).toEqual([]);
    expect(workers).toEqual([`${server.origin}/pose-coach/mediapipe-worker.js`]);
  });

  it('finds them with the other engine’s worker in the folder that "worker-url" names, too', async () => {
    const { record, violations, workers } = await visit('onnx.html');
    expect(record.errors).toEqual([]);
    expect(violations).toEqual([]);
    expect(workers).toEqual([`${server.origin}/pose-coach/onnx-worker.js`]);
  });

  it.each([
    ['the camera', 'camera.html'],
    ['the sample recording', 'sample.html'],
  ])(
    'shows %s all the same: what a worker would do for a hidden page is done on the page',
    async (_, name) => {
      const { record, violations } = await visit(name);
      expect(record.errors).toEqual([]);
      expect(violations).toEqual(['worker-src blob']);
    },
  );

  it('says on the page what to do where "worker-url" is missing', async () => {
    const { record } = await visit('without.html');
    expect(record.frames).toEqual([]);
    expect(record.errors[0]).toContain('mediapipe-worker.js');
  });
});
