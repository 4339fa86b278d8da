import type { Observable } from 'rxjs';
import type { PoseCoachError } from './base/index.ts';
import type { CapturedFrame } from './capture/captured-frame.ts';
import type { EstimatorInfo, PoseEstimatorFactory } from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';
import type { FilterFactory } from './smoothing/index.ts';

/** Where a coach gets its people from: pixels to look at, or poses that were found before (a recording). */
export type CoachSource =
  | { readonly kind: 'pixels'; readonly frames: Observable<CapturedFrame> }
  | { readonly kind: 'poses'; readonly frames: Observable<PoseFrame> };

export interface CoachOptions {
  /** The engine; made when the first pixels are wanted, kept across sources, released with the last subscriber. */
  readonly estimator: PoseEstimatorFactory;
  /** Default: `oneEuro()`. `null` leaves the landmarks as the engine gives them. */
  readonly filter?: FilterFactory | null;
}

/** What a coach says of one moment. */
export interface CoachFrame {
  readonly frame: PoseFrame;
}

export type CoachState =
  | { readonly status: 'idle' }
  /** Bytes of models and WASM; `total` is 0 while unknown. */
  | { readonly status: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly status: 'running'; readonly info: EstimatorInfo | undefined }
  | { readonly status: 'paused' }
  | { readonly status: 'ended' }
  | { readonly status: 'error'; readonly error: PoseCoachError };

/** Live numbers over the last two seconds of results. */
export interface CoachStats {
  /** Results per second. */
  readonly rate: number;
  /** Median milliseconds from capture to result. */
  readonly delay: number;
  /** Source frames skipped, in all since the source was set. */
  readonly dropped: number;
  /** Median milliseconds per stage. */
  readonly stages: Readonly<Record<string, number>>;
  readonly info: EstimatorInfo | undefined;
}

/** One pipeline, run once and shared by everybody who looks: element, recorder, publisher. */
export interface Coach {
  /** Smoothed frames. Subscribing starts the pipeline; the last to leave releases camera and engine. Never errors: see `state`. */
  readonly frames: Observable<CoachFrame>;
  /** The same frames before smoothing, as recordings store them. */
  readonly rawFrames: Observable<PoseFrame>;
  /** The current state at once, then every change. */
  readonly state: Observable<CoachState>;
  /** Twice a second while running. */
  readonly stats: Observable<CoachStats>;
  /** Switches the source in a running pipeline; the engine stays. `null` goes idle. Also how to retry after an error. */
  setSource(source: CoachSource | null): void;
  /** Switches the engine in a running pipeline; the source stays. */
  setEstimator(estimator: PoseEstimatorFactory): void;
  /** Lets the source go (the camera's light goes out) and keeps the engine. */
  pause(): void;
  resume(): void;
  /** Releases everything; the observables complete. */
  dispose(): void;
}
