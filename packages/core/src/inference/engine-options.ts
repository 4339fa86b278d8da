import { PoseCoachError } from '../base/index.ts';

/** What every engine can be told. */
export interface EngineOptions {
  /** Finds both hands of everybody too, at most `rate` times per second (default 15). Default: false. */
  readonly hands?: boolean | { readonly rate?: number };
  /** The most people to look for. Default: 1. */
  readonly maxPoses?: number;
  /**
   * Longest side in pixels of what the network is shown; larger pictures are shrunk first. Default: 640. `null`
   * leaves them as they are.
   */
  readonly inputSize?: number | null;
  readonly thresholds?: EngineThresholds;
  /**
   * Address of the folder that holds `models/` and `wasm/` (see `npx @pose-coach/models copy`). Default: the
   * folder that this script was loaded from.
   */
  readonly assets?: string | URL;
  /** Address of the engine's worker file, for pages whose CSP forbids workers from blobs. */
  readonly workerUrl?: string | URL;
  /**
   * `worker` never blocks the page; `main` runs the same code on the page; `auto` (the default) takes the worker,
   * and the page where the engine cannot run in one.
   */
  readonly thread?: 'auto' | Thread;
}

export type Thread = 'worker' | 'main';

/** Scores in [0, 1]; the defaults are MediaPipe's own, 0.5 each. */
export interface EngineThresholds {
  /** What the detector must reach to take something for a person. Higher: fewer inventions, later finds. */
  readonly detection?: number;
  /** What the landmark network must reach to say that its person is there. */
  readonly presence?: number;
  /** What it must reach to follow that person into the next frame; below, the detector looks again. */
  readonly tracking?: number;
}

/** Options with every default put in. */
export interface SharedSettings {
  /** Results per second at most; 0: no hands. */
  readonly handRate: number;
  readonly maxPoses: number;
  readonly inputSize: number | null;
  readonly thresholds: Required<EngineThresholds>;
  readonly assets: string | URL | undefined;
  readonly workerUrl: string | URL | undefined;
  readonly thread: 'auto' | Thread;
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

/** MediaPipe's default for each of its thresholds, of bodies and of hands. */
export const DEFAULT_THRESHOLD = 0.5;

/** Puts the defaults in. @throws PoseCoachError `OPTION_INVALID` */
export function sharedSettings(options: EngineOptions, { mustBe, mustLie }: OptionChecks): SharedSettings {
  const { hands = false, thresholds = {} } = options;
  const settings: SharedSettings = {
    handRate: hands === false ? 0 : hands === true ? HAND_RATE : (hands.rate ?? HAND_RATE),
    maxPoses: options.maxPoses ?? 1,
    inputSize: options.inputSize === undefined ? INPUT_SIZE : options.inputSize,
    thresholds: {
      detection: thresholds.detection ?? DEFAULT_THRESHOLD,
      presence: thresholds.presence ?? DEFAULT_THRESHOLD,
      tracking: thresholds.tracking ?? DEFAULT_THRESHOLD,
    },
    assets: options.assets,
    workerUrl: options.workerUrl,
    thread: options.thread ?? 'auto',
  };
  mustBe(settings.thread, ['auto', 'worker', 'main'], 'thread');
  mustLie(settings.handRate, 0, 1000, 'hands.rate');
  mustLie(settings.maxPoses, 1, 100, 'maxPoses');
  if (settings.inputSize !== null) mustLie(settings.inputSize, 32, 10_000, 'inputSize');
  for (const [name, value] of Object.entries(settings.thresholds)) mustLie(value, 0, 1, `thresholds.${name}`);
  return settings;
}

/** Refuse what an option cannot be, with `OPTION_INVALID`. */
export interface OptionChecks {
  mustBe(value: string, allowed: readonly string[], name: string): void;
  mustLie(value: number, from: number, to: number, name: string): void;
}

/** Checks whose messages begin with the engine's name. */
export function optionChecks(engine: string): OptionChecks {
  const refuse = (name: string, value: unknown, expected: string): never => {
    throw new PoseCoachError('OPTION_INVALID', `${engine}: "${name}" is ${value}; give ${expected}.`);
  };
  return {
    mustBe: (value, allowed, name) => {
      if (!allowed.includes(value)) refuse(name, value, `one of ${allowed.join(', ')}`);
    },
    mustLie: (value, from, to, name) => {
      if (!(value >= from && value <= to)) refuse(name, value, `a number from ${from} to ${to}`);
    },
  };
}
