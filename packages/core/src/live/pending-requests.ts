import { type Clock, type ErrorCode, type JsonValue, PoseCoachError } from '../base/index.ts';
import {
  type AnswerMessage,
  type ControlMethod,
  type ControlParams,
  type ControlResult,
  encodeMessage,
  MAXIMUM_MESSAGE_BYTES,
  type RequestMessage,
} from '../protocol/index.ts';

/** Milliseconds to wait for an answer: longer than anything that the server itself waits for. */
const ANSWER_WITHIN = 10_000;

interface Pending {
  settle(answer: AnswerMessage): void;
  reject(error: PoseCoachError): void;
}

/** Requests that wait for their answers. Every one is settled: by its answer, by time, or by the end of what carries it. */
export class PendingRequests {
  readonly #send: (message: RequestMessage) => boolean;
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #disposed = false;
  /** Why there was no connection when that was last heard of. */
  #cause: PoseCoachError | undefined;

  /** @param send says whether there was a connection to send it over */
  constructor(send: (message: RequestMessage) => boolean, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** @throws PoseCoachError (as a rejection) as `StageController.request` says */
  ask<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>> {
    if (this.#disposed) return Promise.reject(disposed());
    this.#lastId += 1;
    const id = this.#lastId;
    const message: RequestMessage = { type: 'request', id, method, params: params as JsonValue };
    if (new TextEncoder().encode(encodeMessage(message)).length > MAXIMUM_MESSAGE_BYTES) {
      return Promise.reject(
        new PoseCoachError(
          'PAYLOAD_TOO_LARGE',
          `A request may take ${MAXIMUM_MESSAGE_BYTES} bytes: change less at once, one scene after the other.`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.delay(ANSWER_WITHIN, () => {
        this.#pending.delete(id);
        reject(
          new PoseCoachError('CONNECTION_LOST', `The server did not answer to ${method} in time: try again.`),
        );
      });
      this.#pending.set(id, {
        settle: ({ result, error }) => {
          cancel();
          // The server is trusted with what it answers; a newer one may know codes that this end does not.
          if (error) reject(new PoseCoachError(error.code as ErrorCode, error.message));
          else resolve(result as ControlResult<Method>);
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      // Without a connection nothing else waits either.
      if (!this.#send(message)) this.lost(this.#cause);
    });
  }

  /** An answer has come; one that comes too late is left. */
  answered(answer: AnswerMessage): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    pending?.settle(answer);
  }

  /** There is no connection: nothing that waits will be answered. */
  lost(cause: PoseCoachError | undefined): void {
    this.#cause = cause;
    this.#rejectAll(
      new PoseCoachError(
        'CONNECTION_LOST',
        cause?.message ?? 'There is no connection to the overlay server: is it running?',
        cause ? { cause } : {},
      ),
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#rejectAll(disposed());
  }

  #rejectAll(error: PoseCoachError): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) pending.reject(error);
  }
}

function disposed(): PoseCoachError {
  return new PoseCoachError('DISPOSED', 'The channel has been left already.');
}
