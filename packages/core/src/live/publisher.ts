import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { MetricDeclaration, Reading } from '../analysis/index.ts';
import { type Clock, type Disposable, type JsonValue, PoseCoachError, systemClock } from '../base/index.ts';
import { encodeWireFrame, type WireOptions } from '../codec/index.ts';
import type { Cue } from '../feedback/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import {
  eventMetrics,
  findEntryFault,
  MAXIMUM_STATE_LENGTH,
  METRICS_KEY,
  mergeEntries,
  metricsEntry,
  type ServerMessage,
  type StateEntries,
} from '../protocol/index.ts';
import { channelName } from './channel-name.ts';
import { LiveConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type LiveSocketConstructor, socketAddress, socketConstructor } from './live-socket.ts';
import { ReadingsOutbox } from './readings-outbox.ts';

/**
 * Bytes in this end's own queue over which frames are dropped: about ten small frames, so that one that is being
 * handed to the network does not count as congestion, and less than half a second of large ones.
 */
const CONGESTED_ABOVE = 16_384;

/** Milliseconds between messages of readings: nobody reads numbers that change more than ten times a second. */
const TELL_PERIOD = 100;

/**
 * Milliseconds between messages of readings while there are events and cues, which do not wait: as frames come at
 * 30 Hz, and with frames at 60 Hz still far from what a server allows.
 */
const URGENT_PERIOD = 30;

/** Joint angles of everybody in a frame. */
type FrameAngles = NonNullable<WireOptions['angles']>;

export interface PublisherOptions {
  /** The server's address: `http://127.0.0.1:8787`, or `/` on a page that the server serves. */
  readonly url: string;
  /** Default: `main`. */
  readonly channel?: string;
  /** The server's publisher token. */
  readonly token: string;
  /** What to send besides image landmarks. Default: hands. */
  readonly wire?: Omit<WireOptions, 'angles'>;
  /** For Node 20: the `WebSocket` of the package `ws`. Default: the platform's. */
  readonly WebSocket?: LiveSocketConstructor;
  /** Default: the platform's clock. */
  readonly clock?: Clock;
  /** Numbers in [0, 1) that spread reconnects. Default: `Math.random`. */
  readonly random?: () => number;
}

/** How a publisher stands: `live` when what it sends goes out; the rest as in `ConnectionStatus`. */
export type PublisherStatus =
  | Exclude<ConnectionStatus, { readonly status: 'connected' }>
  | { readonly status: 'live' };

/** What became of what was to be sent. */
export interface PublisherCounts {
  /** Frames handed to the network. */
  readonly sent: number;
  /** Frames not sent, because the network was behind and a newer one would come. */
  readonly dropped: number;
  /** Not sent, because the frame, reading or cue has numbers or words that cannot be: see `PoseFrame`, `Reading`. */
  readonly refused: number;
}

/** A command of an extension that somebody who controls the channel wants to be run here. */
export interface LiveCommand {
  readonly command: string;
  readonly values: readonly JsonValue[];
}

/** A channel's source of poses. */
export interface LivePublisher extends Disposable {
  /** The present status at once, then every change; completes when disposed. */
  readonly status: Observable<PublisherStatus>;
  readonly counts: PublisherCounts;
  /** What somebody who controls the channel asks for, from now on. Completes when disposed. */
  readonly commands: Observable<LiveCommand>;
  /**
   * Sends a frame now, or never: live is lossy, the newest wins. Works in hidden tabs, where timers hardly run.
   * @param angles joint angles of each pose, in the order of `frame.poses`
   * @returns whether it was sent
   */
  send(frame: PoseFrame, angles?: FrameAngles): boolean;
  /**
   * Tells what is read and said, ten times a second at most: of each metric and person the newest reading, of metrics
   * that are declared as events every one, and all cues. Events and cues go out at once. Call it with the
   * readings and cues of every frame. What cannot be sent now is told when it can be, except that nothing is kept
   * while there is no connection.
   */
  tell(readings: readonly Reading[], cues: readonly Cue[]): void;
  /**
   * Changes the channel's state: reliable, kept across reconnects, given whole to whoever joins late. Keys are
   * merged; `null` removes one. For what changes a few times a second, not for what changes with every frame.
   * `declare` keeps the key `metrics`.
   * @throws PoseCoachError `MESSAGE_INVALID` naming the entry, `PAYLOAD_TOO_LARGE`
   */
  setState(entries: StateEntries): void;
  /**
   * Says what the readings speak of, as a part of the channel's state, in place of what was said before. Where it is
   * too much, the descriptions are left out, and then the last metrics.
   * @throws PoseCoachError `MESSAGE_INVALID` for numbers that cannot be
   */
  declare(metrics: readonly MetricDeclaration[]): void;
  /** Leaves the channel. */
  dispose(): void;
}

/**
 * Connects to an overlay server and publishes poses on a channel, until disposed.
 * @example
 * const publisher = publishPoses({ url: 'http://127.0.0.1:8787', token });
 * coach.frames.subscribe(({ frame, readings, cues }) => {
 *   publisher.send(frame);
 *   publisher.tell(readings, cues);
 * });
 * @throws PoseCoachError `OPTION_INVALID`; whatever happens later is in `status`
 */
export function publishPoses(options: PublisherOptions): LivePublisher {
  return new SocketPublisher(options);
}

