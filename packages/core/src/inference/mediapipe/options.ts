import {
  type EngineOptions,
  type EngineThresholds,
  optionChecks,
  type SharedSettings,
  sharedSettings,
} from '../engine-options.ts';

export interface MediapipeOptions extends EngineOptions {
  /**
   * Size of the network: `lite` (the default) for speed, `full` for accuracy, `heavy` for recordings. The heavy one is
   * not part of the models package; its README says how to make it.
   */
  readonly model?: 'lite' | 'full' | 'heavy';
  /**
   * Where the network is calculated. `auto` (the default) takes the GPU when a graphics card draws, and the CPU
   * when WebGL is rendered in software, where the GPU way is twenty times slower.
   */
  readonly delegate?: 'auto' | Delegate;
  /** The most people to look for. Default: 1. With more than one, MediaPipe does not smooth its landmarks itself. */
  readonly maxPoses?: number;
  /** Address of `@pose-coach/core/mediapipe-worker.js`, for pages whose CSP forbids workers from blobs. */
  readonly workerUrl?: string | URL;
  /**
   * `worker` never blocks the page; `main` runs the same code on the page; `auto` (the default) takes the worker,
   * and the page where module workers, or WebGL in them, are not to be had.
   */
  readonly thread?: 'auto' | 'worker' | 'main';
}

export type MediapipeThresholds = EngineThresholds;

export type Delegate = 'CPU' | 'GPU';

/** Options with every default put in. */
export interface Settings extends SharedSettings {
  readonly model: 'lite' | 'full' | 'heavy';
  readonly delegate: 'auto' | Delegate;
}

/** Puts the defaults in. @throws PoseCoachError `OPTION_INVALID` */
export function toSettings(options: MediapipeOptions): Settings {
  const checks = optionChecks('mediapipe');
  const { model = 'lite', delegate = 'auto' } = options;
  checks.mustBe(model, ['lite', 'full', 'heavy'], 'model');
  checks.mustBe(delegate, ['auto', 'CPU', 'GPU'], 'delegate');
  return { ...sharedSettings(options, checks), model, delegate };
}
