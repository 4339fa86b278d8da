import type { CueProposal, Rule, RuleFactory, RuleInput } from './rule.ts';

/** Runs one rule in code over a stream of frames, and resets it when the epoch changes. What it throws is passed on. */
export class RuleRun {
  readonly #rule: Rule;
  #epoch: number | undefined;

  constructor(factory: RuleFactory) {
    this.#rule = factory.create();
  }

  step(input: RuleInput): CueProposal | undefined {
    const { epoch } = input.frame;
    if (this.#epoch !== undefined && this.#epoch !== epoch) this.#rule.reset();
    this.#epoch = epoch;
    return this.#rule.step(input);
  }

  /** The take has ended: the next frame continues nothing. */
  reset(): void {
    this.#epoch = undefined;
    this.#rule.reset();
  }
}
