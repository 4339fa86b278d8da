import { type Clock, PoseCoachError } from '@pose-coach/core';
import {
  EventSubscription,
  type OBSEventTypes,
  type OBSRequestTypes,
  OBSWebSocket,
} from 'obs-websocket-js/json';
import * as v from 'valibot';
import type { WebSocket as NodeWebSocket } from 'ws';
import { connectionError, lossError, requestError } from './obs-refusal.ts';

/** Milliseconds that OBS has to let us in, and to answer a request; on the same machine it takes a few. */
export const ANSWER_WITHIN = 5000;

/** The protocol's version that this is written for. */
const RPC_VERSION = 1;

/** What OBS is asked to tell of: scenes, sources and filters, recording and streaming, the scene collection. */
const SUBSCRIPTIONS =
  EventSubscription.Config |
  EventSubscription.Scenes |
  EventSubscription.Inputs |
  EventSubscription.Outputs |
  EventSubscription.Filters;

/** obs-websocket-js parts with OBS by a handshake, which an OBS that hangs never answers: this one can just go. */
class LeavingSocket extends OBSWebSocket {
  leave(): void {
    // In Node its socket is that of `ws`. Its own close event, which follows, tidies up.
    const socket: unknown = this.socket;
    (socket as NodeWebSocket | undefined)?.terminate();
  }
}

export type ObsEventName = keyof OBSEventTypes;

/**
 * One connection to OBS, from being let in to being lost, with what obs-websocket-js leaves to others: every request
 * is answered, refused, or given up after `ANSWER_WITHIN`, also when the connection is lost in between.
 */
export class ObsConnection {
  /** Resolves when the connection has ended, with the reason in words. */
  readonly closed: Promise<PoseCoachError>;
  readonly #socket: LeavingSocket;
  readonly #clock: Clock;
  /** Ends the waiting of requests that are under way. */
  readonly #waiting = new Set<(error: PoseCoachError) => void>();
  #lost: PoseCoachError | undefined;

  private constructor(socket: LeavingSocket, clock: Clock, closed: Promise<PoseCoachError>) {
    this.#socket = socket;
    this.#clock = clock;
    this.closed = closed;
    void closed.then((error) => {
      this.#lost = error;
      for (const lose of this.#waiting) lose(error);
    });
  }

  /**
   * Connects, and shows the password if there is one.
   * @param signal ends the connection when it is aborted, whenever that is
   * @throws PoseCoachError `OBS_UNREACHABLE`, `OBS_REFUSED`, `OBS_UNSUPPORTED`
   */
  static async open(
    address: string,
    password: string | undefined,
    clock: Clock,
    signal: AbortSignal,
  ): Promise<ObsConnection> {
    const socket = new LeavingSocket();
    const words = (thrown: unknown) => connectionError(thrown, address, password !== undefined);
    const closed = new Promise<PoseCoachError>((resolve) => {
      socket.once('ConnectionClosed', (error) => resolve(lossError(error)));
    });
    signal.throwIfAborted();
    const leave = () => socket.leave();
    signal.addEventListener('abort', leave, { once: true });
    void closed.then(() => signal.removeEventListener('abort', leave));
    try {
      const identified = socket.connect(address, password, {
        rpcVersion: RPC_VERSION,
        eventSubscriptions: SUBSCRIPTIONS,
      });
      await inTime(clock, identified, () => silent(address));
      return new ObsConnection(socket, clock, closed);
    } catch (thrown) {
      socket.leave();
      throw words(thrown);
    }
  }

  /**
   * Asks OBS for something, and checks what it answers.
   * @param answer what the answer must look like; the rest of it is left out
   * @throws PoseCoachError `OBS_UNREACHABLE` when it was lost or does not answer in time; `OBS_FAILED`,
   *   `OBS_UNSUPPORTED`
   */
  async ask<Request extends keyof OBSRequestTypes, Answer extends v.GenericSchema>(
    answer: Answer,
    request: Request,
    data?: OBSRequestTypes[Request],
  ): Promise<v.InferOutput<Answer>> {
    const result = v.safeParse(answer, await this.#call(request, data));
    if (result.success) return result.output;
    throw new PoseCoachError(
      'OBS_FAILED',
      `OBS answered “${request}” in a way that is not understood: update Pose Coach, or OBS.`,
      { cause: new v.ValiError(result.issues) },
    );
  }

  /** Has OBS do something that is not answered with anything to read. @throws PoseCoachError as `ask` */
  async tell<Request extends keyof OBSRequestTypes>(
    request: Request,
    data?: OBSRequestTypes[Request],
  ): Promise<void> {
    await this.#call(request, data);
  }

  /** Calls back whenever one of these events comes; the returned function ends it. */
  on(events: readonly ObsEventName[], callback: (data: unknown) => void): () => void {
    const listener = (data?: unknown) => callback(data);
    for (const event of events) this.#socket.on(event, listener);
    return () => {
      for (const event of events) this.#socket.off(event, listener);
    };
  }

  /** Ends it at once. Calling it twice does nothing. */
  leave(): void {
    this.#socket.leave();
  }

  async #call<Request extends keyof OBSRequestTypes>(
    request: Request,
    data?: OBSRequestTypes[Request],
  ): Promise<unknown> {
    if (this.#lost) throw requestError(this.#lost, request);
    let lose = (_: PoseCoachError) => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    this.#waiting.add(lose);
    try {
      const answer = Promise.race([this.#socket.call(request, data), lost]);
      return await inTime(this.#clock, answer, () => unanswered(request));
    } catch (thrown) {
      throw requestError(thrown, request);
    } finally {
      this.#waiting.delete(lose);
    }
  }
}

/** The promise's outcome, or, after `ANSWER_WITHIN`, this error. */
async function inTime<T>(clock: Clock, promise: Promise<T>, late: () => PoseCoachError): Promise<T> {
  let cancel = () => {};
  const timeout = new Promise<never>((_, reject) => {
    cancel = clock.delay(ANSWER_WITHIN, () => reject(late()));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
}

function silent(address: string): PoseCoachError {
  return new PoseCoachError(
    'OBS_UNREACHABLE',
    `Something is at ${address}, and has not answered for ${ANSWER_WITHIN / 1000} seconds: see whether OBS hangs or waits for a click.`,
  );
}

function unanswered(request: string): PoseCoachError {
  return new PoseCoachError(
    'OBS_UNREACHABLE',
    `OBS has not answered “${request}” for ${ANSWER_WITHIN / 1000} seconds: see whether it hangs or waits for a click.`,
  );
}
