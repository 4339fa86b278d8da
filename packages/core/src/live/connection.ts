import { type Clock, type Disposable, PoseCoachError } from '../base/index.ts';
import {
  CLOSE_REASONS,
  type ClientMessage,
  closeReason,
  encodeMessage,
  type HelloMessage,
  PROTOCOL_VERSION,
  parseServerMessage,
  type Role,
  type ServerMessage,
  type WelcomeMessage,
} from '../protocol/index.ts';
import { backoffDelay } from './backoff.ts';
import { addClockSample, type ClockEstimate, type ClockSample, estimateClock } from './clock-offset.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { LiveSocket, LiveSocketConstructor } from './live-socket.ts';

/** Milliseconds between questions for the server's time; more often only wakes radios. */
const PING_PERIOD = 2000;

/** The first pings go out as soon as the one before is answered, so that the clock is good within a few round trips. */
const QUICK_PINGS = 4;

/** Milliseconds a ping may stay unanswered before poses are held back: they would only queue up behind it. */
const HOLD_AFTER = 2000;

/** Milliseconds of silence after which the connection counts as lost, four times the time between pings. */
const LOST_AFTER = 8000;

/** A connection that lived this many milliseconds was a good one: the next failure starts from the shortest wait. */
const STABLE_AFTER = 5000;

/** Milliseconds until somebody who was refused asks again: tokens and servers do get changed. */
const REFUSED_RETRY = 30_000;

/** RFC 6455: a normal end. */
const NORMAL_CLOSE = 1000;

/** `readyState` of an open socket, the same number in every implementation. */
const OPEN = 1;

/** What a connection needs to know. */
export interface ConnectionSettings {
  readonly address: string;
  readonly role: Role;
  readonly channel: string;
  readonly token: string | undefined;
  /** False for a subscriber that wants no poses. */
  readonly poses?: boolean | undefined;
  readonly socketConstructor: LiveSocketConstructor;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether to ask again, slowly, after a refusal: for overlays, which nobody looks after. */
  readonly retryRefused: boolean;
}

/** Who is told what the connection brings. */
export interface ConnectionListener {
  welcomed(message: WelcomeMessage): void;
  received(message: ServerMessage): void;
  receivedBytes(bytes: ArrayBuffer): void;
  changed(status: ConnectionStatus): void;
}

/**
 * One end's connection to the overlay server: says hello, comes back with backoff, notices silence, estimates the
 * server's clock. Everything that is due is done when a message comes or is sent (`wake`), because in a hidden tab
 * timers hardly run while messages do; the timers are for when there is no traffic.
 */
export class LiveConnection implements Disposable {
  readonly #settings: ConnectionSettings;
  readonly #listener: ConnectionListener;
  #socket: LiveSocket | undefined;
  #connected = false;
  #disposed = false;
  #failures = 0;
  #openedAt = 0;
  #connectedAt = 0;
  #heardAt = 0;
  #pingedAt = 0;
  #pingPending = false;
  #helloAt = 0;
  #retryAt: number | undefined;
  #refusal: PoseCoachError | undefined;
  #samples: readonly ClockSample[] = [];
  #clockEstimate: ClockEstimate | undefined;
  #cancelTimer: () => void = () => {};

  /** Messages of types that this version does not know. */
  unknownMessages = 0;

