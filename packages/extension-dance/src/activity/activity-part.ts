import type { BodyPart } from '@pose-coach/core';
import type { Reading } from '@pose-coach/core/extension';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import {
  type ChannelMeans,
  effortOf,
  MovingMeans,
  PART_NAMES,
  PART_POWER_CHANNELS,
  PartPower,
  partPowerOf,
  powerOf,
  TotalMeans,
} from '../energy/index.ts';
import { PART_TITLES } from './activity-metrics.ts';
import { asymmetryOf } from './asymmetry.ts';

/** Seconds that a live reading speaks of, as with the intensity. */
const WINDOW = 2;

/** Seconds of these in which a part must be known: one period of a slow movement. */
const KNOWN = 1;

/** Milliseconds between two readings. */
const INTERVAL = 200;

/** Milliseconds by which a reading may come early. */
const SLACK = 5;

/** Seconds between two motions beyond which nothing is known of what was between. */
const LONGEST_STEP = 0.25;

/** Watts per kilogram below which a limb rests: an activity of 10, more than noise looks like. */
const REST = /* @__PURE__ */ powerOf(10);

const NOTHING: readonly Reading[] = [];

interface Limbs {
  readonly name: 'arms' | 'legs';
  readonly left: number;
  readonly right: number;
}

const ARMS: Limbs = { name: 'arms', left: 2, right: 3 };
const LEGS: Limbs = { name: 'legs', left: 4, right: 5 };

/** How much one part did. A type and not an interface, because summaries are JSON. */
export type PartActivity = {
  /** Milliseconds in which it is known. */
  readonly seen: number;
  /** 0 to 100, of the mean power over all these; null when there are none. */
  readonly activity: number | null;
  /** That power in watts per kilogram of the part. */
  readonly power: number | null;
};

/** What the parts of the body did in a take. */
export type ActivitySummary = {
  readonly parts: { readonly [part in BodyPart]: PartActivity };
  /** −100 (the left does everything) to 100, over the whole take; null when hidden or at rest. */
  readonly asymmetry: { readonly arms: number | null; readonly legs: number | null };
};

/**
 * `dance.activity` (all six parts in one, when all are seen), `dance.activity.*` (each part that is seen) and
 * `dance.asymmetry.*`: the mean power of each part over two seconds, per kilogram of it, on the scale of the intensity
 * (`effortOf`), and how the work is shared out between left and right.
 */
export class ActivityPart implements DancePart<ActivitySummary> {
  readonly #power = new PartPower();
  readonly #window = new MovingMeans(WINDOW, PART_POWER_CHANNELS);
  readonly #take = new TotalMeans(PART_POWER_CHANNELS);
  /** ms of media time of the motion before. */
  #before = Number.NaN;
  #said = Number.NEGATIVE_INFINITY;

  step({ motion }: DanceMoment): readonly Reading[] {
    const { timestamp, poseId } = motion;
    const duration = (timestamp - this.#before) / 1000;
    this.#before = timestamp;
    if (!(duration > 0)) return NOTHING;
    this.#power.update(motion);
    if (duration > LONGEST_STEP) this.#power.sample.fill(Number.NaN);
    this.#window.push(duration, this.#power.sample);
    this.#take.push(duration, this.#power.sample);
    if (timestamp - this.#said < INTERVAL - SLACK) return NOTHING;
    this.#said = timestamp;
    return this.#readings(timestamp, poseId);
  }

  reset(): void {
    this.#window.clear();
    this.#before = Number.NaN;
    this.#said = Number.NEGATIVE_INFINITY;
  }

  finish(): ActivitySummary {
    const parts = Object.fromEntries(
      PART_NAMES.map((name, part): [BodyPart, PartActivity] => {
        const { power, seconds } = partPowerOf(this.#take, part);
        const isKnown = seconds >= KNOWN;
        return [
          name,
          { seen: 1000 * seconds, activity: isKnown ? effortOf(power) : null, power: isKnown ? power : null },
        ];
      }),
    ) as Record<BodyPart, PartActivity>;
    const asymmetry = { arms: sharedOut(this.#take, ARMS), legs: sharedOut(this.#take, LEGS) };
    this.#take.clear();
    return {
      parts,
      asymmetry: { arms: asymmetry.arms.value ?? null, legs: asymmetry.legs.value ?? null },
    };
  }

  #readings(timestamp: number, poseId: number): readonly Reading[] {
    const about = { timestamp, poseId };
    const values = PART_NAMES.map((_, part) => this.#activityOf(part));
    const all = { metric: 'dance.activity', ...about };
    const hidden = PART_NAMES.filter((_, part) => values[part] === undefined);
    const known = values.filter((value) => value !== undefined);
    return [
      hidden.length === 0
        ? {
            ...all,
            status: 'ok',
            value: known.map(({ value }) => value),
            uncertainty: Math.max(...known.map(({ uncertainty }) => uncertainty)),
            confidence: Math.min(...known.map(({ confidence }) => confidence)),
          }
        : { ...all, status: 'unknown', reason: notSeen(hidden), confidence: 0 },
      ...PART_NAMES.map((name, part): Reading => {
        const metric = `dance.activity.${name}`;
        const value = values[part];
        return value === undefined
          ? { metric, ...about, status: 'unknown', reason: notSeen([name]), confidence: 0 }
          : { metric, ...about, status: 'ok', ...value };
      }),
      { ...about, ...this.#asymmetry(ARMS) },
      { ...about, ...this.#asymmetry(LEGS) },
    ];
  }

  #activityOf(part: number) {
    const { power, highest, seconds } = partPowerOf(this.#window, part);
    if (seconds < KNOWN) return undefined;
    const value = effortOf(power);
    // What looks like noise may be movement.
    return { value, uncertainty: effortOf(highest) - value, confidence: Math.min(1, seconds / WINDOW) };
  }

  #asymmetry(limbs: Limbs): Omit<Reading, 'timestamp'> {
    const metric = `dance.asymmetry.${limbs.name}`;
    const { reason, ...known } = sharedOut(this.#window, limbs);
    return reason === undefined
      ? { metric, status: 'ok', ...known }
      : { metric, status: 'unknown', reason, confidence: 0 };
  }
}

interface SharedOut {
  /** Why it is not known; else there are the others. */
  readonly reason?: string;
  readonly value?: number;
  readonly uncertainty?: number;
  readonly confidence: number;
}

/** How two limbs share their work. */
function sharedOut(means: ChannelMeans, { name, left, right }: Limbs): SharedOut {
  const [one, other] = [partPowerOf(means, left), partPowerOf(means, right)];
  const hidden = [...(one.seconds < KNOWN ? [left] : []), ...(other.seconds < KNOWN ? [right] : [])];
  if (hidden.length > 0) {
    return { reason: notSeen(hidden.flatMap((part) => PART_NAMES[part] ?? [])), confidence: 0 };
  }
  const both = one.power + other.power;
  if (Math.max(one.power, other.power) < REST) {
    return { reason: `Both ${name} are at rest.`, confidence: 0 };
  }
  const noise = Math.hypot(one.highest - one.power, other.highest - other.power);
  return {
    value: asymmetryOf(one.power, other.power),
    uncertainty: Math.min(100, (100 * noise) / both),
    confidence: Math.min(1, one.seconds / WINDOW, other.seconds / WINDOW),
  };
}

function notSeen(parts: readonly BodyPart[]): string {
  const names = parts.map((part) => PART_TITLES[part].toLowerCase()).join(', ');
  return `Not in view for long enough: ${names}.`;
}
