import type { MetricDeclaration, Reading } from '@pose-coach/core/extension';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import {
  BODY_POWER_CHANNELS,
  BodyPower,
  bodyPowerOf,
  effortOf,
  MovingMeans,
  TotalMeans,
} from '../energy/index.ts';
import { IntensityCurve, type IntensityPoint } from './intensity-curve.ts';

/** Seconds that a live reading speaks of: two periods of a slow movement, and as far behind as live may be. */
const WINDOW = 2;

/** Seconds of these that must be known: one period of a slow movement. */
const KNOWN = 1;

/** Milliseconds between two readings: a gauge needs no more to look alive. */
const INTERVAL = 100;

/** Share of the body's mass that must be seen: the trunk and something that hangs on it. */
const LEAST_SEEN = 0.5;

/** Seconds between two motions beyond which nothing is known of what was between. */
const LONGEST_STEP = 0.25;

/** Milliseconds by which a reading may come early, so that frames of 100 ms that waver say something each time. */
const SLACK = 5;

const NOTHING: readonly Reading[] = [];

export const INTENSITY_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.intensity',
    title: 'Intensity',
    kind: 'gauge',
    range: [0, 100],
    description:
      'How much work the body does to move over the last two seconds: 20 is gentle (1/8 W/kg), 50 a calm dance (1 W/kg), 80 jumping jacks (8 W/kg). The same movement at twice the tempo has 30 more.',
  },
];

/** How intense a take was. */
export type IntensitySummary = {
  /** Milliseconds in which it is known. */
  readonly seen: number;
  /** 0 to 100, of the mean power over all these; null when there are none. */
  readonly mean: number | null;
  /** That power in watts per kilogram. */
  readonly meanPower: number | null;
  /** The highest point of the curve. */
  readonly peak: IntensityPoint | null;
  /** 0 to 100 for every two seconds in which it is known, an hour at most. */
  readonly curve: readonly IntensityPoint[];
  /** Whether the take was longer than the curve. */
  readonly isComplete: boolean;
};

/**
 * `dance.intensity`: the mean power of the body's movement over two seconds, on the scale of `effortOf`. In one
 * number it holds energy and frequency: power grows with the square of the amplitude and the cube of the tempo.
 *
 * Motion is carried up to the `bandwidth` of `BodyMotion`; what is faster counts less than it should: from 20 frames per
 * second on, a swing of 1 Hz with 94 % of its power, of 2 Hz with 79 %, of 3 Hz with 60 %; below, less. Movement to and
 * from the camera counts only as far as it shows in the body.
 */
export class IntensityPart implements DancePart<IntensitySummary> {
  readonly #body = new BodyPower();
  readonly #window = new MovingMeans(WINDOW, BODY_POWER_CHANNELS);
  readonly #take = new TotalMeans(BODY_POWER_CHANNELS);
  readonly #curve = new IntensityCurve(LEAST_SEEN);
  /** ms of media time of the motion before. */
  #before = Number.NaN;
  #said = Number.NEGATIVE_INFINITY;

  step({ motion }: DanceMoment): readonly Reading[] {
    const { timestamp, poseId } = motion;
    const before = this.#before;
    this.#before = timestamp;
    if (!(timestamp > before)) return NOTHING;
    const duration = (timestamp - before) / 1000;
    this.#body.update(motion);
    if (duration > LONGEST_STEP) {
      this.#body.sample.fill(Number.NaN);
      this.#curve.close();
    } else {
      this.#curve.add(before, timestamp, this.#body.sample);
    }
    this.#window.push(duration, this.#body.sample);
    this.#take.push(duration, this.#body.sample);
    if (timestamp - this.#said < INTERVAL - SLACK) return NOTHING;
    this.#said = timestamp;
    return [this.#reading(timestamp, poseId)];
  }

  reset(): void {
    this.#window.clear();
    this.#curve.close();
    this.#before = Number.NaN;
    this.#said = Number.NEGATIVE_INFINITY;
  }

  finish(): IntensitySummary {
    this.#curve.close();
    const curve = this.#curve.points;
    const { power, seen, seconds } = bodyPowerOf(this.#take, KNOWN);
    const isKnown = seen >= LEAST_SEEN;
    const summary: IntensitySummary = {
      seen: isKnown ? 1000 * seconds : 0,
      mean: isKnown ? effortOf(power) : null,
      meanPower: isKnown ? power : null,
      peak: curve.reduce<IntensityPoint | null>(
        (highest, point) => (highest === null || point.value > highest.value ? point : highest),
        null,
      ),
      curve,
      isComplete: !this.#curve.isFull,
    };
    this.#curve.clear();
    this.#take.clear();
    return summary;
  }

  #reading(timestamp: number, poseId: number): Reading {
    const about = { metric: 'dance.intensity', timestamp, poseId };
    const { power, highest, seen, seconds } = bodyPowerOf(this.#window, KNOWN);
    if (seen < LEAST_SEEN) {
      const reason =
        this.#body.seen < LEAST_SEEN
          ? 'Too little of the body is in view.'
          : 'The body has been in view for less than a second.';
      return { ...about, status: 'unknown', reason, confidence: 0 };
    }
    const value = effortOf(power);
    return {
      ...about,
      status: 'ok',
      value,
      // What is hidden may do as much again per kilogram, and what looks like noise may be movement.
      uncertainty: effortOf(highest * (2 - Math.min(1, seen))) - value,
      confidence: Math.min(1, seconds / WINDOW) * Math.min(1, seen),
    };
  }
}
