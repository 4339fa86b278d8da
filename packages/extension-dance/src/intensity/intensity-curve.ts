import { BODY_POWER_CHANNELS, bodyPowerOf, effortOf, TotalMeans } from '../energy/index.ts';

/** Milliseconds that one point of the curve speaks of: a bar of four beats at 120 BPM. */
const TILE = 2000;

/** Seconds of those in which a segment of the body must be known to count. */
const KNOWN = 1;

/** Points that are kept: an hour. */
const MOST_POINTS = 1800;

/** Points that there is room for at first; the room doubles when it is full. */
const FIRST_ROOM = 64;

/** Some seconds of a take. A type and not an interface, because summaries are JSON. */
export type IntensityPoint = {
  /** Milliseconds of media time. */
  readonly from: number;
  readonly to: number;
  /** 0 to 100. */
  readonly value: number;
};

/** How the intensity went over a take, two seconds by two seconds; what is not known of it is left out. */
export class IntensityCurve {
  /** By point: from, to, value. */
  #points = new Float64Array(3 * FIRST_ROOM);
  #length = 0;
  #full = false;
  #from = Number.NaN;
  #to = Number.NaN;
  readonly #means = new TotalMeans(BODY_POWER_CHANNELS);
  readonly #leastSeen: number;

  /** @param leastSeen share of the body's mass that must be seen */
  constructor(leastSeen: number) {
    this.#leastSeen = leastSeen;
  }

  /** Whether there was more than is kept: an hour. */
  get isFull(): boolean {
    return this.#full;
  }

  /**
   * @param from ms of media time
   * @param to ms of media time
   * @param sample of `BodyPower`, from then to then
   */
  add(from: number, to: number, sample: Float64Array): void {
    if (Number.isNaN(this.#from)) this.#from = from;
    this.#to = to;
    this.#means.push((to - from) / 1000, sample);
    if (to - this.#from >= TILE) this.close();
  }

  /** What follows continues nothing. */
  close(): void {
    const { power, seen } = bodyPowerOf(this.#means, KNOWN);
    if (seen >= this.#leastSeen) this.#keep(effortOf(power));
    this.#from = Number.NaN;
    this.#means.clear();
  }

  /** All points so far, oldest first. */
  get points(): IntensityPoint[] {
    return Array.from({ length: this.#length }, (_, index) => ({
      from: this.#points[3 * index] ?? Number.NaN,
      to: this.#points[3 * index + 1] ?? Number.NaN,
      value: this.#points[3 * index + 2] ?? Number.NaN,
    }));
  }

  clear(): void {
    this.close();
    this.#points = new Float64Array(3 * FIRST_ROOM);
    this.#length = 0;
    this.#full = false;
  }

  #keep(value: number): void {
    if (this.#length === MOST_POINTS) {
      this.#full = true;
      return;
    }
    if (3 * this.#length === this.#points.length) {
      const points = new Float64Array(2 * this.#points.length);
      points.set(this.#points);
      this.#points = points;
    }
    this.#points.set([this.#from, this.#to, value], 3 * this.#length);
    this.#length += 1;
  }
}
