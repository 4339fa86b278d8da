import { BODY_LANDMARKS as BODY, type BodyPart } from '@pose-coach/core';
import { type BodyMotion, type LandmarkMotion, SpectralArcLength } from '@pose-coach/core/analysis';
import type { Reading } from '@pose-coach/core/extension';
import { PART_TITLES } from '../activity/index.ts';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { PART_NAMES } from '../energy/index.ts';
import { PartStrokes, SmoothnessTally } from './part-strokes.ts';
import { smoothnessOf } from './smoothness-scale.ts';

/** Milliseconds that a live reading speaks of: some strokes even of slow movement, on average two seconds ago. */
const WINDOW = 4000;

/** Milliseconds for which something must have been out of view for that to be why nothing is known. */
const HIDDEN = 1000;

/** Milliseconds between two readings: strokes take about as long. */
const INTERVAL = 500;

/** Milliseconds by which a reading may come early. */
const SLACK = 5;

/** Share of the way that must have been judged: of strokes too short to be judged nothing is known. */
const LEAST_JUDGED = 0.25;

/** Strokes with which a reading is as sure as it can be. */
const MANY = 4;

/** Standard deviations between the quartiles of a normal distribution. */
const DEVIATIONS_BETWEEN_QUARTILES = 1.35;

/** Standard error of its median over that of its mean. */
const MEDIAN_ERROR = 1.25;

const NOTHING: readonly Reading[] = [];

/** The points whose strokes stand for head, arms and legs against the trunk; the torso has none of its own. */
const POINTS: Readonly<Partial<Record<BodyPart, number>>> = {
  head: BODY.nose,
  leftArm: BODY.leftWrist,
  rightArm: BODY.rightWrist,
  leftLeg: BODY.leftAnkle,
  rightLeg: BODY.rightAnkle,
};

/**
 * Metres per second below which they rest: head and torso move on a much shorter lever than hands and feet.
 */
const LIMB_REST_SPEED = 0.1;
const CORE_REST_SPEED = 0.05;

/** How smooth something was over a take. A type and not an interface, because summaries are JSON. */
export type SmoothnessOverTake = {
  /** 0 to 100; null, as in what follows, when too little could be judged. */
  readonly smoothness: number | null;
  /** Spectral arc length. */
  readonly sparc: number | null;
  /** Log dimensionless jerk. */
  readonly jerk: number | null;
  /** Strokes that could be judged, and the share of the way that they made. */
  readonly strokes: number;
  readonly judgedShare: number;
};

/** How smoothly somebody moved in a take. */
export type SmoothnessSummary = SmoothnessOverTake & {
  readonly parts: { readonly [part in BodyPart]: SmoothnessOverTake };
};

/**
 * `dance.smoothness` and what belongs to it: spectral arc length and log dimensionless jerk of each part's strokes
 * (see `MovementStrokes`): of wrists, ankles and nose in the axes of the trunk, and of the middle of the shoulders with
 * the travel of the hips for the torso. A part's smoothness is the median over its strokes of the last four seconds,
 * the body's that over the strokes of all parts; strokes count by their way.
 *
 * Only what the data carries is judged: frequencies up to the `bandwidth` of `BodyMotion`, and strokes that are long
 * enough for a stop within them to be seen. Movement that is faster gives no reading, however smooth it looks.
 */
export class SmoothnessPart implements DancePart<SmoothnessSummary> {
  readonly #parts: readonly PartStrokes[];
  /** Filled afresh for each reading. */
  readonly #body = new SmoothnessTally();
  readonly #part = new SmoothnessTally();
  readonly #velocity = new Float64Array(3);
  readonly #acceleration = new Float64Array(3);
  /** ms of media time at which each part was last seen. */
  readonly #seen = new Float64Array(PART_NAMES.length).fill(Number.NEGATIVE_INFINITY);
  #said = Number.NEGATIVE_INFINITY;

