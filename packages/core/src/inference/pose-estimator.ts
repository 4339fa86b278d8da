import type { Event, PoseCoachError } from '../base/index.ts';
import type { FrameImage } from '../capture/index.ts';
import type { Hand, Pose } from '../pose/index.ts';

/** Makes estimators. A factory, because trackers have state: every pipeline gets one of its own. */
export interface PoseEstimatorFactory {
  /**
   * Loads the model, warms it up and resolves when the first frame will not wait.
   * @throws PoseCoachError `ASSET_NOT_FOUND`, `ASSET_INVALID`, `ENGINE_UNSUPPORTED`, `ENGINE_FAILED`, `ABORTED`
   */
  create(options: EstimatorOptions): Promise<PoseEstimator>;
}

export interface EstimatorOptions {
  /** Aborting stops the loading, or disposes what was made. */
  readonly signal: AbortSignal;
  /** Bytes of all assets, together; `total` may grow while sizes become known. */
  onProgress(loaded: number, total: number): void;
}

/** A running engine. One call at a time: `estimate` is called again only after the promise has settled. */
export interface PoseEstimator {
  readonly info: EstimatorInfo;
  /**
   * Finds the people in `image`; takes ownership of it and closes it, also when it fails.
   * @param timestamp ms of media time; any number is fine, the engine repairs what its network would not bear
   * @throws PoseCoachError `FRAME_INVALID` (this frame only), `ENGINE_CRASHED` (the next call starts afresh), `DISPOSED`
   */
  estimate(image: FrameImage, timestamp: number): Promise<PoseEstimate>;
  /** Forgets whom it was tracking, as at a new epoch. */
  reset(): void;
  readonly events: Event<EstimatorEvent>;
  /** Releases the engine; resolves when it is gone. Calling it twice does nothing. */
  dispose(): Promise<void>;
}

export interface EstimatorInfo {
  readonly engine: string;
  readonly model: string;
  readonly backend: 'wasm' | 'webgl' | 'webgpu' | 'native';
  /** Number of landmarks the network itself finds; the rest of the 33 have visibility 0. */
  readonly landmarks: number;
  /** Why this backend, in a sentence: what was asked for and what was not to be had. */
  readonly why: string;
}

export interface PoseEstimate {
  /** `id` is the index: identity across frames is `smoothing/`'s business. */
  readonly poses: readonly Pose[];
  /** The newest hands known, which may be from an earlier frame: see their `timestamp`. */
  readonly hands: readonly Hand[];
  /** Milliseconds per stage: `resize`, `body`, `hands` … */
  readonly stages: Readonly<Record<string, number>>;
}

export type EstimatorEvent =
  /** The engine died (context lost, worker crashed) and is being made again. */
  | { readonly type: 'recovering'; readonly error: PoseCoachError }
  | { readonly type: 'recovered' }
  /** Something was given up that the caller would want to know of (no worker, no hands …). */
  | { readonly type: 'degraded'; readonly error: PoseCoachError };
