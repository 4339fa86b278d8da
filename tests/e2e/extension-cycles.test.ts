import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../browsers.ts';
import { bundleWithEsbuild, writePage } from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import { countHeld, type Held, held } from './held-resources.ts';
import { type InstalledApp, installApp } from './installed-app.ts';
import { countWorkers, PageCensus } from './page-census.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

/** How often each extension is switched on and off. */
const CYCLES = Number(process.env.TEST_CYCLES ?? 1000);
/** After how many cycles the heap is looked at, each time. */
const STRETCH = Math.max(1, Math.round(CYCLES / 20));
/**
 * Cycles before the first look: what is compiled and cached once is in place after some eighty of a thousand (seen: 20 kB
 * more over those, less than 2 kB over the next three hundred).
 */
const WARM_UP = 2 * STRETCH;
/** Cycles beside an extension that stays: the sandboxed frame stays with it. */
const BESIDE = Math.round(CYCLES / 5);

/**
 * Bytes per cycle by which the heap may grow, by the median of all slopes. Of a thousand cycles 24 each: less than the
 * smallest thing that could be forgotten every time, a bare closure in a list. Fewer cycles are noisier.
 */
const NO_TREND = 24_000 / CYCLES;
/** Bytes by which the heap may be larger at the end than after the warm-up, grown steadily or at once. */
const SAME = 64_000;
/** Numbers that are made text once before: many more than V8's caches of such texts have room for at first. */
const CACHED_NUMBERS = 20_000;

/** Longest wait in ms for a machine that is busy. */
const PATIENCE = 30_000;
/** Milliseconds between two looks at what is held: several repaints. */
const SETTLING = 200;
const LONGEST = 900_000;

/** What `apps/extension-cycles.js` puts on its window. */
interface CyclesPage {
  readonly outcome: string;
  add(url: string, trusted: boolean): Promise<string>;
  switchOn(id: string, prefix: string): Promise<void>;
  switchOff(id: string): Promise<void>;
  cycle(id: string, prefix: string, count: number): Promise<void>;
  pipeline(): { readonly frames: number; readonly missed: number };
  stateOf(id: string): { readonly state: string; readonly restarts: number; readonly lastError?: string };
}

/** What the flags of this browser add to its pages. */
interface WeighedPage {
  gc(): void;
  readonly performance: { readonly memory: { readonly usedJSHeapSize: number } };
}

declare const window: CyclesPage & WeighedPage;

const here = fileURLToPath(new URL('.', import.meta.url));
const sample = fileURLToPath(new URL('../../packages/elements/assets/sample-dance.poses', import.meta.url));

