// What the operators cost per frame and person: tracking and smoothing, joint angles, an analyzer and ten rules, two
// display frames per result; at the beginning and after an hour of frames, in Node.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Analyzer, AnalyzerRun, type Reading } from '../../packages/core/src/analysis/index.ts';
import { Feedback, type OwnedProposal } from '../../packages/core/src/feedback/index.ts';
import { type Hand, jointAngles, type Pose } from '../../packages/core/src/pose/index.ts';
import { Interpolator, oneEuro, trackAndFilter } from '../../packages/core/src/smoothing/index.ts';
import { syntheticBody, syntheticFrame, syntheticPose, turned } from '../synthetic-pose.ts';
import { median, print } from './report.ts';

/** ms per frame and person for all operators and analyzers together. */
const BUDGET = 0.2;
/** Results per second, as a camera gives them. */
const RATE = 30;
const MINUTE = 60 * RATE;
const HOUR = 60 * MINUTE;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** A minute of somebody who bends, waves and turns; it is repeated with rising timestamps. */
const motion: readonly Pose[] = Array.from({ length: MINUTE }, (_, index) => {
  const phase = (index / RATE) * 2 * Math.PI;
  const body = syntheticBody({
    knee: 130 + 40 * Math.sin(phase / 3),
    hip: 140 + 30 * Math.sin(phase / 3),
    elbow: 100 + 60 * Math.sin(phase),
    shoulder: 80 + 60 * Math.sin(phase / 2),
  });
  return syntheticPose(0, turned(body, 30 * Math.sin(phase / 5)));
});

/** Two hands for somebody, made of as many landmarks as a hand has. */
function handsOf({ id, landmarks }: Pose, timestamp: number): Hand[] {
  const points = landmarks.slice(0, 21);
  return (['left', 'right'] as const).map((side) => ({
    poseId: id,
    side,
    score: 1,
    timestamp,
    landmarks: points,
    worldLandmarks: points,
  }));
}

/** Reads of everybody how high their wrists are, and which is the higher one. */
const wrists: Analyzer = {
  step: ({ frame }) =>
    frame.poses.flatMap((pose): Reading[] => {
      const left = -(pose.worldLandmarks[15]?.y ?? 0);
      const right = -(pose.worldLandmarks[16]?.y ?? 0);
      const about = { timestamp: frame.timestamp, poseId: pose.id, status: 'ok', confidence: 1 } as const;
      return [
        { ...about, metric: 'bench.height', value: 100 * Math.max(left, right), uncertainty: 1 },
        { ...about, metric: 'bench.higher', value: left > right ? 'left' : 'right' },
      ];
    }),
  reset() {},
};

/** Ten rules as data, of which some begin and end with every wave and some hold for long. */
function coaching(): Feedback {
  const feedback = new Feedback();
  feedback.setRules(
    Array.from({ length: 10 }, (_, index) => ({
      id: `bench.${index}`,
      source: 'bench',
      ...(index < 8
        ? { metric: 'bench.height', when: { above: 10 * index - 20, until: 10 * index - 25 } }
        : { metric: 'bench.higher', when: { equals: index === 8 ? 'left' : 'right' } }),
      for: index / 4,
      cue: { severity: 'hint' as const, message: 'Mind your wrist.' },
    })),
  );
  return feedback;
}

interface Costs {
  /** ms, frame by frame. */
  readonly frames: readonly number[];
  readonly stages: Readonly<Record<'smoothing' | 'angles' | 'coaching' | 'display', number>>;
  /** Keeps what was calculated from being left out. */
  readonly sum: number;
  readonly heapAfterMinute: number;
}

