import type { Writable } from 'node:stream';
import type { Clock, PoseCoachError } from '@pose-coach/core';
import { peekWireHeader } from '@pose-coach/core/codec';
import {
  type ClientMessage,
  type CloseReasonName,
  type HelloMessage,
  PROTOCOL_VERSION,
  parseClientMessage,
  type RequestMessage,
  type Role,
  type UnknownMessage,
  type WelcomeMessage,
} from '@pose-coach/core/protocol';
import type { RawData, WebSocket } from 'ws';
import type { Access } from './access.ts';
import { binaryFrame } from './binary-frame.ts';
import type { Channels } from './channels.ts';
import { answerRequest } from './control/requests.ts';
import type { ServerLimits } from './limits.ts';
import { Peer, type Traffic } from './peer.ts';
import type { StageDirector } from './stage/stage-director.ts';
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
  /** The address of an overlay; `base` is where the asker found the server, if that is known to be it. */
  overlayLink(channel: string, scene: string | undefined, base: string | undefined): string;
}

/** What a connection brings along. */
export interface SessionConnection {
  readonly socket: WebSocket;
  /** What `socket` writes to. */
  readonly connection: Writable;
  /** Its number, which no other connection of this server has. */
  readonly id: number;
  /** The address under which it reached the server, if it is one that can only be this machine's. */
  readonly base: string | undefined;
}

/**
 * What one connection says, from its hello to its end. Whatever the protocol does not allow closes this connection
 * with a code and a reason, and touches nobody else.
 */
export class ClientSession {
  readonly peer: Peer;
  readonly #context: SessionContext;
  readonly #id: number;
  readonly #base: string | undefined;
  readonly #helloTimer: NodeJS.Timeout;
  #bucket: TokenBucket;
  #joined: StageDirector | undefined;
  #role: Role | undefined;

  constructor({ socket, connection, id, base }: SessionConnection, context: SessionContext) {
    const { limits, clock, traffic } = context;
    this.#context = context;
    this.#id = id;
    this.#base = base;
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
    const joined = this.#joined;
    if (!joined || this.#role !== 'publisher') {
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
    joined.channel.publish(binaryFrame(frame), now);
    joined.frame(header.value);
  }

  #read(text: string, now: number): void {
    const parsed = parseClientMessage(text);
    if (!parsed.ok) {
      this.#refuse(refusalOf(parsed.error), parsed.error.message);
      return;
    }
    const message = parsed.value;
    if (this.#joined) this.#answer(message, this.#joined, now);
    else if (message.type === 'hello') this.#join(message, now);
    else this.#refuse('messageInvalid', 'The first message must be a hello.');
  }

  #join({ role, channel: name, token, poses = true }: HelloMessage, now: number): void {
    const { access, channels, limits } = this.#context;
    if (role === 'subscriber' ? !access.mayWatch(name, token) : !access.mayPublish(token)) {
      this.#refuse(
        'unauthorized',
        role === 'subscriber'
          ? 'The key does not fit this channel: copy the overlay link from the studio again.'
          : 'The token is not this server’s: open the studio link that the server printed.',
      );
      return;
    }
    clearTimeout(this.#helloTimer);
    const joined = channels.open(name);
    this.#joined = joined;
    this.#role = role;
    switch (role) {
      case 'publisher':
        this.#bucket = this.#newBucket(limits.publisherMessages);
        joined.channel.takeOver(this.peer);
        break;
      case 'controller':
        this.#bucket = this.#newBucket(limits.controllerMessages);
        joined.channel.control(this.peer);
        break;
      case 'subscriber':
        joined.channel.subscribe(this.peer, { poses });
    }
    this.peer.send(welcome(role, joined, now));
  }

  #answer(message: ClientMessage | UnknownMessage, joined: StageDirector, now: number): void {
    const { channel } = joined;
    switch (message.type) {
      case 'ping':
        this.peer.send({ type: 'pong', sentAt: message.sentAt, serverTime: now });
        break;
      case 'state':
        if (this.#isA('publisher', 'The state is') && !channel.change(message.entries)) {
          this.#refuse(
            'stateTooLarge',
            'The channel’s state would be too large: remove keys, or shorten values.',
          );
        }
        break;
      case 'readings':
        if (this.#isA('publisher', 'Readings are')) joined.tell(message);
        break;
      case 'painted':
        if (this.#isA('subscriber', 'What was painted is')) channel.painted(this.peer, message);
        break;
      case 'request':
        if (this.#isA('controller', 'Requests are')) void this.#request(message, joined);
        break;
      case 'hello':
        this.#refuse('messageInvalid', 'A connection says hello once.');
        break;
      case 'unknown':
        this.#context.traffic.ignored += 1;
    }
  }

  async #request(request: RequestMessage, director: StageDirector): Promise<void> {
    const answer = await answerRequest(request, {
      director,
      connection: this.#id,
      overlayLink: (scene) => this.#context.overlayLink(director.channel.name, scene, this.#base),
      obs: director.obs?.methods,
    });
    this.peer.send(answer);
  }

  /** Whether this connection has a role; one that has not is closed with words. */
  #isA(role: Role, subject: string): boolean {
    if (this.#role === role) return true;
    this.#refuse('messageInvalid', `${subject} a ${role}’s to send.`);
    return false;
  }

  #refuse(reason: CloseReasonName, words: string): void {
    this.#context.traffic.refused += 1;
    this.peer.close(reason, words);
  }

  #ended(): void {
    clearTimeout(this.#helloTimer);
    if (this.#joined) this.#context.channels.leave(this.#joined, this.peer);
  }
}

/** How the channel stands, as far as it is of use to whoever joins. */
function welcome(role: Role, director: StageDirector, now: number): WelcomeMessage {
  const message: WelcomeMessage = {
    type: 'welcome',
    version: PROTOCOL_VERSION,
    serverTime: now,
    ...director.channel.snapshot(),
  };
  // It shows nothing.
  if (role === 'publisher') return message;
  const shown = { ...message, readings: director.channel.newest.list() };
  if (role === 'subscriber') return { ...shown, stage: director.watched };
  const { obs, revised: stage } = director;
  return { ...shown, stage, ...(obs ? { obs: obs.status } : {}) };
}

function refusalOf({ code }: PoseCoachError): CloseReasonName {
  if (code === 'VERSION_UNSUPPORTED') return 'versionUnsupported';
  return code === 'PAYLOAD_TOO_LARGE' ? 'tooBig' : 'messageInvalid';
}
