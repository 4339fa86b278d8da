import { once } from 'node:events';
import type { PoseFrame } from '@pose-coach/core';
import {
  type AnswerMessage,
  type ControlMethod,
  type ControlParams,
  type Role,
  type ServerMessage,
  WEBSOCKET_PATH,
} from '@pose-coach/core/protocol';
import { type ClientOptions, WebSocket } from 'ws';

/** A client that speaks the protocol by hand, so that tests see what goes over the wire. */
export class RawClient {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly frames: Buffer[] = [];
  /** Settles when the connection is closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #watchers = new Set<() => void>();
  #requests = 0;

  constructor(server: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(`${server.replace('http', 'ws')}${WEBSOCKET_PATH}`, options);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on('error', () => {});
    this.socket.on('message', (data, isBinary) => {
      if (isBinary) this.frames.push(data as Buffer);
      else this.messages.push(JSON.parse(String(data)) as ServerMessage);
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  async open(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /**
   * Says hello and waits for the welcome.
   * @param wishes further fields of the hello
   */
  async join(role: Role, token: string, channel = 'main', wishes: object = {}): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await this.open();
    this.say({ type: 'hello', version: 1, role, channel, token, ...wishes });
    await this.message('welcome');
    return this;
  }

  /** Asks for something, as a controller, and waits for the answer. */
  async ask<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<AnswerMessage> {
    return await this.request(method, params);
  }

  /** As `ask`, of any content. */
  async request(method: string, params: unknown): Promise<AnswerMessage> {
    this.#requests += 1;
    const id = this.#requests;
    this.say({ type: 'request', id, method, params });
    const isAnswer = (message: ServerMessage): message is AnswerMessage =>
      message.type === 'answer' && message.id === id;
    await this.until(() => this.messages.some(isAnswer), `the answer to ${method}`, 10_000);
    return this.messages.find(isAnswer) as AnswerMessage;
  }

  /** All messages of a type so far. */
  all<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { readonly type: Type }>[] {
    return this.messages.filter(
      (message): message is Extract<ServerMessage, { readonly type: Type }> => message.type === type,
    );
  }

  /** The newest message of a type, once there is one. */
  async message<Type extends ServerMessage['type']>(
    type: Type,
  ): Promise<Extract<ServerMessage, { readonly type: Type }>> {
    const find = () => this.messages.filter((message) => message.type === type).at(-1);
    await this.until(() => find() !== undefined, `a message "${type}"`);
    return find() as Extract<ServerMessage, { readonly type: Type }>;
  }

  /** Waits until something that arrived makes `condition` true. */
  async until(condition: () => boolean, what: string, within = 5000): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => done(new Error(`Waited in vain for ${what}.`)), within);
      const watcher = () => condition() && done();
      const done = (error?: Error) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        if (error) reject(error);
        else resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  /** Waits until the server has worked through everything that was sent before: it answers in order. */
  async settled(): Promise<void> {
    const sentAt = Math.random();
    this.say({ type: 'ping', sentAt });
    await this.until(
      () => this.messages.some((message) => message.type === 'pong' && message.sentAt === sentAt),
      'the answer to a ping',
    );
  }
}

/** A frame with one person who stands still. */
export function testFrame(sequence: number, people = 1): PoseFrame {
  const landmarks = Array.from({ length: 33 }, (_, index) => ({
    x: 0.3 + index / 100,
    y: 0.1 + index / 50,
    z: 0,
    visibility: 1,
  }));
  return {
    sequence,
    epoch: 1,
    timestamp: sequence * 33,
    width: 640,
    height: 480,
    poses: Array.from({ length: people }, (_, id) => ({ id, score: 1, landmarks, worldLandmarks: [] })),
    hands: [],
    dropped: 0,
    timings: { capturedAt: 1_700_000_000_000 + sequence * 33, stages: {} },
  };
}
