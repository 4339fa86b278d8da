import type { Beat, PoseFrame, Reading } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';
import type { JsonValue } from '@pose-coach/core/extension';

/** What a part is shown of one person with each frame. */
export interface DanceMoment {
  readonly frame: PoseFrame;
  /** How the person moves, a little before the frame: its timestamp is what readings speak of. */
  readonly motion: BodyMotion;
  /** The music's beats since the step before, oldest first. */
  readonly beats: readonly Beat[];
}

/**
 * One question asked of one person: which movement, how intense, in which rhythm. Every person has parts of their own.
 * Live readings are causal; `finish` knows the whole take and may look ahead. The definitions are the same in both.
 */
export interface DancePart<Summary extends JsonValue = JsonValue> {
  /** @returns what is new to say; its `poseId` is the motion's */
  step(moment: DanceMoment): readonly Reading[];
  /** A discontinuity: what follows continues nothing. What was seen of the take stays for `finish`. */
  reset(): void;
  /** Sums up the take and begins a new one. */
  finish(): Summary;
}
