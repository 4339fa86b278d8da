import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { bareLandmarks, type Point } from './bare-engine.ts';
import { bundleWithEsbuild, writePage } from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import { type InstalledApp, installApp } from './installed-app.ts';
import { largestDistance } from './landmark-distance.ts';
import { type StaticServer, serveStatic } from './static-server.ts';
import { openStill } from './still-outcome.ts';

/** In heights of the picture, as in the bundlers' test. */
const TOLERANCE = 0.015;

const NO_FIXTURES = 'skipped: no fixtures';

/**
 * The least that the engine needs, without blobs and without `eval`: its scripts and its worker from the page's own
 * host, the right to compile WebAssembly (`'unsafe-eval'` would allow far more), and to fetch models and WASM.
 * The worker file is answered with the same policy: a worker obeys that of its own address.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  'img-src data:',
].join('; ');

const still = fixtures && join(fixtures, 'images/human_ai-body.jpg');

describe('A page whose content security policy forbids workers and scripts from blobs', () => {
  let browser: Browser;
  let app: InstalledApp;
  let server: StaticServer;
  let expected: readonly Point[];

  beforeAll(async () => {
    if (!still) return;
    browser = await launchChromium();
    app = await installApp('still');
    const bundle = await bundleWithEsbuild(app, 'split');
    const page = join(app.root, 'page');
    writePage(page, `/scripts/${bundle.script}`, bundle.module);
    server = await serveStatic(
      {
        '/': page,
        '/scripts/': bundle.folder,
        '/pose-coach/': app.assets,
        // What the package exports as `@pose-coach/core/mediapipe-worker.js`.
        '/mediapipe-worker.js': join(app.root, 'node_modules/@pose-coach/core/dist/mediapipe-worker.js'),
        '/still.jpg': still,
      },
      { 'content-security-policy': POLICY },
    );
    expected = (await bareLandmarks(browser, 'pose_landmarker_lite.task', [still]))[0] ?? [];
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    app?.dispose();
  });

  it('finds the person with the worker file that "workerUrl" names, violating nothing', async (context) => {
    if (!still) return context.skip(NO_FIXTURES);
    const address = `${server.origin}/?assets=/pose-coach/&workerUrl=/mediapipe-worker.js`;
    const outcome = await openStill(browser, address, [server.host]);
    expect(outcome.error).toBeUndefined();
    expect(expected).toHaveLength(33);
    expect(largestDistance(outcome.landmarks ?? [], expected, outcome.aspect ?? Number.NaN)).toBeLessThan(
      TOLERANCE,
    );
    expect(outcome.degraded).toEqual([]);
    expect(outcome.workers).toContain(`${server.origin}/mediapipe-worker.js`);
    expect(outcome.foreign).toEqual([]);
    expect(outcome.violations).toEqual([]);
  });

  it('is told of "workerUrl" where it does not name one', async (context) => {
    if (!still) return context.skip(NO_FIXTURES);
    const outcome = await openStill(browser, `${server.origin}/?assets=/pose-coach/`, [server.host]);
    expect(outcome.landmarks).toBeUndefined();
    expect(outcome.code).toBe('ENGINE_UNSUPPORTED');
    expect(outcome.error).toContain('workerUrl');
    expect(outcome.violations).not.toEqual([]);
  });
});