class SocketPublisher implements LivePublisher {
  readonly #status = new BehaviorSubject<PublisherStatus>({ status: 'connecting' });
  readonly #commands = new Subject<LiveCommand>();
  readonly #clock: Clock;
  readonly #connection: LiveConnection;
  readonly #outbox = new ReadingsOutbox();
  readonly #wire: Omit<WireOptions, 'angles'>;
  #state: StateEntries = {};
  /** Keys that were removed while nobody was there to be told. */
  #removed: StateEntries = {};
  #sent = 0;
  #dropped = 0;
  #refused = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancelTell: (() => void) | undefined;

  readonly status = this.#status.asObservable();
  readonly commands = this.#commands.asObservable();

  constructor(options: PublisherOptions) {
    const { url, token, wire = {}, clock = systemClock } = options;
    this.#wire = wire;
    this.#clock = clock;
    this.#connection = new LiveConnection(
      {
        address: socketAddress(url),
        role: 'publisher',
        channel: channelName(options.channel),
        token,
        socketConstructor: socketConstructor(options.WebSocket),
        clock,
        random: options.random ?? Math.random,
        retryRefused: false,
      },
      {
        welcomed: () => this.#tellState(),
        received: (message) => this.#receive(message),
        receivedBytes: () => {},
        changed: (status) => {
          if (status.status !== 'connected') this.#forgetReadings();
          this.#status.next(status.status === 'connected' ? { status: 'live' } : status);
        },
      },
    );
    this.#connection.open();
  }

  get counts(): PublisherCounts {
    return { sent: this.#sent, dropped: this.#dropped, refused: this.#refused + this.#outbox.refused };
  }

  send(frame: PoseFrame, angles?: FrameAngles): boolean {
    const connection = this.#connection;
    connection.wake();
    const estimate = connection.clockEstimate;
    if (!connection.connected || !estimate) return false;
    if (this.#isCongested) {
      this.#dropped += 1;
      return false;
    }
    const bytes = this.#encode(frame, estimate.offset, angles);
    if (!bytes || !connection.send(bytes)) return false;
    this.#sent += 1;
    return true;
  }

  tell(readings: readonly Reading[], cues: readonly Cue[]): void {
    this.#connection.wake();
    if (!this.#connection.connected) return;
    this.#outbox.add(readings, cues);
    this.#tellWhatIsDue();
  }

  setState(entries: StateEntries): void {
    const fault = findEntryFault(entries);
    if (fault) {
      throw new PoseCoachError('MESSAGE_INVALID', `entries.${fault.path.join('.')}: ${fault.message}.`);
    }
    const state = mergeEntries(this.#state, entries);
    if (JSON.stringify(state).length > MAXIMUM_STATE_LENGTH) {
      throw new PoseCoachError(
        'PAYLOAD_TOO_LARGE',
        `A channel's state may take ${MAXIMUM_STATE_LENGTH} characters as JSON: remove keys, or shorten values.`,
      );
    }
    this.#state = state;
    if (this.#connection.send({ type: 'state', entries })) return;
    const removed = Object.entries(entries).filter(([, value]) => value === null);
    this.#removed = { ...this.#removed, ...Object.fromEntries(removed) };
  }

  declare(metrics: readonly MetricDeclaration[]): void {
    const rest = JSON.stringify({ ...this.#state, [METRICS_KEY]: null }).length;
    this.setState(metricsEntry(metrics, MAXIMUM_STATE_LENGTH - rest));
    this.#outbox.events = eventMetrics(metrics);
  }

  dispose(): void {
    this.#connection.dispose();
    this.#forgetReadings();
    this.#status.complete();
    this.#commands.complete();
  }

  get #isCongested(): boolean {
    return this.#connection.stalled || this.#connection.bufferedAmount > CONGESTED_ABOVE;
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'command') {
      this.#commands.next({ command: message.command, values: message.values });
    }
    this.#tellWhatIsDue();
  }

  /** Sends what waits, if its time has come; the timer is for when no frame and no message comes in between. */
  #tellWhatIsDue(): void {
    const outbox = this.#outbox;
    if (outbox.isEmpty || !this.#connection.connected) return;
    const now = this.#clock.now();
    const wait = this.#toldAt + (outbox.isUrgent ? URGENT_PERIOD : TELL_PERIOD) - now;
    if (wait <= 0 && !this.#isCongested) {
      this.#toldAt = now;
      const message = outbox.take();
      if (message) this.#connection.send(message);
    }
    if (outbox.isEmpty || this.#cancelTell) return;
    this.#cancelTell = this.#clock.delay(wait > 0 ? wait : TELL_PERIOD, () => {
      this.#cancelTell = undefined;
      this.#tellWhatIsDue();
    });
  }

  #forgetReadings(): void {
    this.#outbox.clear();
    this.#cancelTell?.();
    this.#cancelTell = undefined;
  }

  /** The server may be a new one that knows nothing: it is told everything. */
  #tellState(): void {
    const entries = { ...this.#removed, ...this.#state };
    this.#removed = {};
    if (Object.keys(entries).length > 0) this.#connection.send({ type: 'state', entries });
  }

  #encode(
    frame: PoseFrame,
    offset: number,
    angles: FrameAngles | undefined,
  ): Uint8Array<ArrayBuffer> | undefined {
    const { timings } = frame;
    // In the server's time, so that subscribers on other machines can tell how old it is.
    const stamped = { ...frame, timings: { ...timings, capturedAt: timings.capturedAt + offset } };
    try {
      return encodeWireFrame(stamped, angles ? { ...this.#wire, angles } : this.#wire);
    } catch (thrown) {
      if (!(thrown instanceof PoseCoachError)) throw thrown;
      this.#refused += 1;
      return undefined;
    }
  }
}
