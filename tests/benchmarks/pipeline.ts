// Results per second through the SDK over the bare engine, display while inferring, and camera-to-paint delay.
// Both run in turn on the same camera clip in the same browser; the ratio is of their medians.
import { join } from 'node:path';
import { movingClip } from '../e2e/camera-clip.ts';
import { launchChromium } from '../e2e/chromium.ts';
import { fixtures } from '../fixtures.ts';
import type { Measurement } from './pipeline/page.ts';
import { servePage } from './pipeline/serve.ts';
import { median, percentile, print, type Row } from './report.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15);

if (!fixtures) {
  console.log('skipped: no fixtures (the pipeline benchmark needs a real clip)');
  process.exit(0);
}
const clip = movingClip(join(fixtures, 'videos', 'dance_phrase_talmolab.mp4'));
const server = await servePage();
const browser = await launchChromium({ camera: clip.file });
const rows: Row[] = [];
try {
  for (const model of ['lite', 'full'] as const) {
    const bare: Measurement[] = [];
    const sdk: Measurement[] = [];
    const withHands: Measurement[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(
        await measure((page) =>
          page.evaluate((args) => window.measureBare(...args), [
            `pose_landmarker_${model}.task`,
            SECONDS,
          ] as const),
        ),
      );
      sdk.push(
        await measure((page) =>
          page.evaluate((args) => window.measureSdk(...args), [model, SECONDS, false] as const),
        ),
      );
      withHands.push(
        await measure((page) =>
          page.evaluate((args) => window.measureSdk(...args), [model, SECONDS, true] as const),
        ),
      );
    }
    rows.push(...compare(model, bare, sdk), handsBeside(model, sdk, withHands));
  }
} finally {
  await browser.close();
  server.close();
  clip.dispose();
}
print(
  `Pipeline (${ROUNDS} rounds of ${SECONDS} s each, in turn; CPU delegate, 640×480 camera at 30 Hz)`,
  rows,
);

async function measure(
  run: (page: Awaited<ReturnType<typeof browser.newPage>>) => Promise<Measurement>,
): Promise<Measurement> {
  const context = await browser.newContext({ permissions: ['camera'] });
  const page = await context.newPage();
  await page.goto(server.url);
  try {
    return await run(page);
  } finally {
    await context.close();
  }
}

/** What looking for hands takes from the body; the budgets of DESIGN are stated for hands off. */
function handsBeside(model: string, without: readonly Measurement[], beside: readonly Measurement[]): Row {
  const [alone = Number.NaN, together = Number.NaN] = [without, beside].map((each) =>
    median(each.map(({ resultsPerSecond }) => resultsPerSecond)),
  );
  const gaps = beside.flatMap((each) => each.gaps);
  const short = gaps.filter((gap) => gap <= 20).length / gaps.length;
  const ratio = (together / alone).toFixed(3);
  return {
    what: `${model}: results/s, with hands ÷ without`,
    measured: `${together.toFixed(1)} ÷ ${alone.toFixed(1)} = ${ratio}; gaps ≤ 20 ms ${(short * 100).toFixed(2)} %`,
    budget: '',
    ok: undefined,
  };
}

function compare(model: string, bare: readonly Measurement[], sdk: readonly Measurement[]): Row[] {
  const bareRate = median(bare.map(({ resultsPerSecond }) => resultsPerSecond));
  const sdkRate = median(sdk.map(({ resultsPerSecond }) => resultsPerSecond));
  const gaps = sdk.flatMap((each) => each.gaps);
  const short = gaps.filter((gap) => gap <= 20).length / gaps.length;
  const longest = Math.max(...gaps);
  const longTasks = sdk.flatMap((each) => each.longTasks);
  const delay = median(sdk.flatMap((each) => each.paintDelays));
  const inference = median(sdk.flatMap((each) => each.inference));
  return [
    {
      what: `${model}: results/s, SDK ÷ bare engine`,
      measured: `${sdkRate.toFixed(1)} ÷ ${bareRate.toFixed(1)} = ${(sdkRate / bareRate).toFixed(3)}`,
      budget: '≥ 0.97',
      ok: sdkRate / bareRate >= 0.97,
    },
    {
      what: `${model}: display gaps ≤ 20 ms`,
      measured: `${(short * 100).toFixed(2)} %, longest ${longest.toFixed(0)} ms (99th percentile ${percentile(gaps, 99).toFixed(1)})`,
      budget: '≥ 99 %, none > 50 ms',
      ok: short >= 0.99 && longest <= 50,
    },
    {
      what: `${model}: main-thread tasks over 50 ms`,
      measured: `${longTasks.length}`,
      budget: '0',
      ok: longTasks.length === 0,
    },
    {
      what: `${model}: camera to painted skeleton`,
      measured: `${delay.toFixed(1)} ms, inference ${inference.toFixed(1)} ms`,
      budget: '≤ inference + 20 ms',
      ok: delay <= inference + 20,
    },
  ];
}
