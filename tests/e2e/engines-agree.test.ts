import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { writePage } from './bundle-app.ts';
import { launchChromium } from './chromium.ts';
import { type Agreement, agreementOf, printAgreement } from './engines-agree-measures.ts';
import type { Comparison, Order } from './engines-agree-page.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const pageModule = fileURLToPath(new URL('./engines-agree-page.ts', import.meta.url));

/** Lets the ONNX engine have several threads, which halves the time that this takes. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Clips and how many frames they have. */
const CLIPS = {
  'dance_phrase_talmolab.mp4': 545,
  'squat_front_5reps.mp4': 681,
  'pushup_side.mp4': 472,
  // Many small people, of whom the detector finds one now and then.
  'walking_pedestrians_vtest.avi': 795,
} as const;
/** Frames that are looked at, spread evenly over each clip. */
const FRAMES = 48;
/** Of which each is searched for hands as well. */
const HAND_FRAMES = 12;

/** Frames of the film that both engines follow. */
const FILM = { clip: 'dance_phrase_talmolab.mp4', first: 60, count: 60 } as const;

/** So often a still is shown for both to have settled on the hands in it. */
const LOOKS = 5;

/** What is asked of every set of pictures: distances in % of the person's height, and of world landmarks in cm. */
const GOALS = { median: 0.5, percentile95: 1.5, worldMedian: 1 };
/** Share of pictures with people in which both see the same one. */
const SAME_PERSON = 0.99;

/**
 * And of all single pictures together: both calculate the same networks on the same pixels, each with its own
 * arithmetic, so that rounding is all that tells them apart (a median of 0.001 %). A tenth of the goals shows a region
 * that is half a pixel off.
 */
const ROUNDING = { median: 0.05, percentile95: 0.15, worldMedian: 0.1 };

const minutes = (count: number) => count * 60_000;

describe('The ONNX engine beside MediaPipe', () => {
  let folder: string;
  let browser: Browser;
  let server: StaticServer;
  /** Addresses of pictures by what they are of. */
  let people: Readonly<Record<string, readonly string[]>>;
  let film: readonly string[];

  beforeAll(async () => {
    if (!fixtures) return;
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-agree-'));
    const script = join(folder, 'page');
    await bundlePage(script);
    people = { images: stills(/\.(jpg|png)$/), ...clipFrames(join(folder, 'frames')) };
    film = filmFrames(join(folder, 'frames'));
    server = await serveStatic(
      {
        '/': `${script}/`,
        '/images/': join(fixtures, 'images/'),
        '/frames/': join(folder, 'frames/'),
        '/mediapipe/': join(packages, 'models/node_modules/@mediapipe/tasks-vision/wasm/'),
        '/assets/models/': join(packages, 'models/dist/files/'),
        '/assets/wasm/': join(packages, 'models/dist/files/'),
      },
      ISOLATED,
    );
    browser = await launchChromium();
  }, minutes(5));

  afterAll(async () => {
    await browser?.close();
    server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!fixtures) context.skip('skipped: no fixtures');
  });

  for (const model of ['lite', 'full'] as const) {
    it(
      `sees the same people in the same places in single pictures (${model})`,
      async () => {
        const sets = await comparePictures({ task: 'body', model, film: false }, people);
        const all = agreementOf(Object.values(sets).flat());
        const each = agreements(sets);
        printAgreement(`People in single pictures, ${model}: the ONNX engine against MediaPipe`, {
          ...each,
          'all of them': all,
        });
        expect(all.same / all.peopled).toBeGreaterThanOrEqual(SAME_PERSON);
        // In all but the frames before the push-ups and most of the street somebody is found.
        expect(all.peopled).toBeGreaterThan(2.5 * FRAMES);
        for (const [name, agreement] of Object.entries(each)) expectCloseness(name, agreement, GOALS);
        expectCloseness('all of them', all, ROUNDING);
      },
      minutes(15),
    );
  }

  it(
    'sees the same hands in the same places, at first sight and when it has settled',
    async () => {
      const clips = Object.entries(people).filter(([name]) => name !== 'images');
      const everyFourth = (frames: readonly string[]) =>
        frames.filter((_, index) => index % (FRAMES / HAND_FRAMES) === 0);
      const sets = await comparePictures(
        { task: 'hands', model: 'full', film: false },
        {
          images: people.images ?? [],
          ...Object.fromEntries(clips.map(([name, frames]) => [name, everyFourth(frames)])),
        },
      );
      // Shown again and again, each still on engines of its own: they go on from the landmarks that they found.
      const settled: Comparison[] = [];
      for (const still of stills(/^(call_0|four_3|rock_6)\.jpg$/)) {
        const looks = Array.from({ length: LOOKS }, () => still);
        const film = await comparePictures({ task: 'hands', model: 'full', film: true }, { looks });
        settled.push(...(film.looks ?? []).slice(-1));
      }
      const all = agreementOf(Object.values(sets).flat());
      const each = { ...agreements(sets), settled: agreementOf(settled) };
      printAgreement('Hands: the ONNX engine against MediaPipe', { ...each, 'all single ones': all });
      for (const [name, agreement] of Object.entries(each)) {
        // It may see more: where MediaPipe's two best finds are no hands, it looks at the next one.
        expect(agreement.missed, name).toBe(0);
        if (agreement.peopled > 0) expectCloseness(name, agreement, GOALS);
      }
      expectCloseness('all single ones', all, ROUNDING);
      // Every one of the hand photos has a hand.
      expect(each.settled.peopled).toBe(3);
    },
    minutes(10),
  );

  it(
    'stays with the dancer in a film as MediaPipe does, which smooths what it says of films',
    async () => {
      for (const model of ['lite', 'full'] as const) {
        const sets = await comparePictures({ task: 'body', model, film: true }, { film });
        const agreement = agreementOf(sets.film ?? []);
        printAgreement(`A dancer in a film, ${model}: MediaPipe smooths, the ONNX engine does not`, {
          [FILM.clip]: agreement,
        });
        expect(agreement.same).toBe(FILM.count);
      }
    },
    minutes(10),
  );

  /** Shows sets of pictures, one after the other, to both engines. */
  async function comparePictures(
    order: Order,
    sets: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, Comparison[]>> {
    const page: Page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    try {
      await page.goto(`${server.origin}/`);
      await page.waitForFunction(() => 'comparePictures' in window);
      await page.evaluate((it) => window.startEngines(it), order);
      const compared: Record<string, Comparison[]> = {};
      for (const [name, addresses] of Object.entries(sets)) {
        compared[name] = await page.evaluate((list) => window.comparePictures(list), addresses);
      }
      expect(errors).toEqual([]);
      return compared;
    } finally {
      await page.close();
    }
  }
});

