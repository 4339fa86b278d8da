import { env, InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { FrameImage } from '../../../capture/index.ts';
import { FramePixels } from '../pixels/frame-pixels.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import { RawImageBackend } from './raw-image-backend.ts';

export interface WasmBackendOptions {
  /** Address of `ort-wasm-simd-threaded.mjs`; a blob's, where pages may load from blobs. */
  readonly glue: string;
  /** The bytes of `ort-wasm-simd-threaded.wasm`. */
  readonly wasm: ArrayBuffer;
  /** That share a network's work; more than one on pages that are cross-origin isolated only. */
  readonly threads: number;
  /** Longest side in pixels of pictures that have to be drawn to be looked at; `null`: as they are. */
  readonly inputSize: number | null;
}

/** Milliseconds after which threads that do not start are given up: ONNX Runtime itself would wait for ever. */
const PATIENCE = 30_000;

/**
 * ONNX Runtime in WebAssembly, in a browser: frames come into memory, networks are calculated on the CPU. One thread
 * is this one; the others are workers of this one, and end with it.
 *
 * ONNX Runtime's front end is the one for WebGPU, which calculates on the CPU as well: the worker's code holds one
 * front end instead of two. The WebAssembly that it is given here is the smaller build without WebGPU.
 */
export class WasmBackend extends RawImageBackend {
  readonly #pixels: FramePixels;

  /** The runtime is loaded with the first network, once per thread: files given later are not looked at. */
  constructor({ glue, wasm, threads, inputSize }: WasmBackendOptions) {
    env.wasm.wasmPaths = { mjs: glue };
    env.wasm.wasmBinary = wasm;
    env.wasm.numThreads = threads;
    env.wasm.initTimeout = PATIENCE;
    env.logLevel = 'error';
    super('wasm', { InferenceSession, Tensor }, { executionProviders: ['wasm'] });
    this.#pixels = new FramePixels(inputSize);
  }

  override picture(image: FrameImage): Promise<PixelPicture> {
    return this.#pixels.read(image);
  }
}
