import { ActivityPart } from './activity/index.ts';
import type { DancePart } from './dance-part.ts';
import { IntensityPart } from './intensity/index.ts';
import { MovementPart } from './movement/index.ts';
import { OnBeatPart } from './on-beat/index.ts';
import { PatternsPart } from './patterns/index.ts';
import { type RhythmControls, RhythmPart } from './rhythm/index.ts';
import { SmoothnessPart } from './smoothness/index.ts';

/** Everything that is asked of one person. */
export interface DanceParts {
  readonly movement: MovementPart;
  readonly intensity: IntensityPart;
  readonly activity: ActivityPart;
  readonly smoothness: SmoothnessPart;
  readonly rhythm: RhythmPart;
  readonly onBeat: OnBeatPart;
  readonly patterns: PatternsPart;
}

export interface DancePartsOptions {
  /** What a person has set of the tempo. */
  readonly controls: RhythmControls;
  /** Milliseconds by which the sound is later than the picture, undefined when not measured; asked with each step. */
  readonly delay: () => number | undefined;
  /** Whether the beats of the music may be heard; asked with each step. */
  readonly isMusicAllowed: () => boolean;
}

/** The parts for one more person, each with a memory of its own. */
export function danceParts({ controls, ...music }: DancePartsOptions): DanceParts {
  const rhythm = new RhythmPart(controls);
  return {
    movement: new MovementPart(),
    intensity: new IntensityPart(),
    activity: new ActivityPart(),
    smoothness: new SmoothnessPart(),
    rhythm,
    // After the rhythm, whose accents it hears.
    onBeat: new OnBeatPart(rhythm, music),
    patterns: new PatternsPart(),
  };
}

/** In the order of their steps. */
export function everyPart(parts: DanceParts): readonly DancePart[] {
  const { movement, intensity, activity, smoothness, rhythm, onBeat, patterns } = parts;
  return [movement, intensity, activity, smoothness, rhythm, onBeat, patterns];
}

/** Metrics of what happens; named here, so that the extension need not carry the declarations that its manifest has. */
export const EVENTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'dance.jump',
  'dance.rhythm.beat',
  'dance.onBeat.each',
  'dance.patterns',
]);
