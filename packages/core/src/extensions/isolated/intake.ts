import type { Clock } from '../../base/index.ts';
import type { Calls } from './calls.ts';
import { TextAllowance } from './text-allowance.ts';
import {
  LENIENCE,
  MAX_SUMMARIES,
  MAX_TEXT,
  MAX_TEXT_AT_ONCE,
  MAX_TEXT_PER_SECOND,
  STEP_TEXT,
  type WorkerMessage,
} from './wire.ts';
import { readWorkerMessage } from './worker-message.ts';

/**
 * Reads what a worker posts, and no more of it than the page can read beside its own work: a text of 1,000,000
 * characters can cost it 50 ms, whether or not there is anything in it.
 */
export class Intake {
  readonly #calls: Calls;
  readonly #allowance: TextAllowance;

  /** @param calls what the worker was asked */
  constructor(calls: Calls, clock: Clock) {
    this.#calls = calls;
    this.#allowance = new TextAllowance(() => clock.now(), LENIENCE * MAX_TEXT_AT_ONCE, MAX_TEXT_PER_SECOND);
  }

  /** @throws Error that says in plain words what is wrong with it, or that it is too much */
  read(data: unknown): WorkerMessage {
    const message = readWorkerMessage(data, this.#calls.awaits('finish') ? MAX_SUMMARIES : MAX_TEXT);
    this.#count(message, (data as string).length);
    return message;
  }

  #count(message: WorkerMessage, length: number): void {
    const isAnswer = message.kind === 'done' || message.kind === 'failed';
    const call = isAnswer ? this.#calls.kindOf(message.id) : undefined;
    if (call === 'finish') return;
    if (length > MAX_TEXT) throw new Error(`it posted ${length} characters at once, of ${MAX_TEXT} at most`);
    const counted = call === 'step' ? Math.max(0, length - STEP_TEXT) : length;
    if (!this.#allowance.take(counted)) {
      throw new Error(`it posted more than ${MAX_TEXT_PER_SECOND} characters a second`);
    }
  }
}
