import { BehaviorSubject, type Observable } from 'rxjs';
import { type Clock, type Disposable, PoseCoachError, systemClock } from '../base/index.ts';
import { encodeWireFrame, type WireOptions } from '../codec/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import {
  DEFAULT_CHANNEL,
  findEntryFault,
  isChannelName,
  MAXIMUM_STATE_LENGTH,
  mergeEntries,
  type StateEntries,
} from '../protocol/index.ts';
import { LiveConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type LiveSocketConstructor, socketAddress, socketConstructor } from './live-socket.ts';

/**
 * Bytes in this end's own queue over which frames are dropped: about ten small frames, so that one that is being
 * handed to the network does not count as congestion, and less than half a second of large ones.
 */
const CONGESTED_ABOVE = 16_384;

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

/** What became of the frames. */
export interface PublisherCounts {
  /** Handed to the network. */
  readonly sent: number;
  /** Not sent, because the network was behind and a newer frame would come. */
  readonly dropped: number;
  /** Not sent, because the frame has numbers that cannot be: see `PoseFrame`. */
  readonly refused: number;
}

/** A channel's source of poses. */
export interface LivePublisher extends Disposable {
  /** The present status at once, then every change; completes when disposed. */
  readonly status: Observable<PublisherStatus>;
  readonly counts: PublisherCounts;
  /**
   * Sends a frame now, or never: live is lossy, the newest wins. Works in hidden tabs, where timers hardly run.
   * @param angles joint angles of each pose, in the order of `frame.poses`
   * @returns whether it was sent
   */
  send(frame: PoseFrame, angles?: FrameAngles): boolean;
  /**
   * Changes the channel's state: reliable, kept across reconnects, given whole to whoever joins late. Keys are
   * merged; `null` removes one. For what changes a few times a second, not for what changes with every frame.
   * @throws PoseCoachError `MESSAGE_INVALID` naming the entry, `PAYLOAD_TOO_LARGE`
   */
  setState(entries: StateEntries): void;
  /** Leaves the channel. */
  dispose(): void;
}

/**
 * Connects to an overlay server and publishes poses on a channel, until disposed.
 * @example
 * const publisher = publishPoses({ url: 'http://127.0.0.1:8787', token });
 * coach.frames.subscribe(({ frame }) => publisher.send(frame));
 * @throws PoseCoachError `OPTION_INVALID`; whatever happens later is in `status`
 */
export function publishPoses(options: PublisherOptions): LivePublisher {
  return new SocketPublisher(options);
}

class SocketPublisher implements LivePublisher {
  readonly #status = new BehaviorSubject<PublisherStatus>({ status: 'connecting' });
  readonly #connection: LiveConnection;
  readonly #wire: Omit<WireOptions, 'angles'>;
  #state: StateEntries = {};
  /** Keys that were removed while nobody was there to be told. */
  #removed: StateEntries = {};
  #sent = 0;
  #dropped = 0;
  #refused = 0;

  readonly status = this.#status.asObservable();

  constructor(options: PublisherOptions) {
    const { url, channel = DEFAULT_CHANNEL, token, wire = {}, clock = systemClock } = options;
    if (!isChannelName(channel)) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `"${channel}" is no channel name: take 1 to 64 letters, digits, dots, dashes and underscores.`,
      );
    }
    this.#wire = wire;
    this.#connection = new LiveConnection(
      {
        address: socketAddress(url),
        role: 'publisher',
        channel,
        token,
        socketConstructor: socketConstructor(options.WebSocket),
        clock,
        random: options.random ?? Math.random,
        retryRefused: false,
      },
      {
        welcomed: () => this.#tellState(),
        received: () => {},
        receivedBytes: () => {},
        changed: (status) => this.#status.next(status.status === 'connected' ? { status: 'live' } : status),
      },
    );
    this.#connection.open();
  }

  get counts(): PublisherCounts {
    return { sent: this.#sent, dropped: this.#dropped, refused: this.#refused };
  }

  send(frame: PoseFrame, angles?: FrameAngles): boolean {
    const connection = this.#connection;
    connection.wake();
    const estimate = connection.clockEstimate;
    if (!connection.connected || !estimate) return false;
    if (connection.stalled || connection.bufferedAmount > CONGESTED_ABOVE) {
      this.#dropped += 1;
      return false;
    }
    const bytes = this.#encode(frame, estimate.offset, angles);
    if (!bytes || !connection.send(bytes)) return false;
    this.#sent += 1;
    return true;
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

  dispose(): void {
    this.#connection.dispose();
    this.#status.complete();
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
