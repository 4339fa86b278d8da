/** The share of the past in the score: a beat that is missing or played off is bridged by about five others. */
const MOMENTUM = 0.8;
/** How strictly a beat is one period after the one before (Stark, Davies & Plumbley 2009, section 3.3: η = 5). */
const TIGHTNESS = 5;
/** How far a beat may stray from a period after the last, in periods (standard deviation). */
const STRAY = 0.2;
/**
 * How much better the score elsewhere must be than where the next beat is expected, for the beats to move there: they
 * began between the beats, or the music has skipped.
 */
const ELSEWHERE = 1.3;

/**
 * Where in time the beats are, once the period is known: the cumulative score of Stark, Davies & Plumbley, Real-time
 * beat-synchronous analysis of musical audio (DAFx 2009, sections 3.3 and 3.4). The score of a moment is its onset plus
 * the best score about one period earlier; carried on without onsets it foresees the next beat. Times are in values of
 * the onset envelope since the first, with fractions.
 */
export class BeatPhase {
  /** The latest scores, in a ring. */
  readonly #scores: Float64Array;
  readonly #ahead: Float64Array;
  #count = 0;
  #period = 0;
  /** What a score is worth so many values later, from `#nearest` on. */
  #worth = new Float64Array(0);
  #nearest = 1;

  /** @param longest the longest period, in values */
  constructor(longest: number) {
    this.#scores = new Float64Array(Math.ceil(2 * longest) + 2);
    this.#ahead = new Float64Array(Math.ceil(2 * longest) + 2);
  }

  /** Takes the next onset; `period` is the present estimate, in values. */
  step(onset: number, period: number): void {
    this.#follow(period);
    const score = (1 - MOMENTUM) * onset + MOMENTUM * this.#bestBefore(this.#count);
    this.#scores[this.#count % this.#scores.length] = score;
    this.#count += 1;
  }

  /**
   * Foresees a beat after the last value.
   *
   * @param expected where it should be by the beats before; undefined where there were none
   */
  foresee(expected: number | undefined): number {
    const steps = Math.min(this.#ahead.length, Math.ceil(1.5 * this.#period) + 1);
    for (let step = 0; step < steps; step += 1)
      this.#ahead[step] = this.#bestBefore(this.#count + step, step);
    const anywhere = this.#foremost(Math.ceil(this.#period), undefined);
    if (expected === undefined) return this.#between(anywhere, undefined);
    const near = this.#foremost(steps, expected);
    const better = (this.#ahead[anywhere] ?? 0) > ELSEWHERE * (this.#ahead[near] ?? 0);
    return better ? this.#between(anywhere, undefined) : this.#between(near, expected);
  }

  reset(): void {
    this.#scores.fill(0);
    this.#count = 0;
  }

  #foremost(steps: number, expected: number | undefined): number {
    let at = 0;
    for (let step = 1; step < steps; step += 1) {
      if (this.#weighed(step, expected) > this.#weighed(at, expected)) at = step;
    }
    return at;
  }

  /** The peak at so many values ahead, to a fraction of a value (a parabola through three). */
  #between(at: number, expected: number | undefined): number {
    const here = this.#weighed(at, expected);
    const before = at > 0 ? this.#weighed(at - 1, expected) : here;
    const after = this.#weighed(at + 1, expected);
    const curve = before - 2 * here + after;
    return this.#count + at + (curve < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curve))) : 0);
  }

  #weighed(step: number, expected: number | undefined): number {
    const score = this.#ahead[step] ?? 0;
    if (expected === undefined) return score;
    return score * Math.exp(-0.5 * ((this.#count + step - expected) / (STRAY * this.#period)) ** 2);
  }

  /** The best score half a period to two periods before `index`, of which the last `ahead` are themselves foreseen. */
  #bestBefore(index: number, ahead = 0): number {
    let best = 0;
    for (let each = 0; each < this.#worth.length; each += 1) {
      const distance = this.#nearest + each;
      if (distance > index) break;
      const score =
        distance <= ahead
          ? this.#ahead[ahead - distance]
          : this.#scores[(index - distance) % this.#scores.length];
      const value = (this.#worth[each] ?? 0) * (score ?? 0);
      if (value > best) best = value;
    }
    return best;
  }

  #follow(period: number): void {
    if (period === this.#period) return;
    this.#period = period;
    this.#nearest = Math.max(1, Math.round(period / 2));
    const length = Math.min(Math.round(2 * period), this.#scores.length - 1) - this.#nearest + 1;
    this.#worth = Float64Array.from({ length }, (_, each) =>
      Math.exp(-0.5 * (TIGHTNESS * Math.log((this.#nearest + each) / period)) ** 2),
    );
  }
}
