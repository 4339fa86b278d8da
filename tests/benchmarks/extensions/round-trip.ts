// The way from the page into the sandbox and back with 1, 5 and 20 extensions, beside bare workers that answer
// with the same bytes.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { launchChromium } from '../../e2e/chromium.ts';
import { servePage } from '../pipeline/serve.ts';
import { median, percentile, print, type Row } from '../report.ts';
import { anglesManifest } from './angles-manifest.ts';
import type { RoundTripMeasurement, RoundTrips } from './round-trip-page.ts';

const COUNTS = [1, 5, 20] as const;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
/** Milliseconds, the median of all steps. */
const BUDGET = 1;

export async function measureIsolated(): Promise<void> {
  const server = await servePage({
    modules: [new URL('page.ts', import.meta.url).pathname],
    files: {
      '/angles/package.json': JSON.stringify(anglesManifest),
      '/angles/extension.js': await bundledExtension(),
      '/sample.poses': readFileSync(
        new URL('../../../packages/elements/assets/sample-dance.poses', import.meta.url),
      ),
    },
  });
  const browser = await launchChromium();
  const rows: Row[] = [];
  let bytes: RoundTripMeasurement['bytes'] | undefined;
  try {
    for (const count of COUNTS) {
      const page = await browser.newPage();
      await page.goto(server.url);
      const measured = await page.evaluate((args) => window.measureRoundTrips(...args), [
        count,
        SECONDS,
      ] as const);
      await page.close();
      rows.push(...compare(count, measured));
      bytes = measured.bytes;
    }
  } finally {
    await browser.close();
    server.close();
  }
  print(
    `Isolated extensions: page → worker → page (Chromium, ${SECONDS} s at 30 Hz, 15 readings; ${bytes?.sent} bytes there, ${bytes?.answer} back)`,
    rows,
  );
}

/** As its author would bundle it: one module that imports nothing. */
async function bundledExtension(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('angles-extension.ts', import.meta.url).pathname],
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'chrome103',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function compare(count: number, { ours, bare, bareInFrame }: RoundTripMeasurement): Row[] {
  const middle = median(ours.each);
  const extensions = count === 1 ? '1 extension' : `${count} extensions`;
  return [
    {
      what: `${extensions}: median`,
      measured: `${middle.toFixed(2)} ms (bare worker ${median(bare.each).toFixed(2)}, in a sandboxed frame ${median(bareInFrame.each).toFixed(2)})`,
      budget: `≤ ${BUDGET} ms`,
      ok: middle <= BUDGET,
    },
    row('  99th percentile', (trips) => percentile(trips.each, 99)),
    row('  until all have answered, median', (trips) => median(trips.all)),
    row('  until all have answered, 99th percentile', (trips) => percentile(trips.all, 99)),
  ];

  function row(what: string, value: (trips: RoundTrips) => number): Row {
    const [mine, beside, within] = [ours, bare, bareInFrame].map((trips) => value(trips).toFixed(2));
    return { what, measured: `${mine} ms (${beside}, ${within})`, budget: '', ok: undefined };
  }
}
