import type { MetricDeclaration, MetricId, Reading } from '../analysis/index.ts';
import { PoseCoachError } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import { Condition, LINGERING } from './condition.ts';
import type { Cue } from './cue.ts';
import { type Addressee, type Candidate, CueChoice, ruleKey } from './cue-choice.ts';
import { isLongerThan, SECOND } from './media-time.ts';
import type { CueProposal, DataRule } from './rule.ts';

export interface FeedbackOptions {
  /**
   * Seconds of media time before the same cue is said again to the same person, whether its condition still holds
   * or has begun anew. Default 10.
   */
  readonly coolDown?: number;
  /** Seconds of media time between any two cues to one person. Default 3. */
  readonly gap?: number;
  /**
   * What is declared of a metric, asked when it is first read. Events hold for a moment only; without this, every
   * metric is taken for one that holds until it is read again.
   */
  readonly metric?: (id: MetricId) => MetricDeclaration | undefined;
}

/** A rule as data, and whose it is. */
export interface OwnedRule extends DataRule {
  /** What its cues carry as `source`. */
  readonly source: string;
}

/** What a rule in code proposes, and which rule of whose that is. */
export interface OwnedProposal extends CueProposal {
  readonly rule: string;
  readonly source: string;
}

/**
 * Seconds: time for several repetitions of an exercise in which what was said can be tried. Ours: how often is best
 * is open. Winstein and Schmidt (1990) found learners better off with fewer corrections; Wulf, Shea and Matschiner
 * (1998), for whole-body skills, and Fujii, Lulic and Chen (2016) did not.
 */
const COOL_DOWN = 10;

/** Seconds: a short sentence of seven words takes three at the pace of clear speech, 150 words per minute. */
const GAP = 3;

interface RuleMemory {
  rule: OwnedRule;
  readonly conditions: Map<Addressee, Condition>;
}

interface StandingProposal {
  proposal: OwnedProposal;
  /** ms of media time of the frame with which it was last made. */
  made: number;
}

const NOTHING: readonly Cue[] = [];

/**
 * Decides what is said to whom and when: which conditions of rules as data hold, and which of all that could be
 * said is. All time is the frames' media time: a recording gives the same cues at any speed.
 *
 * - A condition holds from the first reading that passes to the first that does not. Unknown and unsure readings
 *   pass nothing and break nothing, for half a second; then the condition has ended. A reading stands while its
 *   metric is silent, for ten seconds at most; an event for half a second.
 * - What holds is said once, and again only after a cool-down. One person is not spoken to twice within a few
 *   seconds; a warning goes before a hint before praise, then the source that was silent to them for longest, then
 *   what was not said for longest.
 * - A rule in code proposes, and is then treated alike: a proposal holds for half a second, or until it is made
 *   again, so that one that must wait for another cue is not lost at once.
 * - A new epoch ends all conditions. What was said remains said, unless time has gone back.
 * - Readings and proposals about people who are not in view are ignored, and people who have left are forgotten.
 *   So are readings from before the epoch or from after the frame.
 */
export class Feedback {
  readonly #choice: CueChoice;
  readonly #metric: (id: MetricId) => MetricDeclaration | undefined;
  #rules: ReadonlyMap<string, RuleMemory> = new Map();
  #rulesOf: ReadonlyMap<MetricId, readonly RuleMemory[]> = new Map();
  readonly #proposals = new Map<string, Map<Addressee, StandingProposal>>();
  /** ms of media time at which each person was last in view; left out when that was too long ago. */
  readonly #inView = new Map<number, number>();
  #epoch: number | undefined;
  /** ms of media time of the epoch's first frame and of the newest. */
  #start = -Infinity;
  #now = -Infinity;

  /** @throws PoseCoachError `OPTION_INVALID` */
  constructor({ coolDown = COOL_DOWN, gap = GAP, metric = () => undefined }: FeedbackOptions = {}) {
    if (!(coolDown >= 0) || !(gap >= 0)) {
      throw new PoseCoachError('OPTION_INVALID', 'coolDown and gap must be 0 or a number of seconds above.');
    }
    this.#choice = new CueChoice({ coolDown: coolDown * SECOND, gap: gap * SECOND });
    this.#metric = metric;
  }

