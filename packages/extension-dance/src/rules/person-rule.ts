import type {
  CueWording,
  Pose,
  PoseFrame,
  Reading,
  Rule,
  RuleFactory,
  RuleInput,
} from '@pose-coach/core/extension';

/** What one rule remembers of one person, and what it finds worth saying. It reads no clock: time is the frames'. */
export interface Judge {
  /** A reading about this person of one of the rule's metrics. */
  hear(reading: Reading): void;
  /** The person in a frame, for rules that ask what can be seen. */
  look?(pose: Pose, frame: PoseFrame): void;
  /**
   * @param now ms of media time
   * @returns what holds now, in words; undefined when there is nothing that is true and sure enough
   */
  verdict(now: number): CueWording | undefined;
}

/** A rule about each person by themselves. */
export interface PersonRule {
  /** As the manifest declares it: `dance.uneven-arms`. */
  readonly id: string;
  /** The metrics that it hears; none when it goes by what can be seen. */
  readonly metrics: readonly string[];
  judge(): Judge;
}

/**
 * Milliseconds of media time after which the same may be said to the same person again. Coaching says a thing at
 * most once in ten seconds (`@pose-coach/core`, `FeedbackOptions.coolDown`), which is right for a repetition of an
 * exercise; a habit of movement takes longer to change, and praise wears out sooner.
 */
export const QUIET = 30_000;

/**
 * Milliseconds of media time for which something is proposed: a little longer than the pause of three seconds that
 * coaching keeps between two cues, so that what has to wait for one other cue is not lost. Later it would be stale.
 */
const OFFER = 3500;

/** People whose memory is kept per rule: more than are ever in view, as they come and go. */
const MOST_PEOPLE = 16;

interface Listener {
  readonly judge: Judge;
  /** What is being proposed, and since when; the time stays when the offer is over, for the quiet after it. */
  offer: CueWording | undefined;
  offered: number;
}

/**
 * Runs a rule for every person: proposes what its judges find for a few seconds, then keeps quiet for half a minute.
 * One proposal fits into a frame, so that several people are spoken to in turn, frame by frame.
 */
export function personRule(rule: PersonRule): RuleFactory {
  return { create: () => new RunningPersonRule(rule) };
}

class RunningPersonRule implements Rule {
  readonly #rule: PersonRule;
  readonly #metrics: ReadonlySet<string>;
  /** By `poseId`; whoever was spoken to last stands last. */
  readonly #people = new Map<number, Listener>();

  constructor(rule: PersonRule) {
    this.#rule = rule;
    this.#metrics = new Set(rule.metrics);
  }

  step({ frame, readings }: RuleInput): ReturnType<Rule['step']> {
    for (const reading of readings) {
      if (reading.poseId === undefined || !this.#metrics.has(reading.metric)) continue;
      this.#listener(reading.poseId).judge.hear(reading);
    }
    for (const pose of frame.poses) {
      const { judge } = this.#listener(pose.id);
      judge.look?.(pose, frame);
    }
    for (const { id: poseId } of frame.poses) {
      const listener = this.#people.get(poseId);
      if (listener) renew(listener, frame.timestamp);
    }
    for (const [poseId, { offer }] of this.#people) {
      if (offer === undefined || !frame.poses.some(({ id }) => id === poseId)) continue;
      this.#putLast(poseId);
      return { ...offer, poseId };
    }
    return undefined;
  }

  reset(): void {
    this.#people.clear();
  }

  #listener(poseId: number): Listener {
    const known = this.#people.get(poseId);
    if (known) return known;
    const listener: Listener = { judge: this.#rule.judge(), offer: undefined, offered: -Infinity };
    this.#people.set(poseId, listener);
    if (this.#people.size > MOST_PEOPLE) {
      const [first] = this.#people.keys();
      if (first !== undefined) this.#people.delete(first);
    }
    return listener;
  }

  #putLast(poseId: number): void {
    const listener = this.#people.get(poseId);
    if (!listener || this.#people.size < 2) return;
    this.#people.delete(poseId);
    this.#people.set(poseId, listener);
  }
}

/** Ends an offer that is over, and begins one when something is found and the quiet is over. */
function renew(listener: Listener, now: number): void {
  if (listener.offer !== undefined && now - listener.offered > OFFER) listener.offer = undefined;
  if (listener.offer !== undefined || now - listener.offered < QUIET) return;
  listener.offer = listener.judge.verdict(now);
  if (listener.offer !== undefined) listener.offered = now;
}
