import type { Clock, Event } from '@pose-coach/core';
import type { ControlParams, ControlResult, ObsMethod } from '@pose-coach/core/protocol';
import type { ObsStatus } from '@pose-coach/core/stage';
import type { ObsPlaces } from './obs-places.ts';

/** What controllers can ask of OBS, by method: each checks nothing that the protocol's schema has checked already. */
export type ObsMethods = {
  readonly [Method in ObsMethod]: (params: ControlParams<Method>) => Promise<ControlResult<Method>>;
};

/** The server's hand on one OBS. */
export interface ObsControl {
  /** How the connection stands; a new object at every change, without the password. */
  readonly status: ObsStatus;
  /** Tells of every change of `status`. */
  readonly onDidChange: Event<ObsStatus>;
  /**
   * Every one rejects with a `PoseCoachError` that says what to do: `OBS_UNREACHABLE` (not connected, or no answer
   * in time), `OBS_REFUSED` (password), `OBS_UNSUPPORTED` (this OBS cannot), `OBS_FAILED` (OBS said no).
   * `obs.connect` resolves with the outcome of the first attempt, whatever it was, and goes on trying.
   */
  readonly methods: ObsMethods;
  /** Connects to the OBS that was remembered, if one was. Never rejects: `status` says how it went. */
  resume(): Promise<void>;
  /** Makes a text source say something. @throws PoseCoachError as `methods` */
  setText(input: string, text: string): Promise<void>;
  /** Sets one number of a filter's settings. @throws PoseCoachError as `methods` */
  setFilterValue(source: string, filter: string, setting: string, value: number): Promise<void>;
  /** Disconnects and tries no more; what was remembered stays. */
  dispose(): Promise<void>;
}

export interface ObsControlOptions {
  /** The address of an overlay that shows a scene of the stage, or, without one, the current scene. */
  overlayLink(stageScene?: string): string;
  /** What a scene of the stage is called, for the name of its browser source; default: its id. */
  sceneName?(stageScene: string): string | undefined;
  /** Where address and password (if asked to remember them) and chapter files are kept; absent: nothing is kept. */
  readonly dataFolder?: string;
  /** Where OBS keeps its settings. Default: this machine's. */
  readonly places?: ObsPlaces;
  /** Default: the platform's. */
  readonly clock?: Clock;
}
