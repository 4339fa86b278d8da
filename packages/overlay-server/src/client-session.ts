import type { Writable } from 'node:stream';
import type { Clock, PoseCoachError } from '@pose-coach/core';
import { peekWireHeader } from '@pose-coach/core/codec';
import {
  type ClientMessage,
  type CloseReasonName,
  type HelloMessage,
  PROTOCOL_VERSION,
  parseClientMessage,
  type UnknownMessage,
} from '@pose-coach/core/protocol';
import type { RawData, WebSocket } from 'ws';
import type { Access } from './access.ts';
import { binaryFrame } from './binary-frame.ts';
import type { Channel, Channels } from './channel.ts';
import type { ServerLimits } from './limits.ts';
import { Peer, type Traffic } from './peer.ts';
import { TokenBucket } from './token-bucket.ts';

/** Seconds' worth of messages that may come at once: what a network that stood still delivers when it goes on. */
const BURST_SECONDS = 2;

/** What all sessions share. */
export interface SessionContext {
  readonly access: Access;
  readonly channels: Channels;
  readonly limits: ServerLimits;
  readonly clock: Clock;
  readonly traffic: Traffic;
}

/**
 * What one connection says, from its hello to its end. Whatever the protocol does not allow closes this connection
 * with a code and a reason, and touches nobody else.
 */
export class ClientSession {
  readonly peer: Peer;
  readonly #context: SessionContext;
  readonly #helloTimer: NodeJS.Timeout;
  #bucket: TokenBucket;
  #channel: Channel | undefined;
  #publishes = false;

  constructor(socket: WebSocket, connection: Writable, context: SessionContext) {
    const { limits, clock, traffic } = context;
    this.#context = context;
    this.peer = new Peer(socket, connection, traffic);
    this.#bucket = this.#newBucket(limits.subscriberMessages);
    this.#helloTimer = setTimeout(
      () => this.#refuse('timeout', 'There was no hello in time.'),
      limits.helloWithin,
    );
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary, clock.now()));
    socket.on('close', () => this.#ended());
    // What arrives here is a broken frame, which `ws` has answered with a close code of RFC 6455.
    socket.on('error', () => {
      traffic.refused += 1;
    });
  }

  #newBucket(rate: number): TokenBucket {
    return new TokenBucket(rate, rate * BURST_SECONDS, this.#context.clock.now());
  }

  #receive(data: RawData, isBinary: boolean, now: number): void {
    if (this.peer.closing) return;
    if (!this.#bucket.take(now)) {
      this.#refuse('rateLimited', 'Too many messages a second.');
      return;
    }
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat([data].flat().map((part) => new Uint8Array(part)));
    if (isBinary) this.#relay(bytes, now);
    else this.#read(bytes.toString(), now);
  }

  #relay(frame: Buffer, now: number): void {
    const channel = this.#channel;
    if (!channel || !this.#publishes) {
      this.#refuse('messageInvalid', 'Poses are a publisher’s to send, after its hello.');
      return;
    }
    const header = peekWireHeader(frame);
    if (!header.ok) {
      const { code, message } = header.error;
      this.#refuse(code === 'VERSION_UNSUPPORTED' ? 'versionUnsupported' : 'messageInvalid', message);
      return;
    }
    this.#context.traffic.relayed += 1;
    channel.publish(binaryFrame(frame), now);
  }

  #read(text: string, now: number): void {
    const parsed = parseClientMessage(text);
    if (!parsed.ok) {
      this.#refuse(refusalOf(parsed.error), parsed.error.message);
      return;
    }
    const message = parsed.value;
    if (this.#channel) this.#answer(message, this.#channel, now);
    else if (message.type === 'hello') this.#join(message, now);
    else this.#refuse('messageInvalid', 'The first message must be a hello.');
  }

  #join({ role, channel: name, token }: HelloMessage, now: number): void {
    const { access, channels, limits } = this.#context;
    const publishes = role === 'publisher';
    if (publishes ? !access.mayPublish(token) : !access.mayWatch(name, token)) {
      this.#refuse(
        'unauthorized',
        publishes
          ? 'The token is not this server’s: open the studio link that the server printed.'
          : 'The key does not fit this channel: copy the overlay link from the studio again.',
      );
      return;
    }
    clearTimeout(this.#helloTimer);
    const channel = channels.open(name);
    this.#channel = channel;
    this.#publishes = publishes;
    if (publishes) {
      this.#bucket = this.#newBucket(limits.publisherMessages);
      channel.takeOver(this.peer);
    } else {
      channel.subscribe(this.peer);
    }
    this.peer.send({ type: 'welcome', version: PROTOCOL_VERSION, serverTime: now, ...channel.snapshot() });
  }

  #answer(message: ClientMessage | UnknownMessage, channel: Channel, now: number): void {
    switch (message.type) {
      case 'ping':
        this.peer.send({ type: 'pong', sentAt: message.sentAt, serverTime: now });
        break;
      case 'state':
        if (!this.#publishes) this.#refuse('messageInvalid', 'The state is a publisher’s to change.');
        else if (!channel.change(message.entries)) {
          this.#refuse(
            'stateTooLarge',
            'The channel’s state would be too large: remove keys, or shorten values.',
          );
        }
        break;
      case 'hello':
        this.#refuse('messageInvalid', 'A connection says hello once.');
        break;
      case 'unknown':
        this.#context.traffic.ignored += 1;
    }
  }

  #refuse(reason: CloseReasonName, words: string): void {
    this.#context.traffic.refused += 1;
    this.peer.close(reason, words);
  }

  #ended(): void {
    clearTimeout(this.#helloTimer);
    if (this.#channel) this.#context.channels.leave(this.#channel, this.peer);
  }
}

function refusalOf({ code }: PoseCoachError): CloseReasonName {
  if (code === 'VERSION_UNSUPPORTED') return 'versionUnsupported';
  return code === 'PAYLOAD_TOO_LARGE' ? 'tooBig' : 'messageInvalid';
}
