import type { MetricId, Reading } from '../analysis/index.ts';
import type { BodyLandmark, PoseFrame } from '../pose/index.ts';
import type { CueSeverity } from './cue.ts';

/** What a rule's cue says; when it may be said is decided by `feedback/`: cool-down, priority, one at a time. */
export interface CueWording {
  readonly severity: CueSeverity;
  readonly message: string;
  readonly joints?: readonly BodyLandmark[];
}

/** What a rule in code proposes to say now. */
export interface CueProposal extends CueWording {
  readonly poseId?: number;
}

export interface RuleInput {
  readonly frame: PoseFrame;
  /** Readings that are new since the rule's last step. */
  readonly readings: readonly Reading[];
}

/** A rule in code. As an analyzer it has a memory, reads no clock and is reset when the epoch changes. */
export interface Rule {
  /** @returns what holds at this frame; proposing the same again while it holds is right */
  step(input: RuleInput): CueProposal | undefined;
  reset(): void;
}

export interface RuleFactory {
  create(): Rule;
}

/**
 * When a rule as data holds: the metric's latest reading is known, sure enough, and passes. A number must pass with
 * its whole uncertainty. `until` is where a condition that holds ends (hysteresis); default: where it began.
 * A reading stands while its metric is silent, for ten seconds at most, or half a second when the metric is an event.
 * Readings that are unknown or not sure enough break nothing for half a second, and then end what held.
 */
export type RuleCondition =
  | { readonly above: number; readonly until?: number }
  | { readonly below: number; readonly until?: number }
  | { readonly equals: string | boolean };

/** A rule as data: metric, condition, cue. */
export interface DataRule {
  readonly id: string;
  readonly metric: MetricId;
  readonly when: RuleCondition;
  /** Seconds of media time for which the condition must have held without a break; default 0. */
  readonly for?: number;
  /** Lowest confidence of a reading that counts; default 0.5: more likely right than not. */
  readonly confidence?: number;
  readonly cue: CueWording;
}
