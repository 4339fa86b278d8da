import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { Reading } from '../analysis/index.ts';
import { type Clock, type Disposable, PoseCoachError, systemClock } from '../base/index.ts';
import { decodeWireFrame, type SequenceState, sequenceGap, type WireFrame } from '../codec/index.ts';
import type { Cue } from '../feedback/index.ts';
import {
  DEFAULT_CHANNEL,
  isChannelName,
  mergeEntries,
  type ServerMessage,
  type StateEntries,
} from '../protocol/index.ts';
import { LiveConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type LiveSocketConstructor, socketAddress, socketConstructor } from './live-socket.ts';

export interface SubscriberOptions {
  /** The server's address: `http://127.0.0.1:8787`, or `/` on a page that the server serves. */
  readonly url: string;
  /** Default: `main`. */
  readonly channel?: string;
  /** The viewer key of the overlay link, or the publisher token. */
  readonly key?: string;
  /** For Node 20: the `WebSocket` of the package `ws`. Default: the platform's. */
  readonly WebSocket?: LiveSocketConstructor;
  /** Default: the platform's clock. */
  readonly clock?: Clock;
  /** Numbers in [0, 1) that spread reconnects. Default: `Math.random`. */
  readonly random?: () => number;
}

/** A frame as it arrived, with what its wire form carried. */
export interface ReceivedFrame extends WireFrame {
  /** Milliseconds from capture to arrival here, by the server's clock: wrong by half a round trip at most. */
  readonly age: number;
  /** Frames that the publisher sent after the one before and that never arrived. */
  readonly lost: number;
}

/** Whether somebody publishes, and which of those that did. */
export interface LiveSource {
  /** False also while there is no connection: nobody knows then. */
  readonly live: boolean;
  /** Goes up whenever the publisher comes, goes or changes: frames before and after have nothing to do with each other. */
  readonly generation: number;
}

/** What a publisher reads and says: what is new since the emission before. */
export interface LiveReadings {
  readonly readings: readonly Reading[];
  readonly cues: readonly Cue[];
}

/** What became of the frames. */
export interface SubscriberCounts {
  readonly received: number;
  /** Sent, and never arrived. */
  readonly lost: number;
  /** Arrived, and could not be read. */
  readonly refused: number;
  /** Messages of types that this version does not know. */
  readonly unknown: number;
}

/** A channel's watcher. */
export interface LiveSubscriber extends Disposable {
  /** Every frame that arrives, from now on. Completes when disposed, and never errors. */
  readonly frames: Observable<ReceivedFrame>;
  /** The channel's whole state at once, then after every change. Kept while the connection is lost. */
  readonly state: Observable<StateEntries>;
  /** At once, then every change. */
  readonly source: Observable<LiveSource>;
  /** At once, then every change. */
  readonly status: Observable<ConnectionStatus>;
  readonly counts: SubscriberCounts;
  /** Milliseconds since the Unix epoch by the server's clock, the one that frames are stamped with. */
  serverNow(): number;
  /** Leaves the channel. */
  dispose(): void;
}

/**
 * Connects to an overlay server and watches a channel until disposed; comes back by itself, also after a refusal
 * (every half minute), because overlays are left alone.
 * @throws PoseCoachError `OPTION_INVALID`; whatever happens later is in `status`
 */
export function subscribePoses(options: SubscriberOptions): LiveSubscriber {
  return new SocketSubscriber(options);
}

class SocketSubscriber implements LiveSubscriber {
  readonly #frames = new Subject<ReceivedFrame>();
  readonly #state = new BehaviorSubject<StateEntries>({});
  readonly #source = new BehaviorSubject<LiveSource>({ live: false, generation: 0 });
  readonly #status = new BehaviorSubject<ConnectionStatus>({ status: 'connecting' });
  readonly #clock: Clock;
  readonly #connection: LiveConnection;
  #sequence: SequenceState | undefined;
  #received = 0;
  #lost = 0;
  #refused = 0;

  readonly frames = this.#frames.asObservable();
  readonly state = this.#state.asObservable();
  readonly source = this.#source.asObservable();
  readonly status = this.#status.asObservable();

  constructor(options: SubscriberOptions) {
    const { url, channel = DEFAULT_CHANNEL, key, clock = systemClock } = options;
    if (!isChannelName(channel)) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `"${channel}" is no channel name: take 1 to 64 letters, digits, dots, dashes and underscores.`,
      );
    }
    this.#clock = clock;
    this.#connection = new LiveConnection(
      {
        address: socketAddress(url),
        role: 'subscriber',
        channel,
        token: key,
        socketConstructor: socketConstructor(options.WebSocket),
        clock,
        random: options.random ?? Math.random,
        retryRefused: true,
      },
      {
        welcomed: ({ live, state }) => {
          this.#state.next(state);
          if (live) this.#sourceChanged(true);
        },
        received: (message) => this.#receive(message),
        receivedBytes: (bytes) => this.#receiveFrame(bytes),
        changed: (status) => {
          if (status.status !== 'connected' && this.#source.value.live) this.#sourceChanged(false);
          this.#status.next(status);
        },
      },
    );
    this.#connection.open();
  }

  get counts(): SubscriberCounts {
    return {
      received: this.#received,
      lost: this.#lost,
      refused: this.#refused,
      unknown: this.#connection.unknownMessages,
    };
  }

  serverNow(): number {
    return this.#clock.now() + (this.#connection.clockEstimate?.offset ?? 0);
  }

  dispose(): void {
    this.#connection.dispose();
    for (const subject of [this.#frames, this.#state, this.#source, this.#status]) subject.complete();
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'state') this.#state.next(mergeEntries(this.#state.value, message.entries));
    else if (message.type === 'source') this.#sourceChanged(message.live);
  }

  #sourceChanged(live: boolean): void {
    this.#sequence = undefined;
    this.#source.next({ live, generation: this.#source.value.generation + 1 });
  }

  #receiveFrame(bytes: ArrayBuffer): void {
    const decoded = decodeWireFrame(bytes);
    if (!decoded.ok) {
      this.#refused += 1;
      return;
    }
    const { frame } = decoded.value;
    const [sequence, lost] = sequenceGap(this.#sequence, frame);
    this.#sequence = sequence;
    this.#received += 1;
    this.#lost += lost;
    this.#frames.next({ ...decoded.value, age: this.serverNow() - frame.timings.capturedAt, lost });
  }
}
