import type { ActivitySummary, PartActivity } from '../activity/index.ts';
import type { IntensityPoint, IntensitySummary } from '../intensity/index.ts';
import {
  type JumpSummary,
  MOVEMENTS,
  type MovementOrUnknown,
  type MovementStretch,
  type MovementSummary,
} from '../movement/index.ts';
import type { OnBeatSummary } from '../on-beat/index.ts';
import type { PatternPerformance, PatternSummary, PatternsSummary } from '../patterns/index.ts';
import type { RhythmSummary, TempoStretch } from '../rhythm/index.ts';
import type { SmoothnessOverTake, SmoothnessSummary } from '../smoothness/index.ts';
import { type DanceSummary, type PersonSummary, SUMMARY_VERSION } from './dance-summary.ts';
import {
  boolean,
  exactly,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Shape,
} from './json-shape.ts';
import type { Stretch } from './stretches.ts';

const movement = object<MovementSummary>({
  milliseconds: object<MovementSummary['milliseconds']>({
    standing: number,
    walking: number,
    dancing: number,
    jumping: number,
    crouching: number,
    unknown: number,
  }),
  stretches: list(
    object<MovementStretch>({
      movement: oneOf<MovementOrUnknown>(...MOVEMENTS, 'unknown'),
      start: number,
      end: number,
    }),
  ),
  jumps: object<MovementSummary['jumps']>({
    count: number,
    highest: nullable(number),
    each: list(object<JumpSummary>({ timestamp: number, height: number, uncertainty: number })),
  }),
  isComplete: boolean,
});

const intensityPoint = object<IntensityPoint>({ from: number, to: number, value: number });

const intensity = object<IntensitySummary>({
  seen: number,
  mean: nullable(number),
  meanPower: nullable(number),
  peak: nullable(intensityPoint),
  curve: list(intensityPoint),
  isComplete: boolean,
});

const part = object<PartActivity>({ seen: number, activity: nullable(number), power: nullable(number) });

const activity = object<ActivitySummary>({
  parts: object<ActivitySummary['parts']>({
    head: part,
    torso: part,
    leftArm: part,
    rightArm: part,
    leftLeg: part,
    rightLeg: part,
  }),
  asymmetry: object<ActivitySummary['asymmetry']>({ arms: nullable(number), legs: nullable(number) }),
});

const smoothnessFields = {
  smoothness: nullable(number),
  sparc: nullable(number),
  jerk: nullable(number),
  strokes: number,
  judgedShare: number,
};

const smoothnessOfPart = object<SmoothnessOverTake>(smoothnessFields);

const smoothness = object<SmoothnessSummary>({
  ...smoothnessFields,
  parts: object<SmoothnessSummary['parts']>({
    head: smoothnessOfPart,
    torso: smoothnessOfPart,
    leftArm: smoothnessOfPart,
    rightArm: smoothnessOfPart,
    leftLeg: smoothnessOfPart,
    rightLeg: smoothnessOfPart,
  }),
});

const rhythm = object<RhythmSummary>({
  bpm: nullable(number),
  confidence: number,
  consistency: nullable(number),
  steadiness: nullable(number),
  cycle: nullable(number),
  curve: list(object<TempoStretch>({ from: number, to: number, bpm: nullable(number), confidence: number })),
  changes: list(object<RhythmSummary['changes'][number]>({ at: number, from: number, to: number })),
  seen: number,
  isComplete: boolean,
});

const onBeat = object<OnBeatSummary>({
  musicBeats: number,
  movementBeats: number,
  share: nullable(number),
  shareUncertainty: nullable(number),
  chance: nullable(number),
  offset: nullable(number),
  offsetUncertainty: nullable(number),
  spread: nullable(number),
  drift: nullable(number),
  confidence: number,
  delay: number,
  isComplete: boolean,
});

const patterns = object<PatternsSummary>({
  patterns: list(
    object<PatternSummary>({
      length: number,
      times: number,
      likeness: number,
      distance: number,
      performances: list(
        object<PatternPerformance>({ start: number, end: number, times: number, likeness: number }),
      ),
    }),
  ),
  furthest: number,
  isComplete: boolean,
});

const stretch = object<Stretch>({
  from: number,
  to: number,
  score: number,
  criteria: object<Stretch['criteria']>({
    onBeat: optional(number),
    consistency: optional(number),
    smoothness: optional(number),
  }),
});

const person = object<PersonSummary>({
  poseId: number,
  start: number,
  end: number,
  inView: number,
  movement,
  intensity,
  activity,
  smoothness,
  rhythm,
  onBeat,
  patterns,
  best: nullable(stretch),
  worst: nullable(stretch),
});

/** Field by field what a summary must have. */
export const SUMMARY_SHAPE: Shape<DanceSummary> = object<DanceSummary>({
  version: exactly(SUMMARY_VERSION),
  duration: number,
  people: list(person),
  peopleLeftOut: number,
});
