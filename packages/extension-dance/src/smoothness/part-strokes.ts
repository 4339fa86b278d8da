import {
  logDimensionlessJerk,
  type MovementStroke,
  MovementStrokes,
  type SpectralArcLength,
  STROKE_RATE,
} from '@pose-coach/core/analysis';
import { WayDistribution } from './way-distribution.ts';

/** Strokes kept for the live reading: at the shortest that are judged, more than a window is full of. */
const CAPACITY = 24;

/**
 * Periods of the highest frequency carried that a stroke must last to be judged: a stop in its midst makes two
 * movements of it, which are twice as fast. Of shorter ones the roughness cannot be seen.
 */
const SHORTEST_IN_PERIODS = 2;

/**
 * Hertz that must be carried, which 15 frames a second do: of what fewer carry, roughness is gone. Real clips that
 * have 71 to 80 at 30 Hz have 69 to 91 at 15 and 85 to 99 at 7.5.
 */
const LEAST_BANDWIDTH = 3.4;

/** Hertz above which nothing counts as movement: the published cut-off of the spectral arc length. */
const CUTOFF = 10;

/** The channels of what is kept of a stroke. */
const END = 0;
const WAY = 1;
/** NaN when the stroke was too short to be judged, as is the next. */
const SPARC = 2;
const JERK = 3;
const CHANNELS = 4;

/** Ranges of the two measures: what strokes have, and some more on the rough side. */
const SPARC_RANGE = [-6, -0.9] as const;
const JERK_RANGE = [-22, 0] as const;

/**
 * Smoothness of several strokes, by the way that they went: a long sweep says more than a twitch. Its middle is the
 * median, which one stroke that was cut badly does not move.
 */
export class SmoothnessTally {
  /** Metres of all strokes, those that could not be judged included. */
  way = 0;
  /** Number of those that could be judged. */
  judged = 0;
  readonly sparc = new WayDistribution(...SPARC_RANGE);
  readonly jerk = new WayDistribution(...JERK_RANGE);

  add(way: number, sparc: number, jerk: number): void {
    this.way += way;
    if (Number.isNaN(sparc) || Number.isNaN(jerk)) return;
    this.judged += 1;
    this.sparc.add(sparc, way);
    this.jerk.add(jerk, way);
  }

  merge(other: SmoothnessTally): void {
    this.way += other.way;
    this.judged += other.judged;
    this.sparc.merge(other.sparc);
    this.jerk.merge(other.jerk);
  }

  clear(): void {
    this.way = 0;
    this.judged = 0;
    this.sparc.clear();
    this.jerk.clear();
  }
}

/** The strokes of one point of the body, and how smooth they are. */
export class PartStrokes {
  /** All strokes of the take. */
  readonly total = new SmoothnessTally();
  readonly #sparc: SpectralArcLength;
  readonly #strokes: MovementStrokes;
  readonly #ring = new Float64Array(CAPACITY * CHANNELS);
  #next = 0;
  #bandwidth = 0;

  /**
   * @param sparc shared by all parts: it keeps transforms
   * @param restSpeed metres per second, as in `MovementStrokes`
   */
  constructor(sparc: SpectralArcLength, restSpeed: number) {
    this.#sparc = sparc;
    this.#strokes = new MovementStrokes((stroke) => this.#judge(stroke), restSpeed);
    this.#ring.fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * Takes the next sample; see `MovementStrokes.step`.
   * @param bandwidth Hertz that the sample's velocity carries
   */
  step(
    timestamp: number,
    velocity: Float64Array,
    acceleration: Float64Array,
    at: number,
    uncertainty: number,
    bandwidth: number,
  ): void {
    this.#bandwidth = bandwidth;
    this.#strokes.step(timestamp, velocity, acceleration, at, uncertainty);
  }

  /** Adds to a tally the strokes that ended after a moment. @param since ms of media time */
  tally(since: number, tally: SmoothnessTally): void {
    for (let at = 0; at < this.#ring.length; at += CHANNELS) {
      if ((this.#ring[at + END] ?? 0) > since) {
        tally.add(
          this.#ring[at + WAY] ?? 0,
          this.#ring[at + SPARC] ?? Number.NaN,
          this.#ring[at + JERK] ?? Number.NaN,
        );
      }
    }
  }

  /** What follows continues nothing. */
  reset(): void {
    this.#strokes.reset();
    this.#ring.fill(Number.NEGATIVE_INFINITY);
  }

  #judge({ start, end, way, speed, count }: MovementStroke): void {
    const at = this.#next * CHANNELS;
    this.#next = (this.#next + 1) % CAPACITY;
    const isLong = (end - start) * this.#bandwidth >= SHORTEST_IN_PERIODS * 1000;
    const canBeJudged = isLong && this.#bandwidth >= LEAST_BANDWIDTH;
    const cutoff = Math.min(CUTOFF, this.#bandwidth);
    const sparc = canBeJudged ? this.#sparc.of(speed, STROKE_RATE, cutoff, count) : Number.NaN;
    const jerk = canBeJudged ? logDimensionlessJerk(speed, count) : Number.NaN;
    this.#ring[at + END] = end;
    this.#ring[at + WAY] = way;
    this.#ring[at + SPARC] = sparc;
    this.#ring[at + JERK] = jerk;
    this.total.add(way, sparc, jerk);
  }
}
