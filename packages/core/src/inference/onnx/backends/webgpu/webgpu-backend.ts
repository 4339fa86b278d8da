import { env } from 'onnxruntime-web/webgpu';
import type { FrameImage } from '../../../../capture/index.ts';
import type { Backend, NetworkSpec } from '../../network.ts';
import { GraphicsDevice } from './graphics-device.ts';
import { RegionShader } from './region-shader.ts';
import { PictureTextures, type TexturePicture } from './texture-picture.ts';
import { WebgpuNetwork } from './webgpu-network.ts';

/** ONNX Runtime's WebAssembly for WebGPU, loaded and checked by the caller. */
export interface WebgpuRuntimeFiles {
  /** Address of `ort-wasm-simd-threaded.asyncify.mjs`; a blob's, where pages may load from blobs. */
  readonly glue: string;
  /** The bytes of `ort-wasm-simd-threaded.asyncify.wasm`. */
  readonly wasm: Uint8Array | ArrayBuffer;
}

/**
 * ONNX Runtime on WebGPU: a picture goes into graphics memory once, regions of it are cut out and shown to the
 * networks there, and only the networks' outputs come back.
 *
 * Tried on Chromium's software adapter: the same numbers as in WebAssembly, every layer on the device. Not tried on
 * graphics cards, for want of one: the speed there, whether ONNX Runtime's own choice of layout (NHWC; NCHW takes a
 * third less of the software adapter's time) is the faster one, and what `shader-f16` and `subgroups` bring.
 *
 * Runtime files: of the two builds with WebGPU this takes `asyncify` (6.6 MB gzipped), which runs wherever there is
 * WebGPU. `jspi` is smaller (4.1 MB) and needs a browser with WebAssembly's JavaScript Promise Integration, which
 * came to browsers a year and more after WebGPU did; carrying both would cost every site 16 MB for a faster load.
 */
export class WebgpuBackend implements Backend<TexturePicture> {
  readonly name = 'webgpu';
  onLost: (error: Error) => void = () => undefined;
  readonly #graphics: GraphicsDevice;
  readonly #shader: RegionShader;
  readonly #textures: PictureTextures;
  /** Those that are being loaded, too: whoever disposes does not wait for them. */
  readonly #networks: Promise<WebgpuNetwork>[] = [];

  private constructor(graphics: GraphicsDevice, shader: RegionShader) {
    this.#graphics = graphics;
    this.#shader = shader;
    this.#textures = new PictureTextures(graphics.device);
    graphics.onLost = (error) => this.onLost(error);
  }

  /**
   * The runtime is loaded with the first network, once per thread: files given later are not looked at.
   * @throws Error when there is no graphics device to be had
   */
  static async open({ glue, wasm }: WebgpuRuntimeFiles): Promise<WebgpuBackend> {
    const graphics = await GraphicsDevice.request();
    try {
      const shader = await RegionShader.compile(graphics.device);
      env.wasm.wasmPaths = { mjs: glue };
      env.wasm.wasmBinary = wasm;
      // The CPU only queues work here: threads would be workers that never do anything.
      env.wasm.numThreads = 1;
      env.logLevel = 'error';
      return new WebgpuBackend(graphics, shader);
    } catch (error) {
      graphics.destroy();
      throw error;
    }
  }

  async picture(image: FrameImage): Promise<TexturePicture> {
    this.#graphics.check();
    return this.#textures.upload(image);
  }

  load(spec: NetworkSpec, model: Uint8Array): Promise<WebgpuNetwork> {
    const network = WebgpuNetwork.load(spec, model, this.#graphics, this.#shader);
    this.#networks.push(network);
    return network;
  }

  /** Also once the device is lost. */
  async dispose(): Promise<void> {
    const networks = await Promise.allSettled(this.#networks.splice(0));
    try {
      for (const network of networks) if (network.status === 'fulfilled') await network.value.release();
    } finally {
      this.#textures.release();
      this.#graphics.destroy();
    }
  }
}
