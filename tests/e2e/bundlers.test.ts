import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import * as vite from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { bareLandmarks, type Point } from './bare-engine.ts';
import {
  type Bundle,
  bundleWithEsbuild,
  bundleWithVite,
  bundleWithWebpack,
  writePage,
} from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import { type InstalledApp, installApp } from './installed-app.ts';
import { largestDistance } from './landmark-distance.ts';
import { serveStatic } from './static-server.ts';
import { openStill, type StillOutcome } from './still-outcome.ts';

/** In heights of the picture: half the width of a wrist of somebody who fills it. */
const TOLERANCE = 0.015;

const NO_FIXTURES = 'skipped: no fixtures';

/** One person, whole body. */
const still = fixtures && join(fixtures, 'images/human_ai-body.jpg');

let browser: Browser;
let app: InstalledApp;
let expected: readonly Point[];

beforeAll(async () => {
  if (!still) return;
  browser = await launchChromium();
  app = await installApp('still');
  expected = (await bareLandmarks(browser, 'pose_landmarker_lite.task', [still]))[0] ?? [];
});

afterAll(async () => {
  await browser?.close();
  app?.dispose();
});

/** The bare engine's person, found in a worker started from a blob, and not a request to anybody else. */
function expectPerson(outcome: StillOutcome): void {
  expect(outcome.error).toBeUndefined();
  expect(expected).toHaveLength(33);
  const distance = largestDistance(outcome.landmarks ?? [], expected, outcome.aspect ?? Number.NaN);
  console.log(
    `worst landmark: ${(distance * 100).toFixed(2)} % of the picture's height from the bare engine's`,
  );
  expect(distance).toBeLessThan(TOLERANCE);
  expect(outcome.degraded).toEqual([]);
  expect(outcome.workers.filter((address) => address.startsWith('blob:'))).not.toEqual([]);
  expect(outcome.foreign).toEqual([]);
}

const BUNDLERS: ReadonlyArray<readonly [name: string, bundle: (app: InstalledApp) => Promise<Bundle>]> = [
  ['Vite', bundleWithVite],
  ['webpack', bundleWithWebpack],
  ['esbuild in parts that load each other', (one) => bundleWithEsbuild(one, 'split')],
  ['esbuild as one module', (one) => bundleWithEsbuild(one, 'module')],
  ['esbuild as one classic script', (one) => bundleWithEsbuild(one, 'classic')],
];

describe.each(BUNDLERS)('A page whose script was made by %s', (_name, makeBundle) => {
  let bundle: Bundle;

  beforeAll(async () => {
    if (still) bundle = await makeBundle(app);
  });

  it('finds the person as the bare engine does', async (context) => {
    if (!still) return context.skip(NO_FIXTURES);
    const page = join(app.root, 'page');
    writePage(page, `/scripts/${bundle.script}`, bundle.module);
    const server = await serveStatic({
      '/': page,
      '/scripts/': bundle.folder,
      '/pose-coach/': app.assets,
      '/still.jpg': still,
    });
    try {
      expectPerson(await openStill(browser, `${server.origin}/?assets=/pose-coach/`, [server.host]));
    } finally {
      server.close();
    }
  });

  it.for([
    ['MediaPipe', ''],
    ['ONNX Runtime', '&engine=onnx'],
  ])(
    'finds the person when script, models and WASM for %s come from another origin',
    async ([_, choice], context) => {
      if (!still) return context.skip(NO_FIXTURES);
      const page = join(app.root, 'page-elsewhere');
      const elsewhere = await serveStatic(
        { '/scripts/': bundle.folder, '/pose-coach/': app.assets },
        { 'access-control-allow-origin': '*' },
      );
      const server = await serveStatic({ '/': page, '/still.jpg': still });
      try {
        writePage(page, `${elsewhere.origin}/scripts/${bundle.script}`, bundle.module);
        const address = `${server.origin}/?assets=${elsewhere.origin}/pose-coach${choice}`;
        expectPerson(await openStill(browser, address, [server.host, elsewhere.host]));
      } finally {
        server.close();
        elsewhere.close();
      }
    },
  );
});

describe('A page without an "assets" address', () => {
  it('finds models and WASM in the folder of its script, on another origin too', async (context) => {
    if (!still) return context.skip(NO_FIXTURES);
    const bundle = await bundleWithEsbuild(app, 'module');
    const page = join(app.root, 'page-without-assets');
    const elsewhere = await serveStatic(
      {
        '/lib/': bundle.folder,
        '/lib/models/': join(app.assets, 'models'),
        '/lib/wasm/': join(app.assets, 'wasm'),
      },
      { 'access-control-allow-origin': '*' },
    );
    const server = await serveStatic({ '/': page, '/still.jpg': still });
    try {
      writePage(page, `${elsewhere.origin}/lib/${bundle.script}`, bundle.module);
      expectPerson(await openStill(browser, server.origin, [server.host, elsewhere.host]));
    } finally {
      server.close();
      elsewhere.close();
    }
  });
});

describe("Vite's development server", () => {
  it('bundles the package beforehand, as any dependency, and the page finds the person', async (context) => {
    if (!still) return context.skip(NO_FIXTURES);
    writePage(app.root, '/src/main.js', true);
    copyFileSync(still, join(app.root, 'public/still.jpg'));
    const server = await vite.createServer({
      root: app.root,
      configFile: false,
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0, strictPort: false },
    });
    try {
      await server.listen();
      const [address = ''] = server.resolvedUrls?.local ?? [];
      const outcome = await openStill(browser, `${address}?assets=/assets/`, [new URL(address).host]);
      expectPerson(outcome);
      const bundled = Object.keys(server.environments.client.depsOptimizer?.metadata.optimized ?? {});
      expect(bundled).toContain('@pose-coach/core/mediapipe');
    } finally {
      await server.close();
    }
  });
});
