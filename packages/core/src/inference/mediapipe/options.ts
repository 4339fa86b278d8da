import { PoseCoachError } from '../../base/index.ts';

export interface MediapipeOptions {
  /**
   * Size of the network: `lite` (the default) for speed, `full` for accuracy, `heavy` for recordings. The heavy one is
   * not part of the models package; its README says how to make it.
   */
  readonly model?: 'lite' | 'full' | 'heavy';
  /**
   * Where the network is calculated. `auto` (the default) takes the GPU when a graphics card draws, and the CPU
   * when WebGL is rendered in software, where the GPU way is twenty times slower.
   */
  readonly delegate?: 'auto' | 'CPU' | 'GPU';
  /** Finds both hands of everybody too, at most `rate` times per second (default 15). Default: false. */
  readonly hands?: boolean | { readonly rate?: number };
  /** The most people to look for. Default: 1. With more than one, MediaPipe does not smooth its landmarks itself. */
  readonly maxPoses?: number;
  /**
   * Longest side in pixels of what the network is shown; larger pictures are shrunk first. Default: 640. `null`
   * leaves them as they are.
   */
  readonly inputSize?: number | null;
  readonly thresholds?: MediapipeThresholds;
  /**
   * Address of the folder that holds `models/` and `wasm/` (see `npx @pose-coach/models copy`). Default: the
   * folder that this script was loaded from.
   */
  readonly assets?: string | URL;
  /** Address of `@pose-coach/core/mediapipe-worker.js`, for pages whose CSP forbids workers from blobs. */
  readonly workerUrl?: string | URL;
  /**
   * `worker` never blocks the page; `main` runs the same code on the page; `auto` (the default) takes the worker,
   * and the page where module workers, or WebGL in them, are not to be had.
   */
  readonly thread?: 'auto' | 'worker' | 'main';
}

/** Scores in [0, 1]; the defaults are MediaPipe's own, 0.5 each. */
export interface MediapipeThresholds {
  /** What the detector must reach to take something for a person. Higher: fewer inventions, later finds. */
  readonly detection?: number;
  /** What the landmark network must reach to say that its person is there. */
  readonly presence?: number;
  /** What it must reach to follow that person into the next frame; below, the detector looks again. */
  readonly tracking?: number;
}

/** Options with every default put in. */
export interface Settings {
  readonly model: 'lite' | 'full' | 'heavy';
  readonly delegate: 'auto' | 'CPU' | 'GPU';
  /** Results per second at most; 0: no hands. */
  readonly handRate: number;
  readonly maxPoses: number;
  readonly inputSize: number | null;
  readonly thresholds: Required<MediapipeThresholds>;
  readonly assets: string | URL | undefined;
  readonly workerUrl: string | URL | undefined;
  readonly thread: 'auto' | 'worker' | 'main';
}

/**
 * Hands per second. They move faster than bodies but are looked at less: 15 follows gestures and leaves a second
 * core half idle (one pair of hands takes about 30 ms on the CPU).
 */
const HAND_RATE = 15;

/**
 * Pixels. Measured on real clips (full model, CPU): 640 costs about 4 % of the results per second against 384 and puts
 * the joints of a distant person in a 720p picture 0.8 instead of 1.9 pixels from where the whole picture has them.
 */
const INPUT_SIZE = 640;

/** MediaPipe's default for each of its thresholds. */
const THRESHOLD = 0.5;

/** Puts the defaults in. @throws PoseCoachError `OPTION_INVALID` */
export function toSettings(options: MediapipeOptions): Settings {
  const { hands = false, thresholds = {} } = options;
  const settings: Settings = {
    model: options.model ?? 'lite',
    delegate: options.delegate ?? 'auto',
    handRate: hands === false ? 0 : hands === true ? HAND_RATE : (hands.rate ?? HAND_RATE),
    maxPoses: options.maxPoses ?? 1,
    inputSize: options.inputSize === undefined ? INPUT_SIZE : options.inputSize,
    thresholds: {
      detection: thresholds.detection ?? THRESHOLD,
      presence: thresholds.presence ?? THRESHOLD,
      tracking: thresholds.tracking ?? THRESHOLD,
    },
    assets: options.assets,
    workerUrl: options.workerUrl,
    thread: options.thread ?? 'auto',
  };
  mustBe(settings.model, ['lite', 'full', 'heavy'], 'model');
  mustBe(settings.delegate, ['auto', 'CPU', 'GPU'], 'delegate');
  mustBe(settings.thread, ['auto', 'worker', 'main'], 'thread');
  mustLie(settings.handRate, 0, 1000, 'hands.rate');
  mustLie(settings.maxPoses, 1, 100, 'maxPoses');
  if (settings.inputSize !== null) mustLie(settings.inputSize, 32, 10_000, 'inputSize');
  for (const [name, value] of Object.entries(settings.thresholds)) mustLie(value, 0, 1, `thresholds.${name}`);
  return settings;
}

function mustBe(value: string, allowed: readonly string[], name: string): void {
  if (!allowed.includes(value)) refuse(name, value, `one of ${allowed.join(', ')}`);
}

function mustLie(value: number, from: number, to: number, name: string): void {
  if (!(value >= from && value <= to)) refuse(name, value, `a number from ${from} to ${to}`);
}

function refuse(name: string, value: unknown, expected: string): never {
  throw new PoseCoachError('OPTION_INVALID', `mediapipe: "${name}" is ${value}; give ${expected}.`);
}
