import type { Observable } from 'rxjs';
import type { Clock, Disposable } from '../base/index.ts';
import type {
  ControlMethod,
  ControlParams,
  ControlResult,
  FiredMessage,
  RevisedStage,
} from '../protocol/index.ts';
import type { ObsStatus } from '../stage/index.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { LiveSocketConstructor } from './live-socket.ts';
import type { LiveReadings, LiveSource } from './subscriber.ts';

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
   *   connection, when it is lost before the answer, or when none comes within ten seconds; `DISPOSED`
   */
  request<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>>;
  /** Leaves the channel. */
  dispose(): void;
}
