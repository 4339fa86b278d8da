import type { Clock } from '../../base/index.ts';
import type { Thread } from '../engine-options.ts';
import type { EstimatorInfo } from '../pose-estimator.ts';
import type { Engine } from './engine.ts';
import type { EngineSettings } from './engine-messages.ts';
import type { EventBuffer } from './event-buffer.ts';

/** A started engine, as its owner sees it. */
export type RunningEngine = Pick<Engine, 'onDied' | 'detect' | 'reset' | 'stop'>;

/** Where the engines of one estimator come from: files that load and a place that is chosen, once. */
export interface EngineSource {
  /**
   * Finds where engines can run. Files may load meanwhile: a browser that cannot run the engine says so before
   * megabytes are there.
   * @throws PoseCoachError `ENGINE_UNSUPPORTED`
   */
  decide(): Promise<void>;
  /**
   * A started engine; asked for again when one has died.
   * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_CRASHED`, `ENGINE_UNSUPPORTED`
   */
  make(settings: EngineSettings): Promise<RunningEngine>;
  /** Where they run. */
  readonly thread: Thread;
  /**
   * True where pictures are a film's rather than a camera's: hands are then looked for by media time, and a
   * picture's result waits for them, so that the same film gives the same each time.
   */
  readonly awaitsHands?: boolean;
  /** What they are, once one is made. */
  readonly info: EstimatorInfo;
  /** Cancels what loads, stops what runs and gives everything back. */
  close(): void;
}

/** What an engine source is opened with. */
export interface EngineWishes {
  /** Bytes of all files together. */
  readonly onProgress: (loaded: number, total: number) => void;
  readonly events: EventBuffer;
  readonly clock: Clock;
}
