// What an analyzer costs through the extensions of a coach over calling it directly, in Node, on the frames of the
// sample recording.
import type { AnalyzerFactory } from '../../../packages/core/src/analysis/index.ts';
import type { ExtensionModule } from '../../../packages/core/src/extensions/api/index.ts';
import {
  createExtensions,
  type Extensions,
  inlineHost,
  type RunningExtension,
  readManifest,
  type StepOutput,
} from '../../../packages/core/src/extensions/index.ts';
import type { PoseFrame } from '../../../packages/core/src/pose/index.ts';
import { median, print, type Row } from '../report.ts';
import { activate as activateAngles, anglesAnalyzer } from './angles-extension.ts';
import { anglesManifest } from './angles-manifest.ts';
import { sampleFrames } from './sample-frames.ts';
import { activate as activateTempo, tempoAnalyzer, tempoManifest } from './tempo-extension.ts';

/** Cost through the extensions ÷ cost of the bare analyzer. */
const BUDGET = 1.1;
/** Rounds of which the median counts; each plays the recording to both, in a few milliseconds. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 400);
/** Rounds that are not counted: code is compiled. */
const WARM_UP = 50;

interface Subject {
  readonly what: string;
  readonly manifest: unknown;
  readonly module: ExtensionModule;
  readonly factory: AnalyzerFactory;
  /** None where there is nothing to divide by. */
  readonly budget: number | undefined;
}

/** One that does nothing: what is left is the machinery. */
const emptyAnalyzer: AnalyzerFactory = {
  create: () => ({ step: () => [], reset() {} }),
};

const subjects: readonly Subject[] = [
  {
    what: 'tempo from 36 velocities, 2 readings',
    manifest: tempoManifest,
    module: { activate: activateTempo },
    factory: tempoAnalyzer,
    budget: BUDGET,
  },
  {
    what: 'fourteen joint angles and their speed, 15 readings',
    manifest: anglesManifest,
    module: { activate: activateAngles },
    factory: anglesAnalyzer,
    budget: BUDGET,
  },
  {
    what: 'an empty analyzer',
    manifest: {
      name: 'benchmark-empty',
      version: '1.0.0',
      poseCoach: {
        apiVersion: 1,
        prefix: 'empty',
        main: './extension.js',
        permissions: ['poses'],
        contributes: {
          analyzers: [{ id: 'empty.nothing', title: 'Nothing', metrics: ['empty.metric'] }],
          metrics: [{ id: 'empty.metric', title: 'Nothing', kind: 'label' }],
        },
      },
    },
    module: {
      activate: (context, coach) => {
        context.subscriptions.push(coach.analyzers.register('empty.nothing', emptyAnalyzer));
      },
    },
    factory: emptyAnalyzer,
    budget: undefined,
  },
];

/** Microseconds per frame, round by round. */
interface Costs {
  readonly direct: readonly number[];
  /** Through the inline host alone. */
  readonly host: readonly number[];
  /** Through `createExtensions`: last readings, rules and cues included. */
  readonly whole: readonly number[];
}

type Way = keyof Costs;
const WAYS: readonly Way[] = ['direct', 'host', 'whole'];

export async function measureInline(): Promise<void> {
  const rows: Row[] = [];
  for (const subject of subjects) rows.push(...compare(subject, await measure(subject)));
  print(
    `Inline extensions (Node, one person, µs per frame, median of ${ROUNDS} rounds of ${sampleFrames().length} frames, in turn)`,
    rows,
  );
}

