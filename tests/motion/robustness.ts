import { AnalyzerRun, type Beat } from '../../packages/core/src/analysis/index.ts';
import type { PoseFrame } from '../../packages/core/src/pose/index.ts';
import { dance, type PersonSummary, readDanceSummary } from '../../packages/extension-dance/src/index.ts';
import { croppedAtTheKnees, mirrored, noisy, placed, resampled, withoutSome } from './changed-takes.ts';

/** A take that is analysed as it is and changed. */
export interface Take {
  readonly name: string;
  readonly frames: readonly PoseFrame[];
  /** Of the music, which begins with the take; beats are put there so that its metrics have something to say. */
  readonly bpm: number;
  /** The same motion at another rate; default: interpolated from the frames. */
  readonly at?: (rate: number) => readonly PoseFrame[];
}

/** Something that is done to a take and should change nothing. */
export interface Change {
  readonly name: string;
  readonly apply: (take: Take) => readonly PoseFrame[];
  /** Left and right change places. */
  readonly isMirror?: boolean;
}

const atRate = (rate: number) => (take: Take) => take.at?.(rate) ?? resampled(take.frames, rate);

/** All that a take is put through: what a camera, its place and its owner may do differently. */
export const CHANGES: readonly Change[] = [
  { name: '30 Hz', apply: atRate(30) },
  { name: '24 Hz', apply: atRate(24) },
  { name: 'mirrored', apply: ({ frames }) => mirrored(frames), isMirror: true },
  { name: 'half as large', apply: ({ frames }) => placed(frames, { scale: 0.5 }) },
  { name: 'shifted', apply: ({ frames }) => placed(frames, { right: 0.1, down: -0.05 }) },
  { name: 'noise 0.5 %', apply: ({ frames }) => noisy(frames, 0.005) },
  { name: 'cut at the knees', apply: ({ frames }) => croppedAtTheKnees(frames) },
  { name: '10 % lost', apply: ({ frames }) => withoutSome(frames, 0.1) },
];

/** One number of a take's summary; null: not known. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly of: (person: PersonSummary) => number | null;
  /** What it is of the mirrored take; default: the same. */
  readonly mirrored?: (person: PersonSummary) => number | null;
  /** Whether a change is told in percent of the value, and not in its unit. */
  readonly relative?: boolean;
}

const part = (name: keyof PersonSummary['activity']['parts']) => (person: PersonSummary) =>
  person.activity.parts[name].activity;

const negated = (of: (person: PersonSummary) => number | null) => (person: PersonSummary) => {
  const value = of(person);
  return value === null ? null : -value;
};

const arms = ({ activity }: PersonSummary) => activity.asymmetry.arms;
const legs = ({ activity }: PersonSummary) => activity.asymmetry.legs;

/** Share of the time in view, percent, for which somebody dances, walks or jumps. */
const share =
  (...names: (keyof PersonSummary['movement']['milliseconds'])[]) =>
  (person: PersonSummary) => {
    const { milliseconds } = person.movement;
    const all = Object.values(milliseconds).reduce((sum, time) => sum + time, 0);
    return all === 0 ? null : (100 * names.reduce((sum, name) => sum + milliseconds[name], 0)) / all;
  };

export const MEASURES: readonly Measure[] = [
  { name: 'dancing', unit: '% of the time', decimals: 0, of: share('dancing') },
  { name: 'movement unknown', unit: '% of the time', decimals: 0, of: share('unknown') },
  { name: 'jumps', unit: '', decimals: 0, of: ({ movement }) => movement.jumps.count },
  { name: 'highest jump', unit: 'cm', decimals: 1, of: ({ movement }) => movement.jumps.highest },
  { name: 'intensity', unit: 'of 100', decimals: 1, of: ({ intensity }) => intensity.mean },
  {
    name: 'mean power',
    unit: '%',
    decimals: 1,
    of: ({ intensity }) => intensity.meanPower,
    relative: true,
  },
  { name: 'activity, torso', unit: 'of 100', decimals: 1, of: part('torso') },
  {
    name: 'activity, left arm',
    unit: 'of 100',
    decimals: 1,
    of: part('leftArm'),
    mirrored: part('rightArm'),
  },
  {
    name: 'activity, left leg',
    unit: 'of 100',
    decimals: 1,
    of: part('leftLeg'),
    mirrored: part('rightLeg'),
  },
  { name: 'asymmetry, arms', unit: '%', decimals: 1, of: arms, mirrored: negated(arms) },
  { name: 'asymmetry, legs', unit: '%', decimals: 1, of: legs, mirrored: negated(legs) },
  { name: 'tempo', unit: '%', decimals: 1, of: ({ rhythm }) => rhythm.bpm, relative: true },
  {
    name: 'repeated sequences',
    unit: '% of the time',
    decimals: 0,
    of: ({ patterns, inView }) => {
      const repeated = patterns.patterns.flatMap(({ performances }) =>
        performances.map(({ start, end }) => end - start),
      );
      return (100 * repeated.reduce((sum, time) => sum + time, 0)) / inView;
    },
  },
  { name: 'smoothness', unit: 'of 100', decimals: 1, of: ({ smoothness }) => smoothness.smoothness },
  { name: 'spectral arc length', unit: '', decimals: 2, of: ({ smoothness }) => smoothness.sparc },
  { name: 'log dimensionless jerk', unit: '', decimals: 2, of: ({ smoothness }) => smoothness.jerk },
  { name: 'on the beat', unit: '% of beats', decimals: 0, of: ({ onBeat }) => onBeat.share },
  { name: 'ahead or behind', unit: 'ms', decimals: 0, of: ({ onBeat }) => onBeat.offset },
];

/** What the analysis says of the (first) person in a take. */
export function summaryOf(frames: readonly PoseFrame[], bpm: number): PersonSummary {
  const run = new AnalyzerRun(dance().create());
  const end = frames.at(-1)?.timestamp ?? 0;
  const beats: Beat[] = [];
  for (let timestamp = 0; timestamp <= end; timestamp += 60_000 / bpm) beats.push({ timestamp, strength: 1 });
  for (const [index, frame] of frames.entries()) run.step(frame, index === 0 ? beats : []);
  const [person] = readDanceSummary(run.finish()?.details).people;
  if (!person) throw new Error('There is nobody in the take.');
  return person;
}

/** How one number changes with one change of a take. */
export interface Effect {
  readonly measure: Measure;
  readonly change: string;
  /** As it is, and after the change (mirrored back); null: not known. */
  readonly before: number | null;
  readonly after: number | null;
  /** In the measure's unit, or in percent; undefined when one of the two is not known. */
  readonly difference: number | undefined;
}

/** What every change does to every number of a take. */
export function effectsOn(take: Take, changes: readonly Change[] = CHANGES): readonly Effect[] {
  const original = summaryOf(take.frames, take.bpm);
  return changes.flatMap((change) => {
    const changed = summaryOf(change.apply(take), take.bpm);
    return MEASURES.map((measure): Effect => {
      const before = measure.of(original);
      const after = (change.isMirror ? (measure.mirrored ?? measure.of) : measure.of)(changed);
      return {
        measure,
        change: change.name,
        before,
        after,
        difference: differenceOf(measure, before, after),
      };
    });
  });
}

function differenceOf(measure: Measure, before: number | null, after: number | null): number | undefined {
  if (before === null || after === null) return undefined;
  return measure.relative ? (100 * (after - before)) / before : after - before;
}
