import { toPoseCoachError } from '@pose-coach/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What an element has asked the server for: what it still waits for, and what went wrong last, by what the question
 * is about. Shown where it was asked.
 */
export class Asking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #pending = new Set<string>();
  readonly #faults = new Map<string, string>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#faults.clear();
  }

  isPending(about: string): boolean {
    return this.#pending.has(about);
  }

  /** Why it could not be had when it was asked for last, and what to do. */
  fault(about: string): string | undefined {
    return this.#faults.get(about);
  }

  /** Says what is wrong, without asking anybody; undefined: nothing is any more. */
  tell(about: string, fault: string | undefined): void {
    if (fault === undefined) this.#faults.delete(about);
    else this.#faults.set(about, fault);
    this.#host.requestUpdate();
  }

  /**
   * Asks, unless the same is being asked already.
   * @returns undefined when there is no answer; why not is in `fault`
   */
  async ask<Answer>(about: string, question: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#pending.has(about)) return undefined;
    this.#pending.add(about);
    this.tell(about, undefined);
    try {
      return await question();
    } catch (thrown) {
      this.#faults.set(about, toPoseCoachError(thrown, 'CONNECTION_LOST', String(thrown)).message);
      return undefined;
    } finally {
      this.#pending.delete(about);
      this.#host.requestUpdate();
    }
  }
}
