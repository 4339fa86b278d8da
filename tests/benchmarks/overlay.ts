// What a theme costs to paint at 1920 × 1080 in headless Chromium, which paints in software, over the plain skeleton
// of `draw()`; and how late poses are painted, with one overlay and with fifty.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { encodeWireFrame } from '../../packages/core/src/codec/index.ts';
import { launchChromium } from '../e2e/chromium.ts';
import { startServer, TEST_TOKEN } from '../e2e/overlay-server-process.ts';
import { sampleFrames } from './extensions/sample-frames.ts';
import type { PaintCost, Painted } from './overlay/page.ts';
import { servePage } from './pipeline/serve.ts';
import { median, percentile, print, type Row } from './report.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const THEMES = ['neon', 'broadcast', 'chalk', 'particles'] as const;
/** Overlays of one channel: one in a browser, the rest receive and paint nothing. */
const OVERLAYS = [1, 50] as const;
/** Poses a second, as a camera gives them. */
const RATE = 30;

const sample = fileURLToPath(new URL('../../packages/elements/assets/sample-dance.poses', import.meta.url));
const page = await servePage({
  modules: [fileURLToPath(new URL('./overlay/page.ts', import.meta.url))],
  files: { '/sample-dance.poses': readFileSync(sample) },
});
const browser = await launchChromium();

/** Opens the page, does something in it, and closes it. */
async function inPage<T>(run: (tab: Awaited<ReturnType<typeof browser.newPage>>) => Promise<T>): Promise<T> {
  const tab = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await tab.goto(page.url);
  try {
    return await run(tab);
  } finally {
    await tab.close();
  }
}

const measure = (painted: Painted) =>
  inPage((tab) => tab.evaluate((args) => window.measurePaint(...args), [painted, SECONDS] as const));

const figures = (values: readonly number[]) =>
  `${median(values).toFixed(2)} / ${percentile(values, 99).toFixed(2)} ms`;

function costRow(what: string, measured: readonly PaintCost[], plain: readonly PaintCost[]): Row {
  const ratio = median(measured.map(({ costs }, round) => median(costs) / median(plain[round]?.costs ?? [])));
  const costs = measured.flatMap((each) => each.costs);
  const gaps = measured.flatMap((each) => each.gaps);
  const short = (100 * gaps.filter((gap) => gap <= 20).length) / gaps.length;
  return {
    what,
    measured: `${figures(costs)}, ${ratio.toFixed(1)} × plain; gaps ${figures(gaps)}, ${short.toFixed(1)} % ≤ 20 ms`,
    budget: '',
    ok: undefined,
  };
}

async function paintRows(): Promise<Row[]> {
  const subjects: readonly (readonly [string, Painted])[] = [
    ['plain skeleton, draw()', { kind: 'plain' }],
    ...THEMES.map((theme) => [theme, { kind: 'theme', theme: `overlay.${theme}` }] as const),
    ...THEMES.map(
      (theme) => [`${theme}, with widgets`, { kind: 'scene', theme: `overlay.${theme}` }] as const,
    ),
  ];
  const measured = subjects.map((): PaintCost[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turn: a machine that becomes busier favours none.
    for (const [index, [, painted]] of subjects.entries()) measured[index]?.push(await measure(painted));
  }
  const plain = measured[0] ?? [];
  return subjects.map(([what], index) => costRow(what, measured[index] ?? [], plain));
}

/** Publishes the sample over and over, until it is told to stop. */
async function publish(url: string): Promise<() => void> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const hello = { type: 'hello', version: 1, role: 'publisher', channel: 'main', token: TEST_TOKEN };
  socket.send(JSON.stringify(hello));
  await once(socket, 'message');
  const frames = sampleFrames();
  let sequence = 0;
  const timer = setInterval(() => {
    const frame = frames[sequence % frames.length];
    if (!frame) return;
    sequence += 1;
    const capturedAt = performance.timeOrigin + performance.now();
    socket.send(
      encodeWireFrame({
        ...frame,
        sequence,
        epoch: 0,
        timestamp: (sequence * 1000) / RATE,
        timings: { capturedAt, stages: {} },
      }),
    );
  }, 1000 / RATE);
  return () => {
    clearInterval(timer);
    socket.terminate();
  };
}

async function delayRow(overlays: number): Promise<Row> {
  const server = await startServer({ more: ['--origin', new URL(page.url).origin] });
  const url = `ws://${server.host}/ws`;
  const others = fork(new URL('./server/watchers.ts', import.meta.url));
  const stop = await publish(url);
  try {
    const hello = { type: 'hello', version: 1, role: 'subscriber', channel: 'main', token: TEST_TOKEN };
    others.send({ kind: 'connect', url, count: overlays - 1, hello });
    await once(others, 'message');
    const delays = await inPage((tab) =>
      tab.evaluate((args) => window.measureDelays(...args), [
        `http://${server.host}`,
        TEST_TOKEN,
        ROUNDS * SECONDS,
      ] as const),
    );
    return {
      what: `pose to painted overlay, ${overlays === 1 ? 'one overlay' : `${overlays} overlays`}`,
      measured: `${figures(delays)} of ${delays.length} repaints`,
      budget: '',
      ok: undefined,
    };
  } finally {
    stop();
    others.kill();
    await server.stop();
  }
}

try {
  print(
    `Overlay: painting at 1920 × 1080 with pixels made, and gaps between repaints (median / 99th percentile, ${ROUNDS} rounds of ${SECONDS} s in turn)`,
    await paintRows(),
  );
  const rows: Row[] = [];
  for (const overlays of OVERLAYS) rows.push(await delayRow(overlays));
  print(
    `Overlay: age of what is painted, the 33 ms of the glide from pose to pose included (median / 99th percentile, ${RATE} poses a second, first scene)`,
    rows,
  );
} finally {
  await browser.close();
  page.close();
}
