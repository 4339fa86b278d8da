import type { Reading } from '../analysis/index.ts';
import { hasPassed, isLongerThan, SECOND } from './media-time.ts';
import type { DataRule, RuleCondition } from './rule.ts';

/**
 * Milliseconds of media time for which what is no longer known still counts: a joint that is hidden for a few
 * frames ends nothing. Half a second, at which the pipeline as a whole speaks of a discontinuity.
 */
export const LINGERING = 500;

/**
 * Milliseconds of media time after which a metric that nobody reads any more counts as not known. Analyzers may
 * keep silent while nothing changes, and tempo or the like is read every few seconds; but one that was switched
 * off must not be heard for ever.
 */
const LONGEST_SILENCE = 10_000;

/** The lowest confidence that counts where a rule does not say: more likely right than not. */
const CONFIDENCE = 0.5;

/** What of a rule says when it holds. */
export type ConditionRule = Pick<DataRule, 'when' | 'for' | 'confidence'>;

/** Whether, and since when, the condition of one rule holds for one person. */
export class Condition {
  readonly #rule: ConditionRule;
  readonly #longestSilence: number;
  /** ms of media time: the first of the readings that have passed without a break; undefined when it does not hold. */
  #since: number | undefined;
  /** ms of media time of the newest reading. */
  #newest = -Infinity;
  /** ms of media time of the frame with which the last known reading came. */
  #heard = -Infinity;
  /** ms of media time of the frame since which readings are unknown; undefined when the newest is known. */
  #unknownSince: number | undefined;

  /** @param isEvent the metric tells what happens, not what is: it holds no longer than it lingers */
  constructor(rule: ConditionRule, isEvent: boolean) {
    this.#rule = rule;
    this.#longestSilence = isEvent ? LINGERING : LONGEST_SILENCE;
  }

  /** @param now ms of media time of the frame that the reading came with; never goes back */
  note(reading: Reading, now: number): void {
    if (reading.timestamp < this.#newest) return;
    this.#newest = reading.timestamp;
    this.#end(now);
    if (reading.status !== 'ok' || !(reading.confidence >= (this.#rule.confidence ?? CONFIDENCE))) {
      this.#unknownSince ??= now;
      return;
    }
    this.#unknownSince = undefined;
    this.#heard = now;
    if (!passes(this.#rule.when, reading, this.#since !== undefined)) this.#since = undefined;
    else this.#since ??= reading.timestamp;
  }

  /** Whether it is known to hold at `now` (ms of media time), and has for as long as the rule asks. */
  holds(now: number): boolean {
    this.#end(now);
    if (this.#since === undefined || this.#unknownSince !== undefined) return false;
    return hasPassed((this.#rule.for ?? 0) * SECOND, this.#since, now);
  }

  /** Whether what held has ended, or nothing has held: not so while it is only unknown for a moment. */
  hasEnded(now: number): boolean {
    this.#end(now);
    return this.#since === undefined;
  }

  /** Ends what has not been known for too long. */
  #end(now: number): void {
    const isSilent = isLongerThan(this.#longestSilence, this.#heard, now);
    const isUnknown = this.#unknownSince !== undefined && isLongerThan(LINGERING, this.#unknownSince, now);
    if (isSilent || isUnknown) this.#since = undefined;
  }
}

/** @param holds the condition holds already: it ends at `until`, if that lies on the far side of where it began */
function passes(when: RuleCondition, { value, uncertainty = 0 }: Reading, holds: boolean): boolean {
  if ('equals' in when) return value === when.equals;
  if (typeof value !== 'number') return false;
  if ('above' in when) {
    const bound = holds ? Math.min(when.above, when.until ?? when.above) : when.above;
    return value - uncertainty > bound;
  }
  const bound = holds ? Math.max(when.below, when.until ?? when.below) : when.below;
  return value + uncertainty < bound;
}
