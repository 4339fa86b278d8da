import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { writePage } from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import type { Landmarks } from './onnx-isolated-page.ts';
import { countWorkers } from './page-census.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const core = fileURLToPath(new URL('../../packages/core/dist/', import.meta.url));
const pageModule = fileURLToPath(new URL('./onnx-isolated-page.ts', import.meta.url));
const models = fileURLToPath(new URL('../../packages/models/dist/files/', import.meta.url));

/** How many frames in a row, for the full proof: `TEST_FRAMES=10000`. A tensor lost per frame shows after a few. */
const FRAMES = Number(process.env.TEST_FRAMES ?? 300);

/** Bytes by which what the page and its workers hold may grow over all those frames. */
const MEMORY_SLACK = 4e6;

/** Longest wait in ms for a worker that has ended to leave the browser's list. */
const FAREWELL = 10_000;

/** Workers share memory only on pages that let nobody else into their process. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * Stands in for ONNX Runtime's script and counts its objects: a run makes as many tensors as it has outputs. The
 * runtime puts the real functions in place when they are first called, hence the accessors.
 */
const COUNTING_GLUE = `
import factory from './counted.mjs';
const counts = { sessions: 0, tensors: 0, runs: 0 };
const effects = {
  _OrtCreateSession: () => { counts.sessions += 1; },
  _OrtReleaseSession: () => { counts.sessions -= 1; },
  _OrtCreateTensor: () => { counts.tensors += 1; },
  // Called with nothing, too, for outputs that nobody made beforehand.
  _OrtReleaseTensor: (tensor) => { if (tensor) counts.tensors -= 1; },
  _OrtRun: (...parameters) => { counts.runs += 1; counts.tensors += parameters[5]; },
};
export default async (config) => {
  const module = await factory(config);
  for (const [name, effect] of Object.entries(effects)) {
    let real = module[name];
    Object.defineProperty(module, name, {
      get: () => (...parameters) => { effect(...parameters); return real(...parameters); },
      set: (replacement) => { real = replacement; },
    });
  }
  const channel = new BroadcastChannel('runtime');
  channel.onmessage = ({ data }) => { if (data === "count") channel.postMessage(counts); };
  return module;
};`;

describe('The ONNX engine on a page that is cross-origin isolated', () => {
  let folder: string;
  let browser: Browser;
  let server: StaticServer;
  let page: Page;

  beforeAll(async () => {
    if (!fixtures) return;
    if (!existsSync(join(core, 'onnx.js')))
      throw new Error('Build the packages before the end-to-end tests.');
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-onnx-'));
    const real = readFileSync(join(models, 'ort-wasm-simd-threaded.mjs'));
    await build({
      entryPoints: [pageModule],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'chrome120',
      outdir: folder,
      logLevel: 'error',
      alias: { '@pose-coach/core/onnx': join(core, 'onnx.js') },
    });
    writePage(folder, '/onnx-isolated-page.js', true);
    writeFileSync(join(folder, 'ort-wasm-simd-threaded.mjs'), COUNTING_GLUE);
    writeFileSync(join(folder, 'counted.mjs'), real);
    server = await serveStatic(
      {
        '/': folder,
        '/clip.mp4': join(fixtures, 'videos/dance_phrase_talmolab.mp4'),
        '/core/': core,
        '/assets/models/': models,
        '/assets/wasm/': models,
        '/counting/models/': models,
        '/counting/wasm/': models,
        '/counting/wasm/ort-wasm-simd-threaded.mjs': join(folder, 'ort-wasm-simd-threaded.mjs'),
        '/counting/wasm/counted.mjs': join(folder, 'counted.mjs'),
      },
      ISOLATED,
    );
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async (context) => {
    if (!fixtures) context.skip('skipped: no fixtures');
    page = await browser.newPage();
    await page.goto(`${server.origin}/`);
    await page.waitForFunction(() => 'startOnnx' in window);
    await page.evaluate(() => window.load(10));
  });

  afterEach(() => page?.close());

  it('shares its work among threads, finds what one thread finds, and ends them all', async () => {
    const alone = await page.evaluate(async () => {
      const { why } = await window.startOnnx({ threads: 1 });
      const found = await window.look(5);
      await window.stop();
      return { why, found };
    });
    expect(alone.why).toBe('WebAssembly with one thread, as asked for.');
    await expect.poll(() => countWorkers(browser), { timeout: FAREWELL }).toBe(0);

    const shared = await page.evaluate(async () => ({
      info: await window.startOnnx({ threads: 2, hands: true }),
      found: await window.look(5),
      events: window.happened(),
    }));
    expect(shared.info.why).toBe('WebAssembly with 2 threads, as asked for.');
    expect(shared.events).toEqual([]);
    // One engine for the body and one for the hands, and whoever helps them.
    expect(await countWorkers(browser)).toBeGreaterThan(2);
    // Threads sum in another order; a landmark out of sight may be refined on the one side of a threshold or the other.
    expect(largestDistance(shared.found, alone.found)).toBeLessThan(0.005);

    await page.evaluate(() => window.stop());
    await expect.poll(() => countWorkers(browser), { timeout: FAREWELL }).toBe(0);
  });

  it('shares its work where the page’s content security policy forbids blobs', async () => {
    const info = await page.evaluate(() =>
      window.startOnnx({ threads: 2, workerUrl: '/core/onnx-worker.js' }),
    );
    expect(info.why).toBe('WebAssembly with 2 threads, as asked for.');
    expect(
      await page.evaluate(async () => (await window.look(2)).map((landmarks) => landmarks.length)),
    ).toEqual([33, 33]);
    await page.evaluate(() => window.stop());
    await expect.poll(() => countWorkers(browser), { timeout: FAREWELL }).toBe(0);
  });

  it(
    'holds after thousands of frames what it held before',
    async () => {
      await page.evaluate(() =>
        window.startOnnx({ threads: 1, assets: '/counting/', workerUrl: '/core/onnx-worker.js' }),
      );
      const look = (count: number) => page.evaluate((frames) => window.look(frames), count);
      const weigh = () => page.evaluate(() => window.performance.measureUserAgentSpecificMemory());
      await look(Math.max(20, Math.floor(FRAMES / 4)));
      const counted = await page.evaluate(() => window.countRuntime());
      const before = await weigh();
      await look(FRAMES);
      const after = await weigh();
      const { runs, ...alive } = await page.evaluate(() => window.countRuntime());
      console.log(
        `${FRAMES} frames, ${runs - counted.runs} networks: ${(before.bytes / 1e6).toFixed(1)} → ${(after.bytes / 1e6).toFixed(1)} MB`,
      );
      // Every frame is looked at by one network at least; the detector and the landmarks' are loaded.
      expect(runs - counted.runs).toBeGreaterThanOrEqual(FRAMES);
      expect(alive).toEqual({ sessions: 2, tensors: 0 });
      expect(after.bytes - before.bytes).toBeLessThan(MEMORY_SLACK);
      await page.evaluate(() => window.stop());
    },
    60 * 60_000,
  );
});

/** In picture sizes. */
function largestDistance(one: readonly Landmarks[], other: readonly Landmarks[]): number {
  expect(one.map(({ length }) => length)).toEqual(other.map(() => 33));
  return Math.max(
    ...one.flatMap((landmarks, frame) =>
      landmarks.map(([x, y], index) => {
        const [otherX, otherY] = other[frame]?.[index] ?? [Number.NaN, Number.NaN];
        return Math.hypot(x - otherX, y - otherY);
      }),
    ),
  );
}