function expectCloseness(
  name: string,
  { median, percentile95, worldMedian }: Agreement,
  limits: typeof GOALS,
): void {
  expect(median, `${name}: median`).toBeLessThanOrEqual(limits.median);
  expect(percentile95, `${name}: 95th percentile`).toBeLessThanOrEqual(limits.percentile95);
  expect(worldMedian, `${name}: world`).toBeLessThanOrEqual(limits.worldMedian);
}

function agreements(sets: Readonly<Record<string, readonly Comparison[]>>): Record<string, Agreement> {
  return Object.fromEntries(
    Object.entries(sets).map(([name, comparisons]) => [name, agreementOf(comparisons)]),
  );
}

async function bundlePage(outdir: string): Promise<void> {
  const engine = join(packages, 'core/dist/onnx.js');
  if (!existsSync(engine)) {
    throw new Error('packages/core/dist is missing: build the packages before the end-to-end tests.');
  }
  await build({
    entryPoints: [pageModule],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'chrome120',
    outdir,
    logLevel: 'error',
    alias: { '@pose-coach/core/onnx': engine },
    // As the engine's worker is bundled: ONNX Runtime's script is loaded, not brought along.
    conditions: ['onnxruntime-web-use-extern-wasm'],
  });
  writePage(outdir, '/engines-agree-page.js', true);
}

/** Addresses of the fixtures' stills. */
function stills(name: RegExp): readonly string[] {
  const files = fixtures ? readdirSync(join(fixtures, 'images')) : [];
  return files.filter((file) => name.test(file)).map((file) => `/images/${file}`);
}

/** Takes frames out of every clip, and gives their addresses. */
function clipFrames(folder: string): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(CLIPS).map(([clip, length]) => {
      const frames = Array.from({ length: FRAMES }, (_, index) =>
        Math.floor(((index + 0.5) * length) / FRAMES),
      );
      return [clip, extract(clip, frames, join(folder, clip)).map((file) => `/frames/${clip}/${file}`)];
    }),
  );
}

function filmFrames(folder: string): readonly string[] {
  const frames = Array.from({ length: FILM.count }, (_, index) => FILM.first + index);
  return extract(FILM.clip, frames, join(folder, 'film')).map((file) => `/frames/film/${file}`);
}

/**
 * Writes frames of a clip as pictures without loss, and names them in order. They say nothing of their colour space:
 * MediaPipe takes the pixels of a picture as they are, whereas the browser converts what it copies out of one.
 */
function extract(clip: string, frames: readonly number[], folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const wanted = frames.map((frame) => `eq(n\\,${frame})`).join('+');
  const unlabelled = 'format=rgb24,setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown';
  execFileSync('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-i', join(fixtures ?? '', 'videos', clip)],
    ...['-vf', `select=${wanted},${unlabelled}`, '-vsync', '0', join(folder, '%03d.png')],
  ]);
  const files = readdirSync(folder).sort();
  if (files.length !== frames.length) throw new Error(`${clip} gave ${files.length} frames.`);
  return files;
}
