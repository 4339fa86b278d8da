// The two engines in one browser on the same frames: results per second, time to the first landmarks, where the time
// goes; and the ONNX engine in Node. Engines take turns in short rounds, and ratios are those of neighbours in time:
// whatever else the machine does meets all of them alike.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../e2e/chromium.ts';
import { serveStatic } from '../e2e/static-server.ts';
import { fixtures } from '../fixtures.ts';
import { decodeClip } from './engines/decode-clip.ts';
import { FRAMES, HEIGHT, WIDTH } from './engines/frames.ts';
import type { NodeMeasurement, NodeOrder } from './engines/node-rate.ts';
import type { Pace } from './engines/pace.ts';
import type { EngineOrder } from './engines/page.ts';
import type { Profile } from './engines/profile.ts';
import type { ProfileOrder } from './engines/profile-worker.ts';
import { median, print, type Row } from './report.ts';

/** Turns of each engine, and seconds of a turn. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
/** Page loads of each engine. */
const LOADS = Math.max(1, Math.min(5, ROUNDS));
/** Steps that are looked into. */
const STEPS = 60;

const MODELS = ['lite', 'full'] as const;
type Model = (typeof MODELS)[number];

/** What ONNX Runtime in WebAssembly is to reach, in MediaPipe's results per second on the CPU, by its threads. */
const GOALS: Readonly<Record<number, number>> = { 1: 0.95, 2: 1.4 };
/** Results per second in Node, by the machine's library. */
const NODE_GOALS: Readonly<Record<Model, number>> = { lite: 150, full: 100 };
/** As the engine in Node has it by itself. */
const NODE_THREADS = Math.min(4, availableParallelism());

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const folderOfModules = fileURLToPath(new URL('./engines/', import.meta.url));

if (!fixtures) {
  console.log('skipped: no fixtures (the benchmark of engines needs a real clip)');
  process.exit(0);
}
const video = join(fixtures, 'videos', 'dance_phrase_talmolab.mp4');
const folder = mkdtempSync(join(tmpdir(), 'pose-coach-engines-'));
const site = await serve(video, folder);
const browser = await launchChromium();
try {
  const page = await openPage(browser);
  const rows: Row[] = [];
  for (const model of MODELS) rows.push(...(await rates(page, model)));
  rows.push(...(await graphics(page)));
  await page.close();
  print(
    `Engines in the browser (${ROUNDS} rounds of ${SECONDS} s each, in turn; ${WIDTH}×${HEIGHT} frames in memory, in workers)`,
    rows,
  );
  print(
    `From the page's load to the first landmarks (lite, median of ${LOADS} loads)`,
    await firstLandmarks(browser),
  );
  print(
    `In Node, from decoded frames (${ROUNDS} rounds of ${SECONDS} s, ${NODE_THREADS} threads)`,
    nodeRates(video),
  );
} finally {
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Results per second of MediaPipe on the CPU and of ONNX Runtime in WebAssembly. */
async function rates(page: Page, model: Model): Promise<Row[]> {
  const orders: Readonly<Record<string, EngineOrder>> = {
    mediapipe: { engine: 'mediapipe', model },
    ...Object.fromEntries(
      Object.keys(GOALS).map((threads) => [threads, { engine: 'onnx', model, threads: Number(threads) }]),
    ),
  };
  const paces = await takeTurns(page, orders);
  const mediapipe = paces.mediapipe ?? [];
  const rows: Row[] = [
    {
      what: `${model}: MediaPipe, CPU delegate`,
      measured: `${rateOf(mediapipe)}; ${stagesOf(mediapipe)}`,
      budget: '',
      ok: undefined,
    },
  ];
  for (const [threads, goal] of Object.entries(GOALS)) {
    const onnx = paces[threads] ?? [];
    const ratios = ratiosOf(onnx, mediapipe);
    const ratio = median(ratios);
    const count = threads === '1' ? 'one thread' : `${threads} threads`;
    rows.push(
      {
        what: `${model}: ONNX Runtime, ${count}, ÷ MediaPipe`,
        measured: `${rateOf(onnx)}; ratio ${ratio.toFixed(3)} (${spreadOf(ratios, 2)}); ${stagesOf(onnx)}`,
        budget: `≥ ${goal}`,
        ok: ratio >= goal,
      },
      {
        what: '',
        measured: profileOf(await profileInWorker(page, { model, threads: Number(threads), steps: STEPS })),
        budget: '',
        ok: undefined,
      },
    );
  }
  return rows;
}

/** WebGPU against MediaPipe's GPU delegate, where there is a graphics card. */
async function graphics(page: Page): Promise<Row[]> {
  const { backend, why } = await page.evaluate(async () => {
    const found = await window.startEngine('probe', { engine: 'onnx', model: 'lite', backend: 'auto' });
    await window.stopEngine('probe');
    return found;
  });
  if (backend !== 'webgpu') {
    return [{ what: 'WebGPU', measured: `no hardware adapter: ${why}`, budget: '', ok: undefined }];
  }
  const rows: Row[] = [];
  for (const model of MODELS) {
    const { mediapipe = [], onnx = [] } = await takeTurns(page, {
      mediapipe: { engine: 'mediapipe', model, delegate: 'GPU' },
      onnx: { engine: 'onnx', model, backend: 'auto' },
    });
    const ratios = ratiosOf(onnx, mediapipe);
    rows.push({
      what: `${model}: ONNX Runtime on WebGPU ÷ MediaPipe's GPU delegate`,
      measured: `${rateOf(onnx)} ÷ ${rateOf(mediapipe)} = ${median(ratios).toFixed(3)}. ${why}`,
      budget: '',
      ok: undefined,
    });
  }
  return rows;
}

/** Runs engines one after the other, round for round, all of them in one page. */
async function takeTurns(
  page: Page,
  orders: Readonly<Record<string, EngineOrder>>,
): Promise<Record<string, Pace[]>> {
  const paces: Record<string, Pace[]> = Object.fromEntries(Object.keys(orders).map((name) => [name, []]));
  for (const [name, order] of Object.entries(orders)) {
    const { why } = await page.evaluate((args) => window.startEngine(...args), [name, order] as const);
    const threads = order.threads ?? 1;
    if (threads > 1 && !why.includes(`${threads} threads`)) throw new Error(`${name}: ${why}`);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of Object.keys(orders)) {
      const pace = await page.evaluate((args) => window.runEngine(...args), [name, 1000 * SECONDS] as const);
      if (pace.found < 0.95)
        throw new Error(`${name} lost the person in ${100 * (1 - pace.found)} % of frames.`);
      paces[name]?.push(pace);
    }
  }
  for (const name of Object.keys(orders)) await page.evaluate((it) => window.stopEngine(it), name);
  return paces;
}

