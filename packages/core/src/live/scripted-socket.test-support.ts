import type { ClientMessage, ServerMessage, WelcomeMessage } from '../protocol/index.ts';
import type { LiveSocket } from './live-socket.ts';

interface SocketEvents {
  open: undefined;
  error: undefined;
  message: { readonly data: unknown };
  close: { readonly code: number; readonly reason: string };
}

/** A network that does what a test says: servers that are silent, slow or gone cannot be had on demand otherwise. */
export class ScriptedNetwork {
  readonly sockets: ScriptedSocket[] = [];

  /** The class to pass as `WebSocket`. */
  readonly WebSocket: new (
    url: string,
  ) => LiveSocket;

  constructor() {
    const { sockets } = this;
    this.WebSocket = class extends ScriptedSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    };
  }

  /** The newest connection. */
  get last(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Nobody has connected.');
    return socket;
  }
}

/** One connection, seen from the server's side. */
export class ScriptedSocket implements LiveSocket {
  readonly url: string;
  readonly messages: ClientMessage[] = [];
  readonly frames: Uint8Array[] = [];
  readonly #listeners = new Map<string, ((event: never) => void)[]>();
  binaryType = 'blob';
  bufferedAmount = 0;
  readyState = 0;

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.messages.push(JSON.parse(data) as ClientMessage);
    else this.frames.push(data);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The connection stands. */
  open(): void {
    this.readyState = 1;
    this.#fire('open', undefined);
  }

  /** The server says something. */
  say(message: ServerMessage | { readonly type: string }): void {
    this.#fire('message', { data: JSON.stringify(message) });
  }

  /** The server relays bytes. */
  relay(bytes: Uint8Array): void {
    this.#fire('message', { data: bytes.slice().buffer });
  }

  /** The server opens, and welcomes. */
  welcome(serverTime = 0, live = false, rest: Partial<WelcomeMessage> = {}): void {
    this.open();
    this.say({ type: 'welcome', version: 1, serverTime, live, revision: 0, state: {}, ...rest });
  }

  /** What was sent of one type. */
  heard<Type extends ClientMessage['type']>(type: Type): Extract<ClientMessage, { readonly type: Type }>[] {
    return this.messages.filter(
      (message): message is Extract<ClientMessage, { readonly type: Type }> => message.type === type,
    );
  }

  /** The connection ends. */
  end(code: number): void {
    this.readyState = 3;
    this.#fire('close', { code, reason: '' });
  }

  #fire<Type extends keyof SocketEvents>(type: Type, event: SocketEvents[Type]): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}
