import type { Writable } from 'node:stream';
import {
  CLOSE_REASONS,
  type CloseReasonName,
  encodeMessage,
  type ServerMessage,
} from '@pose-coach/core/protocol';
import type { WebSocket } from 'ws';

/**
 * Milliseconds a ping may stay unanswered before poses are held back. The operating system queues minutes of them
 * on a stalled connection, and all would be shown, late, before the newest.
 */
const HOLD_AFTER = 1000;

/** Bytes of unsent messages over which a client is given up: it would take state for ever and never read it. */
const MAXIMUM_BACKLOG = 1_048_576;

/** Milliseconds a closed client has to answer the close before its connection is cut. */
const CLOSE_GRACE = 1000;

/** RFC 6455 leaves 123 bytes for the words in a close frame. */
const MAXIMUM_REASON_BYTES = 123;

/** Longest words of an error message, in characters. */
const MAXIMUM_WORDS = 400;

/** `readyState` of an open socket. */
const OPEN = 1;

/** What became of all poses since the server was started. */
export interface Traffic {
  /** Poses that publishers sent. */
  relayed: number;
  /** Poses handed to subscribers' connections. */
  delivered: number;
  /** Poses that a newer one took the place of, because a subscriber was behind. */
  skipped: number;
  /** Connections closed for what they sent. */
  refused: number;
  /** Messages of types that this version does not know. */
  ignored: number;
}

/**
 * One client's connection as the server sends to it. State messages are reliable. Of poses at most one waits here,
 * the newest, and it goes out when the client shows, by answering a ping, that it has taken what was sent before.
 */
export class Peer {
  readonly #socket: WebSocket;
  readonly #connection: Writable;
  readonly #traffic: Traffic;
  #waiting: Buffer | undefined;
  /** When the unanswered ping was sent; 0 when there is none. */
  #pingedAt = 0;
  #closing = false;

  /**
   * @param connection what `socket` writes to. Poses are written to it directly, because they are framed once for all
   *   clients; messages of `ws` are written whole and at once (no compression), so that neither gets into the other.
   */
  constructor(socket: WebSocket, connection: Writable, traffic: Traffic) {
    this.#socket = socket;
    this.#connection = connection;
    this.#traffic = traffic;
    socket.on('pong', () => this.#answered());
  }

  /**
   * Sends a pose now, or keeps it, in place of an older one, until the client has caught up.
   * @param frame a whole WebSocket frame, as `binaryFrame` makes it
   */
  deliver(frame: Buffer, now: number): void {
    if (this.#closing) return;
    const held = this.#pingedAt !== 0 && now - this.#pingedAt > HOLD_AFTER;
    if (!held && this.#waiting === undefined && this.#connection.writableLength === 0) {
      this.#write(frame);
      return;
    }
    if (this.#waiting !== undefined) this.#traffic.skipped += 1;
    this.#waiting = frame;
    if (this.#pingedAt === 0) this.#ping(now);
  }

  /** Forgets the waiting pose: its publisher is gone. */
  forget(): void {
    if (this.#waiting !== undefined) this.#traffic.skipped += 1;
    this.#waiting = undefined;
  }

  send(message: ServerMessage): void {
    this.sendText(encodeMessage(message));
  }

  /** Sends a message that was encoded once for many. */
  sendText(text: string): void {
    if (this.#closing) return;
    if (this.#socket.bufferedAmount > MAXIMUM_BACKLOG) {
      this.close('timeout', 'Too much is waiting to be sent: this client does not read.');
      return;
    }
    this.#socket.send(text);
  }

  /** Pings, or closes a client that has not answered the last one within `unresponsiveAfter` ms. */
  check(now: number, unresponsiveAfter: number): void {
    if (this.#closing) return;
    if (this.#pingedAt === 0) this.#ping(now);
    else if (now - this.#pingedAt > unresponsiveAfter) {
      this.close('timeout', `This client has taken nothing for ${Math.round(unresponsiveAfter / 1000)} s.`);
    }
  }

  /** Says why in a message and in the close frame, and cuts the connection if that is not answered. */
  close(reason: CloseReasonName, words: string): void {
    if (this.#closing) return;
    this.#waiting = undefined;
    const { code, error } = CLOSE_REASONS[reason];
    const message = words.slice(0, MAXIMUM_WORDS);
    this.#socket.send(encodeMessage({ type: 'error', code: error, message }));
    this.#closing = true;
    this.#socket.close(code, closeWords(message));
    setTimeout(() => this.#socket.terminate(), CLOSE_GRACE).unref();
  }

  /** Whether it is on its way out; what it still says does not count. */
  get closing(): boolean {
    return this.#closing;
  }

  #ping(now: number): void {
    this.#pingedAt = now;
    this.#socket.ping();
  }

  #answered(): void {
    this.#pingedAt = 0;
    const frame = this.#waiting;
    if (frame === undefined || this.#closing) return;
    this.#waiting = undefined;
    this.#write(frame);
  }

  #write(frame: Buffer): void {
    // Not after a close frame, whoever sent it.
    if (this.#socket.readyState !== OPEN) return;
    this.#traffic.delivered += 1;
    this.#connection.write(frame);
  }
}

/** As many whole characters as fit into a close frame. */
function closeWords(words: string): string {
  let text = words;
  while (Buffer.byteLength(text) > MAXIMUM_REASON_BYTES) text = text.slice(0, -1);
  return text;
}