describe('Extensions that are switched on and off again and again, in a running pipeline', () => {
  const missing = findChromium() ? undefined : 'skipped: no Chromium';
  let browser: Browser;
  let app: InstalledApp;
  let server: StaticServer;
  let page: Page;

  beforeAll(async () => {
    if (missing) return;
    // Compiled code grows with use, and is no leak: without the compilers the heap holds what the page holds.
    browser = await launchChromium({
      flags: ['--js-flags=--no-opt --no-maglev --no-sparkplug --expose-gc', '--enable-precise-memory-info'],
    });
    app = await installApp('extension-cycles');
    const bundle = await bundleWithEsbuild(app, 'split');
    const folder = join(app.root, 'page');
    writePage(folder, `/scripts/${bundle.script}`, bundle.module);
    server = await serveStatic({
      '/': folder,
      '/scripts/': bundle.folder,
      '/cycled/': copyOf('cycled'),
      '/resident/': copyOf('resident'),
      '/sample.poses': sample,
    });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    app?.dispose();
  });

  beforeEach(async (context) => {
    if (missing) return context.skip(missing);
    page = await browser.newPage();
    await countHeld(page);
    await page.goto(`${server.origin}/`);
    await page.waitForFunction(() => 'outcome' in window, undefined, { timeout: PATIENCE });
    expect(await page.evaluate(() => window.outcome)).toBe('ready');
    await page.waitForFunction(() => window.pipeline().frames > 100, undefined, { timeout: PATIENCE });
  });

  afterEach(async () => {
    await page?.close();
  });

  for (const kind of ['isolated', 'inline'] as const) {
    it(`leave no listener, timer, worker, frame, blob or port behind, and the heap where it was: ${kind}`, {
      timeout: LONGEST,
    }, async () => {
      const id = await page.evaluate((trusted) => window.add('/cycled/', trusted), kind === 'inline');
      const census = await PageCensus.open(page);
      const before = {
        held: await settled(page),
        workers: await countWorkers(browser),
        ...(await census.take()),
      };

      // The counters see it while it is there.
      await page.evaluate((it) => window.switchOn(it, 'cycled.'), id);
      expect(await countWorkers(browser)).toBe(before.workers + (kind === 'isolated' ? 1 : 0));
      expect(page.frames()).toHaveLength(kind === 'isolated' ? 2 : 1);
      await page.evaluate((it) => window.switchOff(it), id);

      await page.evaluate(fillTextCaches, CACHED_NUMBERS);
      await page.evaluate((args) => window.cycle(args[0], 'cycled.', args[1]), [id, WARM_UP] as const);
      const heaps: number[] = [];
      for (let done = 0; done < CYCLES; done += STRETCH) {
        await page.evaluate((args) => window.cycle(args[0], 'cycled.', args[1]), [id, STRETCH] as const);
        await census.take();
        heaps.push(await page.evaluate(collectAndWeigh));
      }

      await expect.poll(() => held(page), { timeout: PATIENCE }).toEqual(before.held);
      await expect.poll(() => countWorkers(browser), { timeout: PATIENCE }).toBe(before.workers);
      expect(page.frames()).toHaveLength(1);
      const after = await census.take();
      expect({ ...after, heap: 0 }).toEqual({
        listeners: before.listeners,
        documents: before.documents,
        frames: before.frames,
        heap: 0,
      });
      console.log(
        `${kind}: heap after each ${STRETCH} cycles, kB: ${heaps.map((heap) => (heap / 1000).toFixed(1)).join(' ')}; ${slope(heaps, STRETCH).toFixed(1)} bytes per cycle`,
      );
      expect(slope(heaps, STRETCH)).toBeLessThanOrEqual(NO_TREND);
      expect((heaps.at(-1) ?? Number.NaN) - (heaps[0] ?? Number.NaN)).toBeLessThanOrEqual(SAME);

      const { frames, missed } = await page.evaluate(() => window.pipeline());
      expect(frames).toBeGreaterThan(CYCLES);
      expect(missed).toBe(0);
      expect(await page.evaluate((it) => window.stateOf(it), id)).toEqual({ state: 'disabled', restarts: 0 });
    });
  }

  it('leave nothing in the frame where another goes on', { timeout: LONGEST }, async () => {
    const resident = await page.evaluate(() => window.add('/resident/', false));
    const id = await page.evaluate(() => window.add('/cycled/', false));
    await page.evaluate((it) => window.switchOn(it, 'resident.'), resident);
    const frame = page.frames()[1];
    if (!frame) throw new Error('The isolated extension has no frame.');
    const before = {
      page: await settled(page),
      frame: await settled(frame),
      workers: await countWorkers(browser),
    };

    await page.evaluate((it) => window.switchOn(it, 'cycled.'), id);
    expect((await held(frame)).workers).toBe(before.frame.workers + 1);
    await page.evaluate((it) => window.switchOff(it), id);
    await page.evaluate((args) => window.cycle(args[0], 'cycled.', args[1]), [id, BESIDE] as const);

    await expect.poll(() => held(page), { timeout: PATIENCE }).toEqual(before.page);
    await expect.poll(() => held(frame), { timeout: PATIENCE }).toEqual(before.frame);
    await expect.poll(() => countWorkers(browser), { timeout: PATIENCE }).toBe(before.workers);
    expect(page.frames()[1]).toBe(frame);
    expect(await page.evaluate((it) => window.stateOf(it), resident)).toEqual({
      state: 'active',
      restarts: 0,
    });
  });

  /** The extension under a name of its own: no two can have the same prefix. */
  function copyOf(prefix: string): string {
    const folder = join(app.root, prefix);
    mkdirSync(folder);
    for (const file of ['package.json', 'extension.js']) {
      const text = readFileSync(join(here, 'apps/cycled-extension', file), 'utf8');
      writeFileSync(join(folder, file), text.replaceAll('cycled', prefix));
    }
    return folder;
  }
});

/** What is held once nothing changes any more: whoever listens is told of changes with the next repaint. */
async function settled(page: Page | Frame): Promise<Held> {
  let before: Held | undefined;
  for (let look = 0; look < 100; look += 1) {
    const now = await held(page);
    if (isDeepStrictEqual(now, before)) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, SETTLING));
  }
  throw new Error('What the page holds does not come to rest.');
}

/**
 * Runs in the page: bytes of its heap. Collected and read in one go: what a frame allocates between the two, or a few of
 * them, counts for 98 kB or a multiple of that.
 */
function collectAndWeigh(): number {
  window.gc();
  window.gc();
  return window.performance.memory.usedJSHeapSize;
}

/**
 * Runs in the page: makes V8's caches of the texts of numbers as large as they get. That is 64 kB at once, and happens in
 * some cycle or other if not before (a heap snapshot calls it `smi_string_cache`).
 */
function fillTextCaches(numbers: number): void {
  for (let number = 0; number < numbers; number += 1) {
    String(number);
    String(number + 0.1);
  }
}

/** Growth per cycle: the median of the slopes between any two looks (Theil and Sen), which no single one can bend. */
function slope(heaps: readonly number[], stretch: number): number {
  const slopes = heaps.flatMap((later, index) =>
    heaps.slice(0, index).map((earlier, before) => (later - earlier) / ((index - before) * stretch)),
  );
  return middle(slopes);
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
