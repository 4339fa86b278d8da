import type { MetricDeclaration, MetricId, Reading } from '../analysis/index.ts';
import { hasPassed, LINGERING, SECOND } from '../feedback/index.ts';
import type { Trigger } from './trigger.ts';
import { type Addressee, TriggerConditionRun } from './trigger-condition-run.ts';

interface TriggerMemory {
  trigger: Trigger;
  readonly conditions: readonly TriggerConditionRun[];
  /** It has fired, and not ceased to hold since. */
  isSpent: boolean;
  /** ms of media time at which it fired last. */
  firedAt: number | undefined;
}

/**
 * Decides which triggers fire. As for rules, all time is the frames' media time, so that a recording fires the same
 * at any speed, and a condition means what it means in a rule.
 *
 * - A trigger holds while all its conditions hold at once for one person. One of whose metric says nobody's id holds
 *   for everybody.
 * - It fires when it holds and its cool-down is over, and again only after it has ceased to hold. What is unknown for
 *   less than half a second has not ceased. An event happens for a moment: with each one anew.
 * - After `reset`, and when time goes back, nothing holds any more. A cool-down goes on where it was: the jump itself
 *   takes none of its time, so that a film played in a loop does not fire every time.
 */
export class TriggerRun {
  readonly #metric: (id: MetricId) => MetricDeclaration | undefined;
  #triggers: readonly TriggerMemory[] = [];
  /** ms of media time of the first step after the last break, and of the newest. */
  #start = Number.NaN;
  #now = Number.NaN;

  /** @param metric what is declared of a metric, asked when it is first read: events hold for a moment only */
  constructor(
    triggers: readonly Trigger[],
    metric: (id: MetricId) => MetricDeclaration | undefined = () => undefined,
  ) {
    this.#metric = metric;
    this.setTriggers(triggers);
  }

  /** Replaces the triggers. One that stays (same id and conditions) goes on where it was; others begin. */
  setTriggers(triggers: readonly Trigger[]): void {
    const known = new Map(this.#triggers.map((memory) => [question(memory.trigger), memory]));
    this.#triggers = triggers
      .filter(({ enabled }) => enabled)
      .map((trigger) => {
        const memory = known.get(question(trigger));
        if (memory === undefined) return this.#begun(trigger);
        memory.trigger = trigger;
        return memory;
      });
  }

  /**
   * Takes what has been read.
   * @param now ms of media time: of the newest frame or reading. Readings of later than it, or of before the last
   *   break, are ignored.
   */
  note(readings: readonly Reading[], now: number): void {
    this.#advance(now);
    for (const reading of readings) {
      const { timestamp } = reading;
      if (!(timestamp <= now && timestamp >= this.#start - LINGERING)) continue;
      for (const memory of this.#triggers) {
        for (const condition of memory.conditions) {
          if (condition.note(reading, now)) memory.isSpent = false;
        }
        if (memory.isSpent && !anybody(memory, (one, whom) => one.stands(whom, now))) memory.isSpent = false;
      }
    }
  }

  /**
   * @param now ms of media time, as for `note`
   * @returns the triggers that fire now, in their order
   */
  step(now: number): readonly Trigger[] {
    this.#advance(now);
    const fired: Trigger[] = [];
    for (const memory of this.#triggers) {
      const { trigger, firedAt } = memory;
      if (!anybody(memory, (one, whom) => one.stands(whom, now))) memory.isSpent = false;
      const isCool = firedAt === undefined || hasPassed(trigger.coolDown * SECOND, firedAt, now);
      if (!memory.isSpent && isCool && anybody(memory, (one, whom) => one.holds(whom, now))) {
        memory.isSpent = true;
        memory.firedAt = now;
        fired.push(trigger);
      }
      for (const condition of memory.conditions) condition.forget(now);
    }
    return fired;
  }

  /** The frames' epoch or the publisher has changed: what follows continues nothing. */
  reset(): void {
    for (const memory of this.#triggers) {
      for (const condition of memory.conditions) condition.reset();
      memory.isSpent = false;
    }
    this.#start = Number.NaN;
  }

  #advance(now: number): void {
    if (now < this.#now) this.reset();
    if (Number.isNaN(this.#start)) {
      this.#start = now;
      const jump = Number.isNaN(this.#now) ? 0 : now - this.#now;
      for (const memory of this.#triggers) {
        if (memory.firedAt !== undefined) memory.firedAt += jump;
      }
    }
    this.#now = now;
  }

  #begun(trigger: Trigger): TriggerMemory {
    const conditions = trigger.when.map(
      (condition) =>
        new TriggerConditionRun(condition, () => this.#metric(condition.metric)?.kind === 'event'),
    );
    return { trigger, conditions, isSpent: false, firedAt: undefined };
  }
}

/** Whether there is somebody of whom all of it is so. */
function anybody(
  { conditions }: TriggerMemory,
  is: (condition: TriggerConditionRun, addressee: Addressee) => boolean,
): boolean {
  const people = new Set<Addressee>();
  for (const condition of conditions) for (const addressee of condition.people) people.add(addressee);
  for (const addressee of people) {
    if (conditions.every((condition) => is(condition, addressee))) return true;
  }
  return false;
}

/** Which trigger it is, and what it asks: without what it does. */
function question({ id, when }: Trigger): string {
  return JSON.stringify([id, when]);
}
