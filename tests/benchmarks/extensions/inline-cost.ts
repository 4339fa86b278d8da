// What an analyzer costs through the extensions of a coach over calling it directly, in Node, on the frames of the
// sample recording.
import type { Analyzer, AnalyzerFactory } from '../../../packages/core/src/analysis/index.ts';
import type { ExtensionModule } from '../../../packages/core/src/extensions/api/index.ts';
import { createExtensions, type Extensions } from '../../../packages/core/src/extensions/index.ts';
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

interface Costs {
  /** Microseconds per frame, round by round. */
  readonly through: readonly number[];
  readonly direct: readonly number[];
}

export async function measureInline(): Promise<void> {
  const rows: Row[] = [];
  for (const subject of subjects) {
    const { through, direct } = await measure(subject);
    const ratio = median(through.map((cost, round) => cost / (direct[round] ?? Number.NaN)));
    const added = median(through.map((cost, round) => cost - (direct[round] ?? Number.NaN)));
    const measured = `${median(through).toFixed(2)} ÷ ${median(direct).toFixed(2)} µs`;
    const { what, budget } = subject;
    rows.push(
      budget === undefined
        ? { what: `${what}: extension, direct`, measured, budget: '', ok: undefined }
        : {
            what: `${what}: extension ÷ direct`,
            measured: `${measured} = ${ratio.toFixed(3)}`,
            budget: `≤ ${budget}`,
            ok: ratio <= budget,
          },
      { what: '  added per frame', measured: `${added.toFixed(2)} µs`, budget: '', ok: undefined },
      {
        // The median leaves out what comes now and then, the collector above all.
        what: '  mean of all rounds',
        measured: `${mean(through).toFixed(2)}, ${mean(direct).toFixed(2)} µs`,
        budget: '',
        ok: undefined,
      },
    );
  }
  print(
    `Inline extensions (Node, one person, median of ${ROUNDS} rounds of ${sampleFrames().length} frames, in turn)`,
    rows,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function measure({ manifest, module, factory }: Subject): Promise<Costs> {
  const frames = sampleFrames();
  const extensions = createExtensions({ sources: [{ manifest, module }] });
  const analyzer = factory.create();
  const through: number[] = [];
  const direct: number[] = [];
  try {
    await untilActive(extensions, frames);
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const played = pass(frames, round);
      const ours = () => playThrough(extensions, played);
      const theirs = () => playDirect(analyzer, played);
      // Each is first as often as the other.
      const [first, second] = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
      const one = timed(first, played.length);
      const other = timed(second, played.length);
      if (round < WARM_UP) continue;
      if (one.readings !== other.readings) throw new Error('They have not said the same.');
      through.push(round % 2 === 0 ? one.microseconds : other.microseconds);
      direct.push(round % 2 === 0 ? other.microseconds : one.microseconds);
    }
    const [status] = extensions.list;
    if (status?.state !== 'active') {
      throw new Error(`The extension is ${status?.state}: ${status?.lastError?.message}`);
    }
  } finally {
    extensions.dispose();
  }
  return { through, direct };
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

function playThrough(extensions: Extensions, frames: readonly PoseFrame[]): number {
  let readings = 0;
  for (const frame of frames) readings += extensions.step(frame).readings.length;
  return readings;
}

function playDirect(analyzer: Analyzer, frames: readonly PoseFrame[]): number {
  let readings = 0;
  for (const frame of frames) readings += analyzer.step({ frame, beats: [] }).length;
  return readings;
}

function timed(play: () => number, frames: number): { microseconds: number; readings: number } {
  const started = performance.now();
  const readings = play();
  return { microseconds: ((performance.now() - started) * 1000) / frames, readings };
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