  constructor() {
    const sparc = new SpectralArcLength();
    this.#parts = PART_NAMES.map(
      (name) => new PartStrokes(sparc, isLimb(name) ? LIMB_REST_SPEED : CORE_REST_SPEED),
    );
  }

  step({ motion }: DanceMoment): readonly Reading[] {
    const { timestamp, bandwidth, trunk, poseId } = motion;
    this.#parts.forEach((strokes, part) => {
      const name = PART_NAMES[part];
      const point = name && POINTS[name];
      const uncertainty =
        point === undefined ? this.#moveTorso(motion) : (trunk.speedUncertainty[point] ?? Number.NaN);
      if (!Number.isNaN(uncertainty)) this.#seen[part] = timestamp;
      if (point === undefined) {
        strokes.step(timestamp, this.#velocity, this.#acceleration, 0, uncertainty, bandwidth);
      } else {
        strokes.step(timestamp, trunk.velocity, trunk.acceleration, 3 * point, uncertainty, bandwidth);
      }
    });
    if (timestamp - this.#said < INTERVAL - SLACK) return NOTHING;
    this.#said = timestamp;
    return this.#readings(timestamp, poseId);
  }

  reset(): void {
    for (const strokes of this.#parts) strokes.reset();
    this.#seen.fill(Number.NEGATIVE_INFINITY);
    this.#said = Number.NEGATIVE_INFINITY;
  }

  finish(): SmoothnessSummary {
    this.#body.clear();
    const parts = Object.fromEntries(
      this.#parts.map(({ total }, part): [BodyPart | undefined, SmoothnessOverTake] => {
        const known = overTake(total);
        this.#body.merge(total);
        total.clear();
        return [PART_NAMES[part], known];
      }),
    ) as Record<BodyPart, SmoothnessOverTake>;
    return { ...overTake(this.#body), parts };
  }

  /**
   * The middle of the shoulders in the room, as far as the picture tells.
   * @returns its speed's uncertainty; NaN while a hip is hidden: the origin is then the engine's guess
   */
  #moveTorso({ body, travel, bodyHeight }: BodyMotion): number {
    const { leftShoulder, rightShoulder } = BODY;
    const inPicture = Number.isFinite(travel.velocity[0] + travel.acceleration[0] + bodyHeight);
    for (let axis = 0; axis < 3; axis += 1) {
      const [left, right] = [3 * leftShoulder + axis, 3 * rightShoulder + axis];
      const travelled = inPicture ? bodyHeight : 0;
      const velocity = travelled === 0 ? 0 : (travel.velocity[axis] ?? 0) * travelled;
      const acceleration = travelled === 0 ? 0 : (travel.acceleration[axis] ?? 0) * travelled;
      this.#velocity[axis] = velocity + middle(body.velocity, left, right);
      this.#acceleration[axis] = acceleration + middle(body.acceleration, left, right);
    }
    const travelUncertainty = inPicture ? travel.velocityUncertainty * bodyHeight : 0;
    const { leftHip, rightHip } = BODY;
    const hips = (body.speed[leftHip] ?? Number.NaN) + (body.speed[rightHip] ?? Number.NaN);
    return Number.isNaN(hips) ? Number.NaN : Math.hypot(shoulderUncertainty(body), travelUncertainty);
  }

  #readings(timestamp: number, poseId: number): readonly Reading[] {
    const about = { timestamp, poseId };
    const unknown = (metric: string, reason: string): Reading => ({
      metric,
      ...about,
      status: 'unknown',
      reason,
      confidence: 0,
    });
    const [body, tally] = [this.#body, this.#part];
    body.clear();
    const parts: Reading[] = [];
    const values: number[] = [];
    let [uncertainty, confidence] = [0, 1];
    const missing: string[] = [];
    this.#parts.forEach((strokes, part) => {
      const name = PART_NAMES[part] ?? 'head';
      tally.clear();
      strokes.tally(timestamp - WINDOW, tally);
      body.merge(tally);
      const metric = `dance.smoothness.${name}`;
      const known = judged(tally);
      if (!known) {
        missing.push(PART_TITLES[name].toLowerCase());
        parts.push(unknown(metric, whyUnknown(tally, timestamp - (this.#seen[part] ?? 0) < HIDDEN)));
        return;
      }
      parts.push({ metric, ...about, status: 'ok', ...known.display });
      values.push(known.display.value);
      uncertainty = Math.max(uncertainty, known.display.uncertainty);
      confidence = Math.min(confidence, known.display.confidence);
    });
    const bar = 'dance.smoothness.parts';
    parts.push(
      missing.length === 0
        ? { metric: bar, ...about, status: 'ok', value: values, uncertainty, confidence }
        : unknown(bar, `Too little to judge of: ${missing.join(', ')}.`),
    );
    const all = judged(body);
    const three = ['dance.smoothness', 'dance.smoothness.sparc', 'dance.smoothness.jerk'] as const;
    if (!all) {
      const reason = whyUnknown(body, timestamp - Math.max(...this.#seen) < HIDDEN);
      return [...three.map((metric) => unknown(metric, reason)), ...parts];
    }
    const [gauge, sparc, jerk] = three;
    return [
      { metric: gauge, ...about, status: 'ok', ...all.display },
      { metric: sparc, ...about, status: 'ok', value: all.sparc, confidence: all.display.confidence },
      { metric: jerk, ...about, status: 'ok', value: all.jerk, confidence: all.display.confidence },
      ...parts,
    ];
  }
}

function isLimb(part: BodyPart): boolean {
  return part !== 'head' && part !== 'torso';
}

function judged({ way, judged: count, sparc, jerk }: SmoothnessTally) {
  if (count === 0 || sparc.way < LEAST_JUDGED * way) return undefined;
  const middle = sparc.quantile(0.5);
  const deviation = (sparc.quantile(0.75) - sparc.quantile(0.25)) / DEVIATIONS_BETWEEN_QUARTILES;
  const value = smoothnessOf(middle);
  return {
    sparc: middle,
    jerk: jerk.quantile(0.5),
    display: {
      value,
      uncertainty: value - smoothnessOf(middle - (2 * MEDIAN_ERROR * deviation) / Math.sqrt(count)),
      confidence: (Math.min(count, MANY) / MANY) * (sparc.way / way),
    },
  };
}

function overTake(tally: SmoothnessTally): SmoothnessOverTake {
  const known = judged(tally);
  return {
    smoothness: known ? known.display.value : null,
    sparc: known ? known.sparc : null,
    jerk: known ? known.jerk : null,
    strokes: tally.judged,
    judgedShare: tally.way > 0 ? tally.sparc.way / tally.way : 0,
  };
}

function whyUnknown({ way }: SmoothnessTally, isSeen: boolean): string {
  if (way > 0) return 'The movement is too fast for this frame rate.';
  return isSeen ? 'There is too little movement.' : 'Not in view for long enough.';
}

function middle(values: Float64Array, left: number, right: number): number {
  return ((values[left] ?? Number.NaN) + (values[right] ?? Number.NaN)) / 2;
}

function shoulderUncertainty({ speedUncertainty }: LandmarkMotion): number {
  const left = speedUncertainty[BODY.leftShoulder] ?? Number.NaN;
  const right = speedUncertainty[BODY.rightShoulder] ?? Number.NaN;
  return Math.hypot(left, right) / 2;
}
