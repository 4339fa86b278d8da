import type { Reading } from '../analysis/index.ts';
import { Condition, type ConditionRule, isLongerThan } from '../feedback/index.ts';
import type { TriggerCondition } from './trigger.ts';

/** Whom a condition is about: one person, or everybody. */
export type Addressee = number | undefined;

/** Milliseconds of media time after which somebody of whom nothing is read and nothing holds is forgotten. */
const LONGEST_ABSENCE = 10_000;

/** That something happens is the truth of it, whatever its value. */
const HAPPENED = true;

interface PersonMemory {
  readonly condition: Condition;
  /** ms of media time that the newest reading speaks of. */
  newest: number;
  /** ms of media time at which it came. */
  noted: number;
}

/** One condition of a trigger, for each of the people there are. Means exactly what rules as data mean. */
export class TriggerConditionRun {
  readonly #condition: TriggerCondition;
  readonly #isEvent: () => boolean;
  readonly #people = new Map<Addressee, PersonMemory>();

  /** @param isEvent whether the metric is declared to tell what happens, asked when it is first read */
  constructor(condition: TriggerCondition, isEvent: () => boolean) {
    this.#condition = condition;
    this.#isEvent = isEvent;
  }

  /** Those of whom something has been read. */
  get people(): Iterable<Addressee> {
    return this.#people.keys();
  }

  /**
   * @param now ms of media time; never goes back
   * @returns whether something has happened anew: the same event is never told twice
   */
  note(reading: Reading, now: number): boolean {
    const { metric, when } = this.#condition;
    if (reading.metric !== metric) return false;
    const happens = 'happens' in when;
    const isEvent = happens || this.#isEvent();
    let person = this.#people.get(reading.poseId);
    if (person === undefined) {
      person = { condition: new Condition(this.#rule(), isEvent), newest: -Infinity, noted: now };
      this.#people.set(reading.poseId, person);
    }
    const isNew = reading.timestamp > person.newest;
    // An event that is told again is heard no longer for it.
    if (isEvent && !isNew) return false;
    person.newest = Math.max(person.newest, reading.timestamp);
    person.noted = now;
    person.condition.note(happens ? asHappened(reading) : reading, now);
    return isEvent && person.condition.holds(now);
  }

  /** Whether it holds for this person, or for everybody. */
  holds(addressee: Addressee, now: number): boolean {
    return this.#either(addressee, (condition) => condition.holds(now));
  }

  /** Whether it may still hold: it does, has not for long enough yet, or is unknown for a moment. */
  stands(addressee: Addressee, now: number): boolean {
    return this.#either(addressee, (condition) => !condition.hasEnded(now));
  }

  /** Forgets who has left. */
  forget(now: number): void {
    for (const [addressee, { condition, noted }] of this.#people) {
      if (isLongerThan(LONGEST_ABSENCE, noted, now) && condition.hasEnded(now))
        this.#people.delete(addressee);
    }
  }

  /** What follows continues nothing. */
  reset(): void {
    this.#people.clear();
  }

  #either(addressee: Addressee, is: (condition: Condition) => boolean): boolean {
    const own = this.#people.get(addressee);
    if (own !== undefined && is(own.condition)) return true;
    const everybody = this.#people.get(undefined);
    return everybody !== undefined && is(everybody.condition);
  }

  #rule(): ConditionRule {
    const { when, for: duration } = this.#condition;
    if ('happens' in when) return { when: { equals: HAPPENED } };
    return { when, ...(duration === undefined ? {} : { for: duration }) };
  }
}

function asHappened({ uncertainty: _, ...reading }: Reading): Reading {
  return reading.status === 'ok' ? { ...reading, value: HAPPENED } : reading;
}