function profileInWorker(page: Page, order: ProfileOrder): Promise<Profile> {
  return page.evaluate(
    (it) =>
      new Promise<Profile>((resolve, reject) => {
        const worker = new Worker('/profile-worker.js', { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<Profile>) => {
          worker.terminate();
          resolve(data);
        };
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(it);
      }),
    order,
  );
}

/** Each load in a browser context of its own, and then once more with what that has kept. */
async function firstLandmarks(browser: Browser): Promise<Row[]> {
  const orders: Readonly<Record<string, EngineOrder>> = {
    'MediaPipe, CPU delegate': { engine: 'mediapipe', model: 'lite' },
    'ONNX Runtime, 2 threads': { engine: 'onnx', model: 'lite', threads: 2 },
  };
  const times = new Map(
    Object.keys(orders).map((name) => [name, { first: [] as number[], again: [] as number[] }]),
  );
  for (let load = 0; load < LOADS; load += 1) {
    for (const [name, order] of Object.entries(orders)) {
      const context = await browser.newContext();
      for (const visit of ['first', 'again'] as const) {
        const page = await openPage(context);
        times.get(name)?.[visit].push(await page.evaluate((it) => window.firstLandmarks(it), order));
        await page.close();
      }
      await context.close();
    }
  }
  return [...times].map(([what, { first, again }]) => ({
    what,
    measured: `${median(first).toFixed(0)} ms (${spreadOf(first, 0)}), second visit ${median(again).toFixed(0)} ms (${spreadOf(again, 0)})`,
    budget: '',
    ok: undefined,
  }));
}

/** The ONNX engine in Node, each in a process of its own. */
function nodeRates(clip: string): Row[] {
  const frames = decodeClip(clip, 'RGBA');
  const measure = (backend: NodeOrder['backend'], model: Model): NodeMeasurement => {
    const order: NodeOrder = {
      ...{ backend, model, threads: NODE_THREADS, rounds: ROUNDS },
      ...{ milliseconds: 1000 * SECONDS, steps: STEPS },
    };
    const output = execFileSync(
      process.execPath,
      [join(folderOfModules, 'node-rate.ts'), JSON.stringify(order)],
      { input: frames, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] },
    );
    return JSON.parse(output);
  };
  return (['native', 'wasm'] as const).flatMap((backend) =>
    MODELS.flatMap((model): Row[] => {
      const { paces, profile } = measure(backend, model);
      const rate = median(paces.map(({ resultsPerSecond }) => resultsPerSecond));
      const goal = backend === 'native' ? NODE_GOALS[model] : undefined;
      return [
        {
          what: `${model}: ${backend}`,
          measured: rateOf(paces),
          budget: goal === undefined ? '' : `≥ ${goal}/s`,
          ok: goal === undefined ? undefined : rate >= goal,
        },
        { what: '', measured: profileOf(profile), budget: '', ok: undefined },
      ];
    }),
  );
}

