import {
  type EngineOptions,
  type EngineThresholds,
  optionChecks,
  type SharedSettings,
  sharedSettings,
} from '../engine-options.ts';
import { checkDescription, type NetworkDescription } from './described-network/index.ts';

export interface OnnxOptions extends EngineOptions {
  /**
   * Size of the network: `lite` (the default) for speed, `full` for accuracy, `heavy` for recordings. The heavy one is
   * not part of the models package; its README says how to make it. Or any other network, described as data.
   */
  readonly model?: OnnxModel | NetworkDescription;
  /**
   * What calculates. `auto` (the default) takes the graphics card by WebGPU where there is one, WebAssembly
   * otherwise; in Node the machine's own library (`native`), and WebAssembly where that is not to be had.
   */
  readonly backend?: 'auto' | OnnxBackend;
  /**
   * Threads that share the work on the CPU. Default: up to 4, as many as the machine has cores; browsers give more
   * than one to pages that are cross-origin isolated only. Hands, beside the body, get half as many there.
   */
  readonly threads?: number;
  /**
   * Longest side in pixels of pictures that have to be drawn on a canvas to be looked at: frames that are turned,
   * and those of browsers that do not give their pixels. Default: 640. All other pictures are looked at as they are,
   * because regions are cut out of large ones as fast as out of small ones.
   */
  readonly inputSize?: number | null;
  /** Address of `@pose-coach/core/onnx-worker.js`, for pages whose CSP forbids workers from blobs. */
  readonly workerUrl?: string | URL;
}

export type OnnxModel = 'lite' | 'full' | 'heavy';

export type OnnxBackend = 'webgpu' | 'wasm' | 'native';

export type OnnxThresholds = EngineThresholds;

/** Options with every default put in. */
export interface OnnxSettings extends SharedSettings {
  readonly model: OnnxModel | NetworkDescription;
  readonly backend: 'auto' | OnnxBackend;
  /** `undefined`: as many as are good. */
  readonly threads: number | undefined;
}

/** More threads than any machine has cores for a network of this size. */
const MOST_THREADS = 64;

/** Puts the defaults in. @throws PoseCoachError `OPTION_INVALID` */
export function toSettings(options: OnnxOptions): OnnxSettings {
  const checks = optionChecks('onnx');
  const { model: wanted = 'lite', backend = 'auto', threads } = options;
  const model = typeof wanted === 'string' ? wanted : checkDescription(wanted);
  if (typeof model === 'string') checks.mustBe(model, ['lite', 'full', 'heavy'], 'model');
  checks.mustBe(backend, ['auto', 'webgpu', 'wasm', 'native'], 'backend');
  if (threads !== undefined) checks.mustLie(threads, 1, MOST_THREADS, 'threads');
  return { ...sharedSettings(options, checks), model, backend, threads };
}
