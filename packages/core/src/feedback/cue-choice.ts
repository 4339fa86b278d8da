import type { Cue, CueSeverity } from './cue.ts';
import { hasPassed } from './media-time.ts';
import type { CueWording } from './rule.ts';

/** Somebody's `poseId`; undefined for everybody. */
export type Addressee = number | undefined;

/** Something that could be said now. */
export interface Candidate {
  readonly rule: string;
  readonly source: string;
  readonly wording: CueWording;
  readonly to: Addressee;
}

export interface ChoiceTimes {
  /** ms of media time before the same is said again to the same person. */
  readonly coolDown: number;
  /** ms of media time between any two cues to one person. */
  readonly gap: number;
}

/** What goes first when there is more to say than can be taken in. */
const RANK: Readonly<Record<CueSeverity, number>> = { warning: 0, hint: 1, praise: 2 };

/** One key for a rule of one source: two sources may give a rule the same name. */
export function ruleKey(source: string, rule: string): string {
  return `${source}\n${rule}`;
}

/**
 * Chooses what is said of all that could be: nothing twice within the cool-down, nobody spoken to twice within the
 * gap; warnings before hints before praise, and then what was not said for longest. What is said to everybody is
 * said to each.
 */
export class CueChoice {
  readonly #times: ChoiceTimes;
  /** ms of media time at which each rule last spoke to each person. */
  readonly #saidBy = new Map<string, Map<Addressee, number>>();
  /** ms of media time at which each person was last spoken to. */
  readonly #saidTo = new Map<Addressee, number>();

  constructor(times: ChoiceTimes) {
    this.#times = times;
  }

  /** @param now ms of media time, never going back until `clear` */
  choose(candidates: readonly Candidate[], now: number): readonly Cue[] {
    const open = candidates
      .map((candidate) => ({ candidate, said: this.#lastSaid(candidate) }))
      .filter(({ said }) => hasPassed(this.#times.coolDown, said, now));
    open.sort(
      (a, b) =>
        RANK[a.candidate.wording.severity] - RANK[b.candidate.wording.severity] || ascending(a.said, b.said),
    );
    const cues: Cue[] = [];
    for (const { candidate } of open) {
      if (!hasPassed(this.#times.gap, this.#lastSaidTo(candidate.to), now)) continue;
      this.#note(candidate, now);
      cues.push(cueOf(candidate, now));
    }
    return cues;
  }

  /**
   * Forgets what can no longer hold anything back.
   * @param matters whether what this rule said to this person may still tell who was silent for longest
   */
  forget(now: number, matters: (rule: string, to: Addressee) => boolean): void {
    for (const [rule, times] of this.#saidBy) {
      for (const [to, said] of times) {
        if (hasPassed(this.#times.coolDown, said, now) && !matters(rule, to)) times.delete(to);
      }
      if (times.size === 0) this.#saidBy.delete(rule);
    }
    for (const [to, said] of this.#saidTo) {
      if (hasPassed(this.#times.gap, said, now)) this.#saidTo.delete(to);
    }
  }

  clear(): void {
    this.#saidBy.clear();
    this.#saidTo.clear();
  }

  #lastSaid({ source, rule, to }: Candidate): number {
    return this.#saidBy.get(ruleKey(source, rule))?.get(to) ?? -Infinity;
  }

  #lastSaidTo(to: Addressee): number {
    if (to === undefined) return Math.max(-Infinity, ...this.#saidTo.values());
    return Math.max(this.#saidTo.get(to) ?? -Infinity, this.#saidTo.get(undefined) ?? -Infinity);
  }

  #note({ source, rule, to }: Candidate, now: number): void {
    this.#saidTo.set(to, now);
    const key = ruleKey(source, rule);
    const times = this.#saidBy.get(key) ?? new Map<Addressee, number>();
    times.set(to, now);
    this.#saidBy.set(key, times);
  }
}

/** Two that were never said are equal: their difference would not be a number. */
function ascending(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function cueOf({ rule, source, wording, to }: Candidate, timestamp: number): Cue {
  const { severity, message, joints = [] } = wording;
  return {
    id: rule,
    timestamp,
    severity,
    message,
    joints,
    ...(to === undefined ? {} : { poseId: to }),
    source,
  };
}