function rateOf(paces: readonly Pace[]): string {
  const all = paces.map(({ resultsPerSecond }) => resultsPerSecond);
  return `${median(all).toFixed(1)}/s (${spreadOf(all, 1)})`;
}

/** Round for round: what the one did by what the other did just before. */
function ratiosOf(paces: readonly Pace[], reference: readonly Pace[]): number[] {
  return paces.map(
    ({ resultsPerSecond }, round) => resultsPerSecond / (reference[round]?.resultsPerSecond ?? Number.NaN),
  );
}

function spreadOf(values: readonly number[], digits: number): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}

/** Milliseconds of a result as the estimator tells them. */
function stagesOf(paces: readonly Pace[]): string {
  const names = Object.keys(paces[0]?.stages ?? {});
  const stages = names.map((name) => {
    const duration = median(paces.map(({ stages }) => stages[name] ?? Number.NaN));
    return `${name} ${duration.toFixed(1)}`;
  });
  return `ms: ${stages.join(', ')}`;
}

function profileOf({ pixels, crop, run, rest, searches }: Profile): string {
  const parts = { pixels, crop, run, rest };
  const listed = Object.entries(parts).map(([name, duration]) => `${name} ${duration.toFixed(2)}`);
  return `a step, ms: ${listed.join(', ')}; ${searches} of ${STEPS} searched the picture`;
}

async function openPage(opener: Pick<Browser, 'newPage'>): Promise<Page> {
  const page = await opener.newPage();
  await page.goto(`${site.origin}/`);
  await page.waitForFunction(() => 'firstLandmarks' in window);
  return page;
}

/** Bundles the page from the built packages and serves it isolated, with models and frames. */
async function serve(clip: string, target: string) {
  const frames = decodeClip(clip, 'I420');
  writeFileSync(join(target, 'frames.i420'), frames);
  writeFileSync(join(target, 'first.i420'), frames.subarray(0, frames.length / FRAMES));
  writeFileSync(
    join(target, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
  );
  await build({
    entryPoints: [join(folderOfModules, 'page.ts'), join(folderOfModules, 'profile-worker.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'chrome120',
    outdir: target,
    logLevel: 'error',
    alias: {
      '@pose-coach/core/mediapipe': join(packages, 'core/dist/mediapipe.js'),
      '@pose-coach/core/onnx': join(packages, 'core/dist/onnx.js'),
    },
    // As the engine's own worker is bundled: ONNX Runtime's script is loaded, not brought along.
    conditions: ['onnxruntime-web-use-extern-wasm'],
  });
  const models = join(packages, 'models/dist/files/');
  const mediapipe = join(packages, 'models/node_modules/@mediapipe/tasks-vision/wasm/');
  return serveStatic(
    {
      '/': `${target}/`,
      '/assets/models/': models,
      '/assets/wasm/': models,
      ...Object.fromEntries(
        ['js', 'wasm'].map((end) => [
          `/assets/wasm/vision_wasm_module_internal.${end}`,
          join(mediapipe, `vision_wasm_module_internal.${end}`),
        ]),
      ),
    },
    {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      // As sites serve such files: what has not changed is not sent again.
      'cache-control': 'max-age=3600',
    },
  );
}
