// The page's heap while the whole pipeline runs for ten minutes: what grows would show.
import { join } from 'node:path';
import { movingClip } from '../e2e/camera-clip.ts';
import { launchChromium } from '../e2e/chromium.ts';
import { fixtures } from '../fixtures.ts';
import { servePage } from './pipeline/serve.ts';
import { median, print } from './report.ts';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
/** How often the heap is read, in seconds; each reading follows a forced collection. */
const PERIOD = 15;

if (!fixtures) {
  console.log('skipped: no fixtures (the memory benchmark needs a real clip)');
  process.exit(0);
}
const clip = movingClip(join(fixtures, 'videos', 'dance_phrase_talmolab.mp4'));
const server = await servePage();
const browser = await launchChromium({ camera: clip.file, flags: ['--enable-precise-memory-info'] });
const heap: number[] = [];
try {
  const context = await browser.newContext({ permissions: ['camera'] });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.goto(server.url);
  await page.evaluate(() => window.startSdk('lite'));
  for (let elapsed = 0; elapsed < MINUTES * 60; elapsed += PERIOD) {
    await new Promise((resolve) => setTimeout(resolve, PERIOD * 1000));
    await devtools.send('HeapProfiler.collectGarbage');
    heap.push((await page.evaluate(() => window.heapInUse())) ?? Number.NaN);
  }
} finally {
  await browser.close();
  server.close();
  clip.dispose();
}
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const minute = Math.max(1, Math.round(60 / PERIOD));
const first = median(heap.slice(minute, 2 * minute));
const last = median(heap.slice(-minute));
print(`Memory over ${MINUTES} minutes (page heap after collection, lite, camera at 30 Hz)`, [
  { what: 'second minute', measured: megabytes(first), budget: '', ok: undefined },
  { what: 'last minute', measured: megabytes(last), budget: '', ok: undefined },
  { what: 'last ÷ second', measured: (last / first).toFixed(3), budget: '≤ 1.05', ok: last / first <= 1.05 },
]);
