import { BODY_PARTS, type BodyPart } from '@pose-coach/core';
import type { ClipAnalysis } from './dance-clips.ts';

/** In the order of `dance.activity`. */
const PARTS = Object.keys(BODY_PARTS) as BodyPart[];

/** The main numbers of one person in a clip. Null: not known. */
export interface PersonNumbers {
  /** Seconds in which they were measured. */
  readonly inView: number;
  /** Percent of that time. */
  readonly standing: number;
  readonly walking: number;
  readonly dancing: number;
  readonly jumping: number;
  readonly crouching: number;
  readonly unknown: number;
  readonly jumps: number;
  /** 0 to 100. */
  readonly intensity: number | null;
  readonly peakIntensity: number | null;
  /** Head, torso, left and right arm, left and right leg, 0 to 100. */
  readonly activity: readonly (number | null)[];
  /** Percent; positive: the right does more. */
  readonly asymmetryOfArms: number | null;
  readonly asymmetryOfLegs: number | null;
  /** Beats per minute. */
  readonly tempo: number | null;
  /** 0 to 100. */
  readonly smoothness: number | null;
  readonly spectralArcLength: number | null;
  readonly logJerk: number | null;
  /** Each repeated sequence: seconds of one performance, how many there are, how alike in percent. */
  readonly patterns: readonly (readonly [seconds: number, times: number, likeness: number])[];
  /** Percent of the movement beats that are on the music's. */
  readonly onBeat: number | null;
}

/** The main numbers of a clip, as they are recorded. */
export interface ClipNumbers {
  readonly frames: number;
  readonly framesWithPeople: number;
  /** Who was there for two seconds or more. */
  readonly people: readonly PersonNumbers[];
}

/**
 * How far a number may be from the recorded one. On one machine two runs give the same to the last digit; decoder and
 * graphics driver of another give colours that differ by a step or two of 255, by which landmarks move about 0.2 % of
 * the body's height, as often one way as the other. Means over a take (intensity, activity) hardly change by that;
 * shares of classes change by the few tenths of a second that a change of class is earlier or later; asymmetry is a
 * ratio of small powers, and smoothness a median of some dozens of strokes of which one or two may be cut elsewhere.
 */
const TOLERANCES: Readonly<Record<Exclude<keyof PersonNumbers, 'patterns'>, number>> = {
  inView: 0.5,
  standing: 4,
  walking: 4,
  dancing: 4,
  jumping: 2,
  crouching: 4,
  unknown: 4,
  jumps: 0,
  intensity: 2,
  peakIntensity: 4,
  activity: 4,
  asymmetryOfArms: 8,
  asymmetryOfLegs: 8,
  tempo: 1.5,
  smoothness: 5,
  spectralArcLength: 0.1,
  logJerk: 0.5,
  onBeat: 0,
};
/** Seconds, performances and percent. */
const PATTERN_TOLERANCES = [0.2, 0, 4] as const;
/** Frames with somebody in them: the engine finds small people one frame earlier or later. */
const FRAMES_TOLERANCE = 5;

/** Takes the main numbers out of what was found in a clip. */
export function numbersOf({ frames, withPeople, summary }: ClipAnalysis): ClipNumbers {
  return {
    frames,
    framesWithPeople: withPeople,
    people: summary.people.map((person): PersonNumbers => {
      const { movement, intensity, activity, rhythm, smoothness, patterns, onBeat, inView } = person;
      const all = Object.values(movement.milliseconds).reduce((sum, each) => sum + each, 0);
      const share = (milliseconds: number) => rounded((100 * milliseconds) / all) ?? 0;
      const { standing, walking, dancing, jumping, crouching, unknown } = movement.milliseconds;
      return {
        inView: rounded(inView / 1000) ?? 0,
        standing: share(standing),
        walking: share(walking),
        dancing: share(dancing),
        jumping: share(jumping),
        crouching: share(crouching),
        unknown: share(unknown),
        jumps: movement.jumps.count,
        intensity: rounded(intensity.mean),
        peakIntensity: rounded(intensity.peak?.value ?? null),
        activity: PARTS.map((part) => rounded(activity.parts[part].activity)),
        asymmetryOfArms: rounded(activity.asymmetry.arms),
        asymmetryOfLegs: rounded(activity.asymmetry.legs),
        tempo: rounded(rhythm.bpm),
        smoothness: rounded(smoothness.smoothness),
        spectralArcLength: rounded(smoothness.sparc, 100),
        logJerk: rounded(smoothness.jerk, 100),
        patterns: patterns.patterns.map(({ length, times, likeness }) => [
          Math.round(length / 10) / 100,
          times,
          Math.round(likeness),
        ]),
        onBeat: rounded(onBeat.share),
      };
    }),
  };
}

/** @returns in plain words every number that is further from the recorded one than it may be */
export function differences(found: ClipNumbers, recorded: ClipNumbers): readonly string[] {
  const faults: string[] = [];
  const compare = (name: string, one: number | null, other: number | null, tolerance: number) => {
    const same = one === null || other === null ? one === other : Math.abs(one - other) <= tolerance;
    if (!same) faults.push(`${name}: ${one}, recorded ${other} ± ${tolerance}`);
  };
  compare('frames', found.frames, recorded.frames, 0);
  compare('frames with people', found.framesWithPeople, recorded.framesWithPeople, FRAMES_TOLERANCE);
  compare('people', found.people.length, recorded.people.length, 0);
  for (const [index, expected] of recorded.people.entries()) {
    const person = found.people[index];
    if (!person) continue;
    const who = `person ${index + 1}`;
    const { activity, patterns, ...numbers } = expected;
    for (const name of Object.keys(numbers) as (keyof typeof numbers)[]) {
      compare(`${who}, ${name}`, person[name], expected[name], TOLERANCES[name]);
    }
    for (const [part, value] of activity.entries()) {
      const name = `${who}, activity of ${PARTS[part]}`;
      compare(name, person.activity[part] ?? null, value, TOLERANCES.activity);
    }
    compare(`${who}, patterns`, person.patterns.length, patterns.length, 0);
    for (const [which, pattern] of patterns.entries()) {
      for (const [part, tolerance] of PATTERN_TOLERANCES.entries()) {
        const name = `${who}, pattern ${which + 1}, ${['seconds', 'times', 'likeness'][part]}`;
        compare(name, person.patterns[which]?.[part] ?? null, pattern[part] ?? null, tolerance);
      }
    }
  }
  return faults;
}

function rounded(value: number | null, parts = 10): number | null {
  return value === null ? null : Math.round(value * parts) / parts;
}
