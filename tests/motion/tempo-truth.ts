import { BodyMotions } from '../../packages/core/src/analysis/index.ts';
import type { PoseFrame } from '../../packages/core/src/pose/index.ts';
import { RhythmPart, type RhythmSummary } from '../../packages/extension-dance/src/rhythm/index.ts';
import { type DanceSequence, type ExerciseSequence, exerciseSequences } from './sequences.ts';

/** What is true of a take, and what was measured of it; both per minute. */
export interface TempoJudgement {
  readonly name: string;
  /** What the takes are told apart by: the exercise, or the view. */
  readonly group: string;
  readonly truth: number;
  /** Null: nothing rhythmic was found. */
  readonly measured: number | null;
  /** In [0, 1]. */
  readonly confidence: number;
}

/** Seconds: a labelled repetition that is shorter was a slip of the hand (one clip's labels last three frames). */
const SHORTEST_LABEL = 0.3;

/** Share by which a tempo may differ from the truth: the tolerance of tempo evaluation. */
const TOLERANCE = 0.04;

/** The rhythm of the only person in some frames, the whole way: frames, kinematics, grid, tempo. */
export function rhythmOf(frames: readonly PoseFrame[]): RhythmSummary {
  const motions = new BodyMotions();
  const rhythm = new RhythmPart();
  for (const frame of frames) {
    for (const motion of motions.step(frame)) rhythm.step({ frame, motion, beats: [] });
  }
  return rhythm.finish();
}

/**
 * A dance's tempo against its music's.
 * @param speed plays the take faster or slower: its music's tempo changes along
 */
export function judgeDance({ name, view, bpm, frames }: DanceSequence, speed = 1): TempoJudgement {
  const { bpm: measured, confidence } = rhythmOf(playedAt(frames, speed));
  return { name, group: view, truth: bpm * speed, measured, confidence };
}

/**
 * What was found in an exercise, against the median of its labelled repetitions: `cycle`, how many whole repetitions
 * there are in a minute, and `tempo`, how many beats.
 */
export function judgeExercise(exercise: ExerciseSequence): { cycle: TempoJudgement; tempo: TempoJudgement } {
  const { bpm, cycle, confidence } = rhythmOf(exercise.frames);
  const { name, exercise: group } = exercise;
  const truth = 60 / labelledSeconds(exercise);
  return {
    cycle: { name, group, truth, measured: cycle === null ? null : 60_000 / cycle, confidence },
    tempo: { name, group, truth, measured: bpm, confidence },
  };
}

/** The exercises whose labels can be right. */
export function* labelledExercises(folder: string): Generator<ExerciseSequence> {
  for (const exercise of exerciseSequences(folder)) {
    if (labelledSeconds(exercise) >= SHORTEST_LABEL) yield exercise;
  }
}

/** @param octaves how often half or double the truth counts as well: 0 is strict, 1 as often done, Infinity any */
export function isHit({ truth, measured }: TempoJudgement, octaves = 0): boolean {
  if (measured === null) return false;
  const between = Math.log2(measured / truth);
  const octave = Math.max(-octaves, Math.min(octaves, Math.round(between)));
  return Math.abs(2 ** (between - octave) - 1) <= TOLERANCE;
}

function labelledSeconds({ cycles, rate }: ExerciseSequence): number {
  const lengths = cycles.map(([first, last]) => (last - first) / rate).sort((one, other) => one - other);
  const middle = (lengths.length - 1) / 2;
  return ((lengths[Math.floor(middle)] ?? 0) + (lengths[Math.ceil(middle)] ?? 0)) / 2;
}

function playedAt(frames: readonly PoseFrame[], speed: number): readonly PoseFrame[] {
  if (speed === 1) return frames;
  return frames.map((frame) => ({ ...frame, timestamp: frame.timestamp / speed }));
}
