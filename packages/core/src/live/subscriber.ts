import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import { type Clock, type Disposable, systemClock } from '../base/index.ts';
import { decodeWireFrame, type SequenceState, sequenceGap, type WireFrame } from '../codec/index.ts';
import type { PaintedMessage, RevisedStage, StageEffect, StateEntries } from '../protocol/index.ts';
import { channelName } from './channel-name.ts';
import { ChannelView, type LiveReadings, type LiveSource } from './channel-view.ts';
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
  /** False for whoever wants readings and cues only: then there are no frames. Default: true. */
  readonly poses?: boolean;
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
  /** What the publisher reads and says. On joining first the newest reading of each metric and person, if any. */
  readonly readings: Observable<LiveReadings>;
  /** What overlays show, at once as far as it is known, then after every change. Kept while the connection is lost. */
  readonly stage: Observable<RevisedStage | undefined>;
  /** What overlays do at once, from now on. */
  readonly effects: Observable<StageEffect>;
  /**
   * Tells the server how late frames were painted, for the delay that it measures: about once a second, by a page
   * that paints them. Not told while there is no connection, or when a number is none.
   */
  painted(painted: Omit<PaintedMessage, 'type'>): void;
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
  readonly #effects = new Subject<StageEffect>();
  readonly #view = new ChannelView();
  readonly #status = new BehaviorSubject<ConnectionStatus>({ status: 'connecting' });
  readonly #clock: Clock;
  readonly #connection: LiveConnection;
  #sequence: SequenceState | undefined;
  #received = 0;
  #lost = 0;
  #refused = 0;

  readonly frames = this.#frames.asObservable();
  readonly effects = this.#effects.asObservable();
  readonly state = this.#view.state;
  readonly source = this.#view.source;
  readonly stage = this.#view.stage;
  readonly readings = this.#view.readings;
  readonly status = this.#status.asObservable();

  constructor(options: SubscriberOptions) {
    const { url, key, clock = systemClock } = options;
    this.#clock = clock;
    this.#connection = new LiveConnection(
      {
        address: socketAddress(url),
        role: 'subscriber',
        channel: channelName(options.channel),
        token: key,
        poses: options.poses,
        socketConstructor: socketConstructor(options.WebSocket),
        clock,
        random: options.random ?? Math.random,
        retryRefused: true,
      },
      {
        welcomed: (message) => this.#view.welcomed(message),
        received: (message) => {
          if (message.type === 'effect') this.#effects.next(message.effect);
          else this.#view.received(message);
        },
        receivedBytes: (bytes) => this.#receiveFrame(bytes),
        changed: (status) => {
          if (status.status !== 'connected') this.#view.lost();
          this.#status.next(status);
        },
      },
    );
    this.source.subscribe(() => {
      this.#sequence = undefined;
    });
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

  painted({ frames, median, longest }: Omit<PaintedMessage, 'type'>): void {
    if (!(Number.isSafeInteger(frames) && Number.isFinite(median) && Number.isFinite(longest))) return;
    this.#connection.send({ type: 'painted', frames, median, longest });
  }

  dispose(): void {
    this.#connection.dispose();
    this.#view.dispose();
    for (const subject of [this.#frames, this.#effects, this.#status]) subject.complete();
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
