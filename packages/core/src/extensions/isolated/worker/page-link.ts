import type { ErrorCode, JsonValue } from '../../../base/index.ts';
import { PoseCoachError } from '../../../base/index.ts';
import type { NetworkRequest, NetworkResponse } from '../../api/extension-api.ts';
import type { ExtensionServices, LogLevel } from '../../host.ts';
import { TextAllowance } from '../text-allowance.ts';
import {
  type ExtensionRequest,
  type Fault,
  MAX_LINE,
  MAX_LOG_LINES,
  MAX_OPEN_REQUESTS,
  MAX_REQUESTS_PER_SECOND,
  MAX_SUMMARIES,
  MAX_TEXT,
  MAX_TEXT_AT_ONCE,
  MAX_TEXT_PER_SECOND,
  type PageMessage,
  type RequestValue,
  type WorkerMessage,
} from '../wire.ts';
import { exactJson } from './exact-json.ts';

// Taken before any extension runs, which may replace what it finds.
const now = performance.now.bind(performance);
const { fromCharCode } = String;
const encodeBase64 = btoa;

interface Waiting {
  resolve(value: RequestValue): void;
  reject(error: PoseCoachError): void;
}

/** The worker's way to the page: texts of limited length and number, and answers to what was asked. */
export class PageLink implements Omit<ExtensionServices, 'failed'> {
  readonly #post: (text: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #lines = new Allowance(MAX_LOG_LINES);
  readonly #requests = new Allowance(MAX_REQUESTS_PER_SECOND);
  readonly #text = new TextAllowance(now, MAX_TEXT_AT_ONCE, MAX_TEXT_PER_SECOND);
  #lastRequest = 0;
  #silenced = 0;

  constructor(post: (text: string) => void) {
    this.#post = post;
  }

  /**
   * @param call what the message answers, when it does
   * @throws PoseCoachError `PAYLOAD_TOO_LARGE`, `RATE_LIMITED`; TypeError for what JSON cannot say
   */
  send(message: WorkerMessage, call?: PageMessage['kind']): void {
    const text = exactJson(message);
    const most = call === 'finish' ? MAX_SUMMARIES : MAX_TEXT;
    if (text.length > most) throw tooLarge(text.length, most);
    if (call === 'command') this.#count(text);
    this.#post(text);
  }

  /** The page has answered. */
  settle(request: number, outcome: { readonly value: RequestValue } | { readonly fault: Fault }): void {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    if (waiting === undefined) return;
    if ('value' in outcome) waiting.resolve(outcome.value);
    else waiting.reject(new PoseCoachError(outcome.fault.code, outcome.fault.message));
  }

  log(level: LogLevel, message: string): void {
    if (!this.#lines.take()) {
      this.#silenced += 1;
      return;
    }
    const silence = this.#silenced === 0 ? '' : `(${this.#silenced} lines before this one were left out) `;
    this.#silenced = 0;
    const line = `${silence}${message}`;
    this.send({
      kind: 'log',
      level,
      message: line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line,
    });
  }

  executeCommand(command: string, values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    return this.#ask({ name: 'command', command, values }) as Promise<JsonValue | undefined>;
  }

  stateGet(key: string): Promise<JsonValue | undefined> {
    return this.#ask({ name: 'stateGet', key }) as Promise<JsonValue | undefined>;
  }

  async stateSet(key: string, value: JsonValue | undefined): Promise<void> {
    await this.#ask({ name: 'stateSet', key, ...(value === undefined ? {} : { value }) });
  }

  stateKeys(): Promise<readonly string[]> {
    return this.#ask({ name: 'stateKeys' }) as Promise<readonly string[]>;
  }

  asset(path: string): Promise<ArrayBuffer> {
    return this.#ask({ name: 'asset', path }) as Promise<ArrayBuffer>;
  }

  fetch(url: string, { method, headers, body }: NetworkRequest): Promise<NetworkResponse> {
    if (body instanceof ArrayBuffer && body.byteLength > MAX_TEXT) {
      return Promise.reject(tooLarge(body.byteLength, MAX_TEXT));
    }
    return this.#ask({
      name: 'fetch',
      url,
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(typeof body === 'string' ? { text: body } : {}),
      ...(body instanceof ArrayBuffer ? { bytes: base64(new Uint8Array(body)) } : {}),
    }) as Promise<NetworkResponse>;
  }

  #ask(request: ExtensionRequest): Promise<RequestValue> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size >= MAX_OPEN_REQUESTS) {
        throw limited(`${MAX_OPEN_REQUESTS} requests are open already: wait for their answers`);
      }
      if (!this.#requests.take())
        throw limited(`there were ${MAX_REQUESTS_PER_SECOND} in this second: ask less often`);
      this.#lastRequest += 1;
      const id = this.#lastRequest;
      const text = exactJson({ kind: 'request', id, request } satisfies WorkerMessage);
      if (text.length > MAX_TEXT) throw tooLarge(text.length, MAX_TEXT);
      this.#count(text);
      this.#waiting.set(id, { resolve, reject });
      this.#post(text);
    });
  }

  #count({ length }: string): void {
    if (!this.#text.take(length)) {
      throw limited(
        `it has sent ${MAX_TEXT_AT_ONCE} characters within a short time, and may send ${MAX_TEXT_PER_SECOND} more per second`,
      );
    }
  }
}

/** So many per second. */
class Allowance {
  readonly #most: number;
  #since = 0;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  take(): boolean {
    const time = now();
    if (time - this.#since >= 1000) {
      this.#since = time;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken <= this.#most;
  }
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let index = 0; index < bytes.length; index += 1) binary += fromCharCode(bytes[index] ?? 0);
  return encodeBase64(binary);
}

function limited(why: string): PoseCoachError {
  return new PoseCoachError('RATE_LIMITED', `The extension asks for too much: ${why}.`);
}

function tooLarge(length: number, most: number): PoseCoachError {
  const code: ErrorCode = 'PAYLOAD_TOO_LARGE';
  return new PoseCoachError(
    code,
    `A message of ${length} characters is too long: at most ${most} can be sent.`,
  );
}
