import type { Reading } from '../analysis/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { CueProposal, Rule } from './rule.ts';

/** Runs one rule in code over a stream of frames, and resets it when the epoch changes. What it throws is passed on. */
export class RuleRun {
  readonly #rule: Rule;
  #epoch: number | undefined;

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  /** @param readings those that are new since the last step */
  step(frame: PoseFrame, readings: readonly Reading[]): CueProposal | undefined {
    if (this.#epoch !== undefined && frame.epoch !== this.#epoch) this.#rule.reset();
    this.#epoch = frame.epoch;
    return this.#rule.step({ frame, readings });
  }
}
