// Results per second of a whole coach with a hostile extension over one without, on the same camera clip, in turn.
import { join } from 'node:path';
import { movingClip } from '../../e2e/camera-clip.ts';
import { launchChromium } from '../../e2e/chromium.ts';
import { fixtures } from '../../fixtures.ts';
import { servePage } from '../pipeline/serve.ts';
import { median, print, type Row } from '../report.ts';
import type { CoachMeasurement } from './coach-page.ts';
import { type HostileName, hostileExtensions, hostileManifest } from './hostile-extensions.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** Results per second with ÷ without. */
const BUDGET = 0.98;
/** Seconds in which one that is restarted is still at it, looked at by themselves. */
const WHILE_IT_LASTS = 8;

const names = Object.keys(hostileExtensions) as HostileName[];

export async function measureHostile(): Promise<void> {
  if (!fixtures) {
    console.log('skipped: no fixtures (hostile extensions are measured beside a real clip)');
    return;
  }
  const clip = movingClip(join(fixtures, 'videos', 'dance_phrase_talmolab.mp4'));
  const server = await servePage({
    modules: [new URL('page.ts', import.meta.url).pathname],
    files: Object.fromEntries(
      names.flatMap((name) => [
        [`/${name}/package.json`, JSON.stringify(hostileManifest)],
        [`/${name}/extension.js`, hostileExtensions[name]],
      ]),
    ),
  });
  const browser = await launchChromium({ camera: clip.file });
  const without: CoachMeasurement[] = [];
  const beside: Record<HostileName, CoachMeasurement[]> = { loop: [], burn: [], flood: [] };

  const measure = async (name?: HostileName): Promise<CoachMeasurement> => {
    const context = await browser.newContext({ permissions: ['camera'] });
    try {
      const page = await context.newPage();
      await page.goto(server.url);
      const address = name && `/${name}/package.json`;
      return await page.evaluate((args) => window.measureCoach(...args), [address, SECONDS] as const);
    } finally {
      await context.close();
    }
  };

  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      without.push(await measure());
      for (const name of names) beside[name].push(await measure(name));
    }
  } finally {
    await browser.close();
    server.close();
    clip.dispose();
  }
  print(
    `A coach beside a hostile extension (${ROUNDS} rounds of ${SECONDS} s each, in turn; MediaPipe lite, camera at 30 Hz)`,
    names.flatMap((name) => rows(name, without, beside[name])),
  );
}

const TITLES: Readonly<Record<HostileName, string>> = {
  loop: 'infinite loop in every step',
  burn: '900 ms of every second, never caught',
  flood: '10,000 readings per frame',
};

function rows(
  name: HostileName,
  without: readonly CoachMeasurement[],
  beside: readonly CoachMeasurement[],
): Row[] {
  const alone = median(without.map((each) => rate(each)));
  const together = median(beside.map((each) => rate(each)));
  const ratio = together / alone;
  const early = median(beside.map((each) => rate(each, WHILE_IT_LASTS)));
  const earlyAlone = median(without.map((each) => rate(each, WHILE_IT_LASTS)));
  const longest = (each: CoachMeasurement) => Math.max(...each.gaps);
  // The budget speaks of what the supervision can end; who stays within every limit is only another program.
  const counts = name !== 'burn';
  return [
    {
      what: `${TITLES[name]}: results/s, with ÷ without`,
      measured: `${together.toFixed(2)} ÷ ${alone.toFixed(2)} = ${ratio.toFixed(3)}`,
      budget: counts ? `≥ ${BUDGET}` : '',
      ok: counts ? ratio >= BUDGET : undefined,
    },
    {
      what: `  in the first ${WHILE_IT_LASTS} s`,
      measured: `${early.toFixed(2)} ÷ ${earlyAlone.toFixed(2)} = ${(early / earlyAlone).toFixed(3)}`,
      budget: '',
      ok: undefined,
    },
    {
      what: '  longest gap between repaints, with / without',
      measured: `${median(beside.map(longest)).toFixed(0)} / ${median(without.map(longest)).toFixed(0)} ms`,
      budget: '',
      ok: undefined,
    },
    { what: '  what became of it', measured: outcome(beside.at(-1)), budget: '', ok: undefined },
  ];
}

/** Results per second, of the first seconds or of all. */
function rate({ perSecond }: CoachMeasurement, seconds = perSecond.length): number {
  const counted = perSecond.slice(0, seconds);
  return counted.reduce((sum, each) => sum + each, 0) / counted.length;
}

function outcome(measurement: CoachMeasurement | undefined): string {
  const extension = measurement?.extension;
  if (!extension) throw new Error('The hostile extension was not there.');
  const { state, restarts, disabledAfter, lastError } = extension;
  const when = disabledAfter === undefined ? '' : ` after ${(disabledAfter / 1000).toFixed(1)} s`;
  return `${state}${when}, ${restarts} restarts${lastError === undefined ? '' : `: ${lastError}`}`;
}
