import { type Clock, type Disposable, PoseCoachError } from '../../base/index.ts';
import type { NetworkRequest, NetworkResponse } from '../api/extension-api.ts';
import type { ExtensionServices, LogLevel } from '../host.ts';
import { ANSWER_LIMIT, ASSET_LIMIT } from '../host-limits.ts';
import { BytesInTurn } from './bytes-in-turn.ts';
import {
  type ExtensionRequest,
  type Fault,
  LENIENCE,
  MAX_LOG_LINES,
  MAX_OPEN_BYTES,
  MAX_OPEN_REQUESTS,
  MAX_REQUESTS_PER_SECOND,
  type PageMessage,
  type RequestValue,
} from './wire.ts';

/** Answers what an extension asks of the page, and keeps count of it. Rights are checked by the services. */
export class RequestDesk implements Disposable {
  readonly #services: ExtensionServices;
  readonly #clock: Clock;
  readonly #post: (message: PageMessage, transfer: Transferable[]) => void;
  readonly #bytes = new BytesInTurn(MAX_OPEN_BYTES);
  #open = 0;
  #since = 0;
  #count = 0;
  #disposed = false;

  constructor(
    services: ExtensionServices,
    clock: Clock,
    post: (message: PageMessage, transfer: Transferable[]) => void,
  ) {
    this.#services = services;
    this.#clock = clock;
    this.#post = post;
  }

  /** @throws Error when there are too many lines */
  log(level: LogLevel, message: string): void {
    this.#countOne();
    this.#services.log(level, message);
  }

  /** Answers when it is done. @throws Error when too much is asked at a time */
  answer(id: number, request: ExtensionRequest): void {
    this.#countOne();
    if (this.#open >= MAX_OPEN_REQUESTS) throw new Error(`over ${MAX_OPEN_REQUESTS} requests were open`);
    this.#open += 1;
    this.#do(request)
      .then((value) => this.#say({ kind: 'answer', request: id, value }, bytesIn(value)))
      .catch((thrown: unknown) => this.#say({ kind: 'refusal', request: id, fault: faultOf(thrown) }))
      .finally(() => {
        this.#open -= 1;
      });
  }

  /** Answers nothing more. */
  dispose(): void {
    this.#disposed = true;
    this.#bytes.clear();
  }

  /** @param transfer bytes that are the extension's alone from now on */
  #say(message: PageMessage, transfer: Transferable[] = []): void {
    if (!this.#disposed) this.#post(message, transfer);
  }

  async #do(request: ExtensionRequest): Promise<RequestValue> {
    const services = this.#services;
    switch (request.name) {
      case 'command':
        return services.executeCommand(request.command, request.values);
      case 'stateGet':
        return services.stateGet(request.key);
      case 'stateSet':
        return void (await services.stateSet(request.key, request.value));
      case 'stateKeys':
        return services.stateKeys();
      case 'asset':
        return this.#bytes.run(ASSET_LIMIT, () => services.asset(request.path));
      case 'fetch':
        return this.#bytes.run(ANSWER_LIMIT, () => services.fetch(request.url, networkRequest(request)));
    }
  }

  #countOne(): void {
    const now = this.#clock.now();
    if (now - this.#since >= 1000) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    const most = LENIENCE * (MAX_REQUESTS_PER_SECOND + MAX_LOG_LINES);
    if (this.#count > most) throw new Error(`it posted more than ${most} messages in a second`);
  }
}

function networkRequest(request: Extract<ExtensionRequest, { name: 'fetch' }>): NetworkRequest {
  const { method, headers, text, bytes } = request;
  const body = bytes === undefined ? text : bytesOf(bytes);
  return {
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

function bytesIn(value: RequestValue): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) return [value];
  return isResponse(value) ? [value.body] : [];
}

function isResponse(value: RequestValue): value is NetworkResponse {
  return typeof value === 'object' && value !== null && 'body' in value && value.body instanceof ArrayBuffer;
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof PoseCoachError) return { code: thrown.code, message: thrown.message };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'EXTENSION_FAILED', message: `The page could not do what was asked: ${message}` };
}