  constructor(settings: ConnectionSettings, listener: ConnectionListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  /** Connects, and keeps connected until disposed. */
  open(): void {
    const { address, socketConstructor, clock } = this.#settings;
    this.#retryAt = undefined;
    this.#refusal = undefined;
    this.#openedAt = clock.now();
    this.#listener.changed({ status: 'connecting' });
    if (this.#disposed) return;
    let socket: LiveSocket;
    try {
      socket = new socketConstructor(address);
    } catch (cause) {
      this.#end(
        new PoseCoachError('OPTION_INVALID', `This page may not connect to ${address}.`, { cause }),
        'refused',
      );
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.#whileCurrent(socket, () => this.#hello()));
    socket.addEventListener('message', ({ data }) => this.#whileCurrent(socket, () => this.#receive(data)));
    socket.addEventListener('close', ({ code }) => this.#whileCurrent(socket, () => this.#closed(code)));
    // The close event that follows says what can be said; without a listener `ws` would throw.
    socket.addEventListener('error', () => {});
    this.#tick();
  }

  /** Whether the server has said welcome. */
  get connected(): boolean {
    return this.#connected;
  }

  /** What is known of the server's clock. */
  get clockEstimate(): ClockEstimate | undefined {
    return this.#clockEstimate;
  }

  /** Bytes that wait in this end's own queue. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Whether the other end has not answered for so long that more poses would only be late. */
  get stalled(): boolean {
    return this.#pingPending && this.#settings.clock.now() - this.#pingedAt > HOLD_AFTER;
  }

  /** Sends if connected; says whether it was. */
  send(data: ClientMessage | Uint8Array<ArrayBuffer>): boolean {
    const socket = this.#socket;
    if (!this.#connected || socket?.readyState !== OPEN) return false;
    socket.send(data instanceof Uint8Array ? data : encodeMessage(data));
    return true;
  }

  /** Does what is due: connect again, ask for the time, give a silent server up. Cheap; call it with every frame. */
  wake(): void {
    if (this.#disposed) return;
    const now = this.#settings.clock.now();
    if (!this.#socket) {
      if (this.#retryAt !== undefined && now >= this.#retryAt) this.open();
      return;
    }
    if (!this.#connected) {
      if (now - this.#openedAt > LOST_AFTER) this.#lost('does not answer');
      return;
    }
    if (this.#pingPending) {
      if (now - Math.max(this.#pingedAt, this.#heardAt) > LOST_AFTER) this.#lost('has fallen silent');
    } else if (now - this.#pingedAt >= PING_PERIOD) {
      this.#ping(now);
    }
  }

  /** Leaves; nothing is reported after this. */
  dispose(): void {
    this.#disposed = true;
    this.#cancelTimer();
    this.#drop();
  }

  #whileCurrent(socket: LiveSocket, handle: () => void): void {
    if (socket === this.#socket && !this.#disposed) handle();
  }

  #hello(): void {
    const { clock, role, channel, token, poses } = this.#settings;
    this.#helloAt = clock.now();
    const hello: HelloMessage = {
      type: 'hello',
      version: PROTOCOL_VERSION,
      role,
      channel,
      ...(token === undefined ? {} : { token }),
      ...(poses === false ? { poses } : {}),
    };
    this.#socket?.send(encodeMessage(hello));
  }

  #receive(data: unknown): void {
    this.#heardAt = this.#settings.clock.now();
    if (data instanceof ArrayBuffer) {
      if (this.#connected) this.#listener.receivedBytes(data);
    } else {
      this.#receiveText(String(data));
    }
    this.wake();
  }

  #receiveText(text: string): void {
    const parsed = parseServerMessage(text);
    if (!parsed.ok) {
      this.#drop();
      this.#end(parsed.error, parsed.error.code === 'VERSION_UNSUPPORTED' ? 'refused' : 'waiting');
      return;
    }
    const message = parsed.value;
    switch (message.type) {
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'pong':
        this.#pingPending = false;
        this.#sample(message.sentAt, message.serverTime);
        if (this.#samples.length < QUICK_PINGS) this.#ping(this.#heardAt);
        break;
      case 'error':
        this.#refusal = new PoseCoachError('CONNECTION_LOST', message.message);
        break;
      case 'unknown':
        this.unknownMessages += 1;
        break;
      default:
        this.#listener.received(message);
    }
  }

  #welcomed(message: WelcomeMessage): void {
    this.#connected = true;
    this.#connectedAt = this.#heardAt;
    // The clocks of a new connection may be another server's.
    this.#samples = [];
    this.#sample(this.#helloAt, message.serverTime);
    this.#listener.changed({ status: 'connected' });
    this.#listener.welcomed(message);
    this.#ping(this.#heardAt);
  }

  #ping(now: number): void {
    this.#pingPending = true;
    this.#pingedAt = now;
    this.send({ type: 'ping', sentAt: now });
  }

  #sample(sentAt: number, serverTime: number): void {
    this.#samples = addClockSample(this.#samples, { sentAt, serverTime, receivedAt: this.#heardAt });
    this.#clockEstimate = estimateClock(this.#samples);
  }

  #closed(code: number): void {
    const { address } = this.#settings;
    const wasConnected = this.#connected;
    const reason = closeReason(code);
    const lost = wasConnected
      ? `The connection to ${address} was lost.`
      : `${address} does not answer: is the overlay server running, and is the address right?`;
    const error = new PoseCoachError(reason.error, this.#refusal?.message ?? lost);
    this.#drop();
    if (code === CLOSE_REASONS.replaced.code) this.#end(error, 'replaced');
    else this.#end(error, reason.retry ? 'waiting' : 'refused');
  }

  #lost(what: string): void {
    this.#drop();
    this.#end(
      new PoseCoachError('CONNECTION_LOST', `The server at ${this.#settings.address} ${what}.`),
      'waiting',
    );
  }

  /** Lets the socket go without waiting for its end to be agreed on. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (this.#connected && this.#settings.clock.now() - this.#connectedAt > STABLE_AFTER) this.#failures = 0;
    this.#connected = false;
    this.#pingPending = false;
    socket?.close(NORMAL_CLOSE);
  }

  #end(error: PoseCoachError, status: 'waiting' | 'replaced' | 'refused'): void {
    const { clock, random, retryRefused } = this.#settings;
    if (status === 'replaced' || (status === 'refused' && !retryRefused)) {
      this.#cancelTimer();
      this.#listener.changed({ status, error });
      return;
    }
    const delay = status === 'refused' ? REFUSED_RETRY : backoffDelay(this.#failures, random());
    this.#failures += 1;
    this.#retryAt = clock.now() + delay;
    this.#tick();
    this.#listener.changed({ status, error, retryAt: this.#retryAt });
  }

  /** The slow hand for times without traffic: wakes at the retry, or every ping period. */
  #tick(): void {
    const { clock } = this.#settings;
    this.#cancelTimer();
    if (this.#disposed) return;
    const delay = this.#retryAt === undefined ? PING_PERIOD : Math.max(0, this.#retryAt - clock.now());
    this.#cancelTimer = clock.delay(delay, () => {
      this.wake();
      if (this.#socket || this.#retryAt !== undefined) this.#tick();
    });
  }
}
