// What all of the dance analysis costs per frame and person: at the beginning and after an hour of frames; what it
// keeps of an hour; and a take of ten minutes as fast as it can be read, its summary included. In Node.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AnalyzerRun, type Beat } from '../../packages/core/src/analysis/index.ts';
import type { Pose, PoseFrame } from '../../packages/core/src/pose/index.ts';
import { oneEuro, trackAndFilter } from '../../packages/core/src/smoothing/index.ts';
import { dance } from '../../packages/extension-dance/src/index.ts';
import { beatTimes, dancerFrames, dancing } from '../motion/synthetic-dancer.ts';
import { median, percentile, print } from './report.ts';

/** ms per frame and person for all of the dance analysis. */
const BUDGET = 0.1;
/** ms for a take of ten minutes, its summary included. */
const TAKE_BUDGET = 2000;
/** Frames per second, as a camera gives them. */
const RATE = 30;
const MINUTE = 60 * RATE;
const HOUR = 60 * MINUTE;
const BEATS_PER_MINUTE = 120;
/** Noise of the machine: what grows with an hour of frames is far beyond it. */
const SAME = 1.1;
/** Megabytes that a summary of an hour's take may need to be made of: typed arrays, some of them still growing. */
const KEPT = 60;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function memory(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** A minute of somebody who dances to 120 beats per minute; it is repeated with rising timestamps. */
const beats = beatTimes([{ beatsPerMinute: BEATS_PER_MINUTE, seconds: 60 }]);
const minute = dancerFrames({ move: dancing(beats) }, { seconds: 60, rate: RATE, noise: 0.003 });

function frameAt(index: number, people = 1): PoseFrame {
  const frame = minute[index % MINUTE] as PoseFrame;
  const timestamp = (index * 1000) / RATE;
  const [pose] = frame.poses as [Pose];
  const poses = Array.from({ length: people }, (_, id) => ({ ...pose, id }));
  return { ...frame, sequence: index, timestamp, poses };
}

/** The music's beats up to a frame since the one before. */
function beatsAt(index: number): readonly Beat[] {
  const frames = (60 * RATE) / BEATS_PER_MINUTE;
  return index % frames === 0 ? [{ timestamp: (index * 1000) / RATE, strength: 1 }] : [];
}

interface Run {
  /** ms, frame by frame. */
  readonly frames: Float64Array;
  /** ms for the summary. */
  readonly finish: number;
  readonly afterMinute: number;
  readonly atEnd: number;
  readonly afterFinish: number;
}

function run(count: number, people = 1): Run {
  const analysis = new AnalyzerRun(dance().create());
  const frames = new Float64Array(count);
  let sum = 0;
  let afterMinute = Number.NaN;
  for (let index = 0; index < count; index += 1) {
    const frame = frameAt(index, people);
    const heard = beatsAt(index);
    const start = performance.now();
    sum += analysis.step(frame, heard).length;
    frames[index] = performance.now() - start;
    if (index === MINUTE - 1) afterMinute = memory();
  }
  if (sum === 0) throw new Error('The dance analysis has read nothing.');
  const atEnd = memory();
  const start = performance.now();
  const summary = analysis.finish();
  const finish = performance.now() - start;
  if (!summary?.details) throw new Error('The dance analysis has summed nothing up.');
  return { frames, finish, afterMinute, atEnd, afterFinish: memory() };
}

/** What smoothing costs on the same frames in the same run: the pipeline's usual step before analysis. */
function smoothing(): number {
  const filter = trackAndFilter(oneEuro());
  const costs: number[] = [];
  for (let index = 0; index < 4 * MINUTE; index += 1) {
    const frame = frameAt(index);
    const start = performance.now();
    filter.step(frame);
    costs.push(performance.now() - start);
  }
  return median(costs);
}

run(MINUTE);
const reference = smoothing();
const take = run(10 * MINUTE);
const hour = run(HOUR);
const crowd = run(2 * MINUTE, 4);

const all = [...hour.frames];
const typical = median(all);
const first = median(all.slice(0, MINUTE));
const last = median(all.slice(-MINUTE));
const mean = all.reduce((sum, cost) => sum + cost, 0) / all.length;
const whole = take.frames.reduce((sum, cost) => sum + cost, 0) + take.finish;
const group = median([...crowd.frames]) / 4;
const microseconds = (milliseconds: number) => `${(milliseconds * 1000).toFixed(1)} µs`;

print('Dance analysis, per frame and person (all metrics, with music; one hour at 30 Hz)', [
  {
    what: 'median',
    measured: microseconds(typical),
    budget: `≤ ${microseconds(BUDGET)}`,
    ok: typical <= BUDGET,
  },
  {
    what: '÷ smoothing the same frames',
    measured: (typical / reference).toFixed(2),
    budget: '',
    ok: undefined,
  },
  { what: 'mean', measured: microseconds(mean), budget: '', ok: undefined },
  { what: '99th percentile', measured: microseconds(percentile(all, 99)), budget: '', ok: undefined },
  { what: 'longest', measured: microseconds(Math.max(...all.slice(MINUTE))), budget: '', ok: undefined },
  {
    what: '60th ÷ first minute',
    measured: (last / first).toFixed(2),
    budget: `≤ ${SAME}`,
    ok: last <= SAME * first,
  },
  {
    what: 'median, four people',
    measured: microseconds(group),
    budget: `≤ ${microseconds(BUDGET)}`,
    ok: group <= BUDGET,
  },
  {
    what: 'memory after a minute → after an hour',
    measured: `${hour.afterMinute.toFixed(1)} → ${hour.atEnd.toFixed(1)} MB`,
    budget: `≤ + ${KEPT} MB`,
    ok: hour.atEnd - hour.afterMinute <= KEPT,
  },
  {
    what: 'memory once the hour is summed up',
    measured: `${hour.afterFinish.toFixed(1)} MB`,
    budget: '',
    ok: undefined,
  },
]);

print('Dance analysis, offline', [
  {
    what: 'ten minutes at 30 Hz, summary included',
    measured: `${whole.toFixed(0)} ms`,
    budget: `≤ ${TAKE_BUDGET} ms`,
    ok: whole <= TAKE_BUDGET,
  },
  { what: 'of this the summary', measured: `${take.finish.toFixed(0)} ms`, budget: '', ok: undefined },
  { what: 'summary of an hour', measured: `${hour.finish.toFixed(0)} ms`, budget: '', ok: undefined },
]);
