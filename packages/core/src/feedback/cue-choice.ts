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
 * gap; warnings before hints before praise, then whoever was silent for longest (so that a source with many rules
 * talks no other out), then what was not said for longest. What is said to everybody is said to each.
 */
export class CueChoice {
  readonly #times: ChoiceTimes;
  /** ms of media time at which each rule last spoke to each person. */
  readonly #saidBy = new Map<string, Map<Addressee, number>>();
  /** When each person was last spoken to, and by each source. */
  readonly #spoken = new SpokenTo();
  readonly #spokenBy = new Map<string, SpokenTo>();

  constructor(times: ChoiceTimes) {
    this.#times = times;
  }

  /** @param now ms of media time, never going back until `clear` */
  choose(candidates: readonly Candidate[], now: number): readonly Cue[] {
    const open = candidates
      .map((candidate) => ({
        candidate,
        said: this.#lastSaid(candidate),
        heard: this.#spokenBy.get(candidate.source)?.last(candidate.to) ?? -Infinity,
      }))
      .filter(({ said }) => hasPassed(this.#times.coolDown, said, now));
    open.sort(
      (a, b) =>
        RANK[a.candidate.wording.severity] - RANK[b.candidate.wording.severity] ||
        ascending(a.heard, b.heard) ||
        ascending(a.said, b.said),
    );
    const cues: Cue[] = [];
    for (const { candidate } of open) {
      const { to } = candidate;
      const last = to === undefined ? this.#spoken.lastToAnybody() : this.#spoken.last(to);
      if (!hasPassed(this.#times.gap, last, now)) continue;
      this.#note(candidate, now);
      cues.push(cueOf(candidate, now));
    }
    return cues;
  }

  /**
   * Forgets what can no longer hold anything back.
   * @param isHere who may be spoken to: with them it still matters which source was silent for longest
   * @param isKnown which rules may speak again: with them it matters the same
   */
  forget(now: number, isHere: (to: Addressee) => boolean, isKnown: (rule: string) => boolean): void {
    const { coolDown, gap } = this.#times;
    for (const [rule, times] of this.#saidBy) {
      for (const [to, said] of times) {
        if (hasPassed(coolDown, said, now) && !(isHere(to) && isKnown(rule))) times.delete(to);
      }
      if (times.size === 0) this.#saidBy.delete(rule);
    }
    this.#spoken.forget((_, said) => hasPassed(gap, said, now));
    for (const [source, spoken] of this.#spokenBy) {
      if (spoken.forget((to, said) => hasPassed(coolDown, said, now) && !isHere(to))) {
        this.#spokenBy.delete(source);
      }
    }
  }

  clear(): void {
    this.#saidBy.clear();
    this.#spoken.clear();
    this.#spokenBy.clear();
  }

  #lastSaid({ source, rule, to }: Candidate): number {
    return this.#saidBy.get(ruleKey(source, rule))?.get(to) ?? -Infinity;
  }

  #note({ source, rule, to }: Candidate, now: number): void {
    this.#spoken.note(to, now);
    const spoken = this.#spokenBy.get(source) ?? new SpokenTo();
    spoken.note(to, now);
    this.#spokenBy.set(source, spoken);
    const key = ruleKey(source, rule);
    const times = this.#saidBy.get(key) ?? new Map<Addressee, number>();
    times.set(to, now);
    this.#saidBy.set(key, times);
  }
}

/** ms of media time at which each person was last spoken to. What is said to everybody is said to each. */
class SpokenTo {
  readonly #times = new Map<Addressee, number>();

  note(to: Addressee, now: number): void {
    this.#times.set(to, now);
  }

  last(to: Addressee): number {
    return Math.max(this.#times.get(to) ?? -Infinity, this.#times.get(undefined) ?? -Infinity);
  }

  lastToAnybody(): number {
    return Math.max(-Infinity, ...this.#times.values());
  }

  /** @returns whether nothing is left */
  forget(isOver: (to: Addressee, said: number) => boolean): boolean {
    for (const [to, said] of this.#times) {
      if (isOver(to, said)) this.#times.delete(to);
    }
    return this.#times.size === 0;
  }

  clear(): void {
    this.#times.clear();
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
