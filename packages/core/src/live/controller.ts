import { BehaviorSubject, filter, type Observable, ReplaySubject, Subject } from 'rxjs';
import { type Clock, type Disposable, systemClock } from '../base/index.ts';
import type {
  ControlMethod,
  ControlParams,
  ControlResult,
  FiredMessage,
  RevisedStage,
  ServerMessage,
} from '../protocol/index.ts';
import type { ObsStatus } from '../stage/index.ts';
import { channelName } from './channel-name.ts';
import { ChannelView, type LiveReadings, type LiveSource } from './channel-view.ts';
import { LiveConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type LiveSocketConstructor, socketAddress, socketConstructor } from './live-socket.ts';
import { PendingRequests } from './pending-requests.ts';

export interface ControllerOptions {
  /** The server's address: `http://127.0.0.1:8787`, or `/` on a page that the server serves. */
  readonly url: string;
  /** Default: `main`. */
  readonly channel?: string;
  /** The publisher token: whoever has it controls the stage, and OBS through it. */
  readonly token: string;
  /** For Node 20: the `WebSocket` of the package `ws`. Default: the platform's. */
  readonly WebSocket?: LiveSocketConstructor;
  /** Default: the platform's clock. */
  readonly clock?: Clock;
  /** Numbers in [0, 1) that spread reconnects. Default: `Math.random`. */
  readonly random?: () => number;
}

/** Whoever arranges what a channel's overlays show: the studio, the editor, the dock. Receives no poses. */
export interface StageController extends Disposable {
  /** At once, then every change. Comes back by itself. */
  readonly status: Observable<ConnectionStatus>;
  /** The stage as the server has it, as soon as it is known, then after every change, by whomever. */
  readonly stage: Observable<RevisedStage>;
  readonly source: Observable<LiveSource>;
  /** What is read and said, as of `LiveSubscriber`. */
  readonly readings: Observable<LiveReadings>;
  /** The channel's state: among it, under `metrics`, what its readings are declared as. */
  readonly state: Observable<Readonly<Record<string, unknown>>>;
  readonly obs: Observable<ObsStatus>;
  readonly fired: Observable<FiredMessage>;
  /**
   * Asks the server for something.
   * @throws PoseCoachError (as a rejection) with the server's code and words; `CONNECTION_LOST` when there is no
   *   connection, when it is lost before the answer, or when none comes within ten seconds; `PAYLOAD_TOO_LARGE` for
   *   more than fits into a message; `DISPOSED`
   */
  request<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>>;
  /** Leaves the channel. */
  dispose(): void;
}

/**
 * Connects to an overlay server as one that arranges what a channel's overlays show, until disposed; comes back by
 * itself, also after a refusal (every half minute), because docks are left alone.
 * @example
 * const controller = controlStage({ url: 'http://127.0.0.1:8787', token });
 * await controller.request('obs.scene', { scene: 'Dance' });
 * @throws PoseCoachError `OPTION_INVALID`; whatever happens later is in `status`
 */
export function controlStage(options: ControllerOptions): StageController {
  return new SocketController(options);
}

class SocketController implements StageController {
  readonly #status = new BehaviorSubject<ConnectionStatus>({ status: 'connecting' });
  readonly #obs = new ReplaySubject<ObsStatus>(1);
  readonly #fired = new Subject<FiredMessage>();
  readonly #view = new ChannelView();
  readonly #connection: LiveConnection;
  readonly #requests: PendingRequests;

  readonly status = this.#status.asObservable();
  readonly obs = this.#obs.asObservable();
  readonly fired = this.#fired.asObservable();
  readonly state = this.#view.state;
  readonly source = this.#view.source;
  readonly readings = this.#view.readings;
  readonly stage = this.#view.stage.pipe(filter((stage) => stage !== undefined));

  constructor(options: ControllerOptions) {
    const { url, token, clock = systemClock } = options;
    this.#connection = new LiveConnection(
      {
        address: socketAddress(url),
        role: 'controller',
        channel: channelName(options.channel),
        token,
        socketConstructor: socketConstructor(options.WebSocket),
        clock,
        random: options.random ?? Math.random,
        retryRefused: true,
      },
      {
        welcomed: (message) => {
          this.#view.welcomed(message);
          if (message.obs) this.#obs.next(message.obs);
        },
        received: (message) => this.#receive(message),
        receivedBytes: () => {},
        changed: (status) => this.#changed(status),
      },
    );
    this.#requests = new PendingRequests((message) => this.#connection.send(message), clock);
    this.#connection.open();
  }

  request<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>> {
    this.#connection.wake();
    return this.#requests.ask(method, params);
  }

  dispose(): void {
    this.#connection.dispose();
    this.#requests.dispose();
    this.#view.dispose();
    for (const subject of [this.#status, this.#obs, this.#fired]) subject.complete();
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'answer') this.#requests.answered(message);
    else if (message.type === 'obs') this.#obs.next(message.status);
    else if (message.type === 'fired') this.#fired.next(message);
    else this.#view.received(message);
  }

  #changed(status: ConnectionStatus): void {
    if (status.status !== 'connected') {
      this.#view.lost();
      this.#requests.lost('error' in status ? status.error : undefined);
    }
    this.#status.next(status);
  }
}