function run(people: number, withHands: boolean, count: number): Costs {
  const filter = trackAndFilter(oneEuro());
  const interpolator = new Interpolator();
  const analysis = new AnalyzerRun(wrists, ['poses']);
  const feedback = coaching();
  const stages = { smoothing: 0, angles: 0, coaching: 0, display: 0 };
  const frames: number[] = [];
  let sum = 0;
  let heapAfterMinute = Number.NaN;
  for (let index = 0; index < count; index += 1) {
    const timestamp = (index * 1000) / RATE;
    const poses = Array.from({ length: people }, (_, id): Pose => {
      const pose = motion[(index + 7 * id) % MINUTE] as Pose;
      const shift = (id - (people - 1) / 2) * 0.6;
      return { ...pose, id, landmarks: pose.landmarks.map((point) => ({ ...point, x: point.x + shift })) };
    });
    const hands = withHands ? poses.flatMap((pose) => handsOf(pose, timestamp)) : [];
    const raw = syntheticFrame(timestamp, poses, { hands });
    const start = performance.now();
    const frame = filter.step(raw);
    const smoothed = performance.now();
    for (const person of frame.poses) sum += jointAngles(person).joints.leftKnee.degrees ?? 0;
    const measured = performance.now();
    const proposals = frame.poses.map(
      ({ id }): OwnedProposal => ({
        rule: 'bench.code',
        source: 'bench',
        severity: 'praise',
        message: 'Well done.',
        poseId: id,
      }),
    );
    sum += feedback.step(frame, analysis.step(frame), proposals).length;
    const coached = performance.now();
    interpolator.push(frame, timestamp);
    sum += interpolator.at(timestamp + 6)?.frame.timestamp ?? 0;
    sum += interpolator.at(timestamp + 22)?.frame.timestamp ?? 0;
    const end = performance.now();
    frames.push(end - start);
    stages.smoothing += smoothed - start;
    stages.angles += measured - smoothed;
    stages.coaching += coached - measured;
    stages.display += end - coached;
    if (index === MINUTE - 1) heapAfterMinute = heap();
  }
  return { frames, stages, sum, heapAfterMinute };
}

const hour = run(1, false, HOUR);
const heapAfterHour = heap();
const crowd = run(4, true, MINUTE);
if (!Number.isFinite(hour.sum + crowd.sum))
  throw new Error('The operators gave something that is no number.');

const all = median(hour.frames);
const first = median(hour.frames.slice(0, MINUTE));
const last = median(hour.frames.slice(-MINUTE));
const group = median(crowd.frames) / 4;
const microseconds = (milliseconds: number) => `${(milliseconds * 1000).toFixed(1)} µs`;
const budget = `≤ ${microseconds(BUDGET)}`;
/** Noise of the machine, and the heap's own steps: what grows with an hour of frames is far beyond either. */
const SAME = 1.1;

print(
  'Operators, per frame and person (tracking, oneEuro, angles, analyzer and rules, two display frames; one hour at 30 Hz)',
  [
    { what: 'median, one person', measured: microseconds(all), budget, ok: all <= BUDGET },
    { what: '÷ budget', measured: (all / BUDGET).toFixed(3), budget: '≤ 1', ok: all <= BUDGET },
    { what: 'first minute', measured: microseconds(first), budget, ok: first <= BUDGET },
    {
      what: '60th ÷ first minute',
      measured: (last / first).toFixed(2),
      budget: `≤ ${SAME}`,
      ok: last <= SAME * first,
    },
    {
      what: 'median, four people with both hands',
      measured: microseconds(group),
      budget,
      ok: group <= BUDGET,
    },
    ...Object.entries(hour.stages).map(([stage, total]) => ({
      what: `mean of ${stage}`,
      measured: microseconds(total / HOUR),
      budget: '',
      ok: undefined,
    })),
    {
      what: 'heap after a minute → after an hour',
      measured: `${hour.heapAfterMinute.toFixed(1)} → ${heapAfterHour.toFixed(1)} MB`,
      // The costs themselves are a number per frame.
      budget: `≤ + ${((HOUR * 8 * 2) / 1e6).toFixed(1)} MB`,
      ok: heapAfterHour <= hour.heapAfterMinute + (HOUR * 8 * 2) / 1e6,
    },
  ],
);