  /**
   * Replaces the rules as data. One that stays (same source, id and condition) goes on where it was, with new words
   * if it has any.
   */
  setRules(rules: readonly OwnedRule[]): void {
    const memories = new Map<string, RuleMemory>();
    for (const rule of rules) {
      const key = ruleKey(rule.source, rule.id);
      const known = this.#rules.get(key);
      const stays = known !== undefined && asksTheSame(known.rule, rule);
      memories.set(key, { rule, conditions: stays ? known.conditions : new Map() });
    }
    const rulesOf = new Map<MetricId, RuleMemory[]>();
    for (const memory of memories.values()) {
      const { metric } = memory.rule;
      rulesOf.set(metric, [...(rulesOf.get(metric) ?? []), memory]);
    }
    this.#rules = memories;
    this.#rulesOf = rulesOf;
  }

  /**
   * One frame further.
   * @param readings those that are new, of this frame or an earlier one
   * @param proposals what rules in code have to say, as often as they find it so
   * @returns what is to be said now
   */
  step(
    frame: PoseFrame,
    readings: readonly Reading[],
    proposals: readonly OwnedProposal[] = [],
  ): readonly Cue[] {
    if (frame.epoch !== this.#epoch || frame.timestamp < this.#now) this.#begin(frame);
    this.#now = frame.timestamp;
    this.#look(frame);
    for (const reading of readings) this.#note(reading);
    for (const proposal of proposals) this.#propose(proposal);
    const candidates = this.#candidates();
    const cues = candidates.length === 0 ? NOTHING : this.#choice.choose(candidates, this.#now);
    this.#choice.forget(
      this.#now,
      (to) => this.#isHere(to),
      (rule) => this.#rules.has(rule) || this.#proposals.has(rule),
    );
    return cues;
  }

  /** Forgets everything but the rules: the next frame continues nothing. */
  reset(): void {
    this.#endConditions();
    this.#choice.clear();
    this.#epoch = undefined;
    this.#start = -Infinity;
    this.#now = -Infinity;
  }

  #begin({ epoch, timestamp }: PoseFrame): void {
    this.#endConditions();
    if (timestamp < this.#now) this.#choice.clear();
    this.#epoch = epoch;
    this.#start = timestamp;
  }

  #endConditions(): void {
    for (const { conditions } of this.#rules.values()) conditions.clear();
    this.#proposals.clear();
    this.#inView.clear();
  }

  /** Notes who is in view, and forgets who has left. */
  #look({ poses }: PoseFrame): void {
    for (const { id } of poses) this.#inView.set(id, this.#now);
    for (const [id, seen] of this.#inView) {
      if (!isLongerThan(LINGERING, seen, this.#now)) continue;
      this.#inView.delete(id);
      for (const { conditions } of this.#rules.values()) conditions.delete(id);
      for (const standing of this.#proposals.values()) standing.delete(id);
    }
  }

  #isHere(to: Addressee): boolean {
    return to === undefined || this.#inView.has(to);
  }

  #note(reading: Reading): void {
    const memories = this.#rulesOf.get(reading.metric);
    if (memories === undefined || !this.#isHere(reading.poseId)) return;
    if (!(reading.timestamp >= this.#start && reading.timestamp <= this.#now)) return;
    for (const { rule, conditions } of memories) {
      let condition = conditions.get(reading.poseId);
      if (condition === undefined) {
        condition = new Condition(rule, this.#metric(rule.metric)?.kind === 'event');
        conditions.set(reading.poseId, condition);
      }
      condition.note(reading, this.#now);
    }
  }

  #propose(proposal: OwnedProposal): void {
    if (!this.#isHere(proposal.poseId)) return;
    const key = ruleKey(proposal.source, proposal.rule);
    let standing = this.#proposals.get(key);
    if (standing === undefined) {
      standing = new Map();
      this.#proposals.set(key, standing);
    }
    standing.set(proposal.poseId, { proposal, made: this.#now });
  }

  /** All that holds now: rules as data in their order, then those in code. */
  #candidates(): readonly Candidate[] {
    const candidates: Candidate[] = [];
    for (const { rule, conditions } of this.#rules.values()) {
      for (const [to, condition] of conditions) {
        if (condition.holds(this.#now)) {
          candidates.push({ rule: rule.id, source: rule.source, wording: rule.cue, to });
        }
      }
    }
    for (const [key, standing] of this.#proposals) {
      for (const [to, { proposal, made }] of standing) {
        if (isLongerThan(LINGERING, made, this.#now)) standing.delete(to);
        else candidates.push({ rule: proposal.rule, source: proposal.source, wording: proposal, to });
      }
      if (standing.size === 0) this.#proposals.delete(key);
    }
    return candidates;
  }
}

function asksTheSame(one: OwnedRule, other: OwnedRule): boolean {
  return question(one) === question(other);
}

/** What a rule asks of which metric, without its words. */
function question({ metric, when, for: duration, confidence }: OwnedRule): string {
  return JSON.stringify([metric, when, duration, confidence]);
}
