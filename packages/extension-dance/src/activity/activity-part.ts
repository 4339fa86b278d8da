import type { BodyPart } from '@pose-coach/core';
import type { Reading } from '@pose-coach/core/extension';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { effortOf, MovingMean, PART_NAMES, PartPower, powerOf } from '../energy/index.ts';
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

/** Watts per kilogram below which a limb rests: an activity of 10, three times what noise looks like. */
const REST = /* @__PURE__ */ powerOf(10);

const PARTS = PART_NAMES.length;
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
  /** Seconds in which it is known. */
  readonly seconds: number;
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
  /** Channels: the power of each part, then the noise of each. */
  readonly #window = new MovingMean(WINDOW, 2 * PARTS);
  readonly #sample = new Float64Array(2 * PARTS);
  #before = Number.NaN;
  #said = Number.NEGATIVE_INFINITY;
  /** By part, of the take: joules per kilogram and the seconds in which they were spent. */
  readonly #work = new Float64Array(PARTS);
  readonly #seconds = new Float64Array(PARTS);

  step({ motion }: DanceMoment): readonly Reading[] {
    const { timestamp, poseId } = motion;
    const duration = (timestamp - this.#before) / 1000;
    this.#before = timestamp;
    if (!(duration > 0)) return NOTHING;
    if (duration > LONGEST_STEP) {
      this.#sample.fill(Number.NaN);
    } else {
      this.#power.update(motion);
      this.#sample.set(this.#power.power);
      this.#sample.set(this.#power.noise, PARTS);
    }
    this.#window.push(Math.min(duration, WINDOW), this.#sample);
    for (let part = 0; part < PARTS; part += 1) {
      const power = this.#sample[part] ?? Number.NaN;
      if (Number.isNaN(power)) continue;
      this.#work[part] = (this.#work[part] ?? 0) + power * duration;
      this.#seconds[part] = (this.#seconds[part] ?? 0) + duration;
    }
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
    const power = (part: number) => {
      const seconds = this.#seconds[part] ?? 0;
      return seconds > 0 ? (this.#work[part] ?? 0) / seconds : null;
    };
    const parts = Object.fromEntries(
      PART_NAMES.map((name, part): [BodyPart, PartActivity] => {
        const mean = power(part);
        return [
          name,
          {
            seconds: this.#seconds[part] ?? 0,
            activity: mean === null ? null : effortOf(mean),
            power: mean,
          },
        ];
      }),
    ) as Record<BodyPart, PartActivity>;
    const share = ({ left, right }: Limbs) => {
      const [one, other] = [power(left), power(right)];
      return one === null || other === null || Math.max(one, other) < REST ? null : asymmetryOf(one, other);
    };
    const asymmetry = { arms: share(ARMS), legs: share(LEGS) };
    this.#work.fill(0);
    this.#seconds.fill(0);
    return { parts, asymmetry };
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
    const known = this.#window.known(part);
    if (known < KNOWN) return undefined;
    const power = this.#window.mean(part);
    const value = effortOf(power);
    // What looks like noise may be movement.
    const highest = effortOf(power + this.#window.mean(PARTS + part));
    return { value, uncertainty: highest - value, confidence: Math.min(1, known / WINDOW) };
  }

  #asymmetry({ name, left, right }: Limbs): Omit<Reading, 'timestamp'> {
    const metric = `dance.asymmetry.${name}`;
    const known = Math.min(this.#window.known(left), this.#window.known(right));
    if (known < KNOWN) {
      const hidden = [left, right].filter((part) => this.#window.known(part) < KNOWN);
      return {
        metric,
        status: 'unknown',
        reason: notSeen(hidden.flatMap((part) => PART_NAMES[part] ?? [])),
        confidence: 0,
      };
    }
    const [one, other] = [this.#window.mean(left), this.#window.mean(right)];
    if (Math.max(one, other) < REST) {
      return { metric, status: 'unknown', reason: `Both ${name} are at rest.`, confidence: 0 };
    }
    const noise = Math.hypot(this.#window.mean(PARTS + left), this.#window.mean(PARTS + right));
    return {
      metric,
      status: 'ok',
      value: asymmetryOf(one, other),
      uncertainty: Math.min(100, (100 * noise) / (one + other)),
      confidence: Math.min(1, known / WINDOW),
    };
  }
}

function notSeen(parts: readonly BodyPart[]): string {
  const names = parts.map((part) => PART_TITLES[part].toLowerCase()).join(', ');
  return `Not in view for long enough: ${names}.`;
}
