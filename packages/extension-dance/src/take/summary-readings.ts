import type { Reading } from '@pose-coach/core';
import { hardlyKnown } from '../hardly-known.ts';
import type { PersonSummary } from './dance-summary.ts';

/** The parts of the body in the order of the bar `dance.activity`. */
const PARTS = ['head', 'torso', 'leftArm', 'rightArm', 'leftLeg', 'rightLeg'] as const;

/** What was summed up of one person, and when that was. */
export interface MeasuredPerson {
  readonly summary: PersonSummary;
  /** Milliseconds of media time of the earliest and the latest moment that was measured. */
  readonly media: { readonly start: number; readonly end: number };
}

/**
 * The totals of a take as readings: what displays and exporters can show without knowing the summary. They span the
 * media time of the take.
 */
export function summaryReadings(people: readonly MeasuredPerson[]): readonly Reading[] {
  return people.flatMap(readingsOf);
}

function readingsOf({ summary, media: { start, end } }: MeasuredPerson): readonly Reading[] {
  const { poseId, inView, movement, intensity, activity, smoothness, rhythm, onBeat } = summary;
  const readings: Reading[] = [];
  const say = (
    metric: string,
    value: Reading['value'] | null,
    confidence: number,
    uncertainty?: number | null,
  ) => {
    if (value === null || value === undefined) return;
    const total: Reading = {
      metric,
      timestamp: end,
      start,
      end,
      poseId,
      status: 'ok',
      value,
      confidence: Math.min(1, Math.max(0, confidence)),
      ...(uncertainty === undefined || uncertainty === null ? {} : { uncertainty }),
    };
    if (hardlyKnown(total) === undefined) readings.push(total);
  };
  const share = (seen: number) => (inView > 0 ? seen / inView : 0);
  const [most, milliseconds] = longest(movement.milliseconds);
  say('dance.movement', most, inView > 0 ? milliseconds / inView : 0);
  say('dance.intensity', intensity.mean, share(intensity.seen));
  const parts = PARTS.map((part) => activity.parts[part]);
  const values = parts.flatMap((part) => part.activity ?? []);
  if (values.length === PARTS.length) {
    say('dance.activity', values, Math.min(...parts.map(({ seen }) => share(seen))));
  }
  const limbs = (left: 'leftArm' | 'leftLeg', right: 'rightArm' | 'rightLeg') =>
    Math.min(share(activity.parts[left].seen), share(activity.parts[right].seen));
  say('dance.asymmetry.arms', activity.asymmetry.arms, limbs('leftArm', 'rightArm'));
  say('dance.asymmetry.legs', activity.asymmetry.legs, limbs('leftLeg', 'rightLeg'));
  say('dance.rhythm', rhythm.bpm, rhythm.confidence);
  say('dance.rhythm.consistency', rhythm.consistency, rhythm.confidence);
  say('dance.onBeat', onBeat.share, onBeat.confidence, onBeat.shareUncertainty);
  say('dance.onBeat.offset', onBeat.offset, onBeat.confidence, onBeat.offsetUncertainty);
  say('dance.smoothness', smoothness.smoothness, smoothness.judgedShare);
  say('dance.smoothness.sparc', smoothness.sparc, smoothness.judgedShare);
  say('dance.smoothness.jerk', smoothness.jerk, smoothness.judgedShare);
  return readings;
}

/** What somebody did for most of the take, and for how long; null when it is not known. */
function longest(milliseconds: PersonSummary['movement']['milliseconds']): [string | null, number] {
  const known = Object.entries(milliseconds).filter(([name, time]) => name !== 'unknown' && time > 0);
  return known.reduce<[string | null, number]>(
    (one, [name, time]) => (time > one[1] ? [name, time] : one),
    [null, 0],
  );
}