function compare({ what, budget }: Subject, costs: Costs): Row[] {
  const direct = median(costs.direct);
  return [
    {
      what,
      measured: `${direct.toFixed(2)} directly (mean ${mean(costs.direct).toFixed(2)})`,
      budget: '',
      ok: undefined,
    },
    row('  inline host ÷ direct', costs.host, budget),
    row('  createExtensions ÷ direct', costs.whole, undefined),
  ];

  function row(title: string, through: readonly number[], most: number | undefined): Row {
    const ratio = median(through.map((cost, round) => cost / (costs.direct[round] ?? Number.NaN)));
    const added = median(through.map((cost, round) => cost - (costs.direct[round] ?? Number.NaN)));
    // The median leaves out what comes now and then, the collector above all: hence the mean.
    const measured = `${median(through).toFixed(2)}, ${added.toFixed(2)} more (mean ${mean(through).toFixed(2)})`;
    // Something divided by nothing is no ratio.
    if (budget === undefined) return { what: title, measured, budget: '', ok: undefined };
    return {
      what: title,
      measured: `${ratio.toFixed(3)}: ${measured}`,
      budget: most === undefined ? '' : `≤ ${most}`,
      ok: most === undefined ? undefined : ratio <= most,
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function measure({ manifest, module, factory }: Subject): Promise<Costs> {
  const frames = sampleFrames();
  const costs = { direct: [] as number[], host: [] as number[], whole: [] as number[] };
  const extensions = createExtensions({ sources: [{ manifest, module }] });
  const running = await startInline(manifest, module);
  const analyzer = factory.create();
  const play: Readonly<Record<Way, (frame: PoseFrame) => number>> = {
    direct: (frame) => analyzer.step({ frame, beats: [] }).length,
    host: (frame) => countOf(running.step({ frame, beats: [], readings: [] })),
    whole: (frame) => extensions.step(frame).readings.length,
  };
  try {
    await untilActive(extensions, frames);
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const played = pass(frames, round);
      const said = new Set<number>();
      for (let turn = 0; turn < WAYS.length; turn += 1) {
        // Each is first as often as the others.
        const way = WAYS[(round + turn) % WAYS.length] ?? 'direct';
        const { microseconds, readings } = timed(play[way], played);
        said.add(readings);
        if (round >= WARM_UP) costs[way].push(microseconds);
      }
      if (round >= WARM_UP && said.size > 1) throw new Error('They have not said the same.');
    }
    const [status] = extensions.list;
    if (status?.state !== 'active') {
      throw new Error(`The extension is ${status?.state}: ${status?.lastError?.message}`);
    }
  } finally {
    extensions.dispose();
    await running.stop();
  }
  return costs;
}

async function startInline(manifest: unknown, module: ExtensionModule): Promise<RunningExtension> {
  const report = readManifest(manifest);
  if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join('\n'));
  const refused = () => Promise.reject(new Error('The benchmark gives nothing but frames.'));
  return await inlineHost().start({
    manifest: report.manifest,
    code: { kind: 'module', module },
    permissions: ['poses'],
    settings: {},
    services: {
      log: () => {},
      executeCommand: refused,
      stateGet: refused,
      stateSet: refused,
      stateKeys: refused,
      asset: refused,
      fetch: refused,
      failed: (error) => {
        throw error;
      },
    },
    signal: new AbortController().signal,
  });
}

/** Inline, a step answers at once. */
function countOf(output: StepOutput | Promise<StepOutput>): number {
  if ('then' in output) throw new Error('The inline host has answered with a promise.');
  return output.readings.length;
}

/** The recording once more, with time that goes on from round to round. */
function pass(frames: readonly PoseFrame[], round: number): PoseFrame[] {
  const length = (frames.at(-1)?.timestamp ?? 0) - (frames[0]?.timestamp ?? 0) + 33;
  const before = round + 1;
  return frames.map((frame) => ({
    ...frame,
    epoch: 1,
    sequence: frame.sequence + before * frames.length,
    timestamp: frame.timestamp + before * length,
  }));
}

function timed(
  play: (frame: PoseFrame) => number,
  frames: readonly PoseFrame[],
): { microseconds: number; readings: number } {
  let readings = 0;
  const started = performance.now();
  for (const frame of frames) readings += play(frame);
  return { microseconds: ((performance.now() - started) * 1000) / frames.length, readings };
}

/** The first frame activates what waits for it. */
async function untilActive(extensions: Extensions, frames: readonly PoseFrame[]): Promise<void> {
  for (const frame of frames) {
    extensions.step({ ...frame, epoch: 1 });
    if (extensions.list[0]?.state === 'active') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`The extension is not active: ${extensions.list[0]?.lastError?.message}`);
}
