import type { InferenceSession } from 'onnxruntime-web';
import { type FrameImage, RawImage } from '../../../capture/index.ts';
import type { Backend, NetworkSpec } from '../network.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import { type LiveObjects, OrtNetwork, type OrtRuntime } from './ort-network.ts';

/** ONNX Runtime in Node, whichever of its packages: pictures are bytes, networks are calculated on the CPU. */
export class RawImageBackend implements Backend<PixelPicture> {
  readonly name: 'native' | 'wasm';
  /** For the tests that look for leaks. */
  readonly live: LiveObjects = { sessions: 0, tensors: 0 };
  /** Never called: what calculates on the CPU does not go away. */
  onLost: (error: Error) => void = () => undefined;
  readonly #ort: OrtRuntime;
  readonly #options: InferenceSession.SessionOptions;
  /** Those that are being loaded, too: whoever disposes does not wait for them. */
  readonly #networks: Promise<OrtNetwork>[] = [];

  constructor(name: 'native' | 'wasm', ort: OrtRuntime, options: InferenceSession.SessionOptions) {
    this.name = name;
    this.#ort = ort;
    this.#options = options;
  }

  /** Borrows the pixels: they must not change before the picture is released. */
  async picture(image: FrameImage): Promise<PixelPicture> {
    if (!(image instanceof RawImage)) {
      throw new Error('In Node a picture is a RawImage: its pixels as bytes.');
    }
    const { data, width, height } = image;
    if (!data) throw new Error('The picture was closed before it was looked at.');
    return { data, width, height, release: () => undefined };
  }

  load(spec: NetworkSpec, model: Uint8Array): Promise<OrtNetwork> {
    const options: InferenceSession.SessionOptions = {
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Errors only: warnings about the model are of no use to whoever runs it.
      logSeverityLevel: 3,
      ...this.#options,
    };
    const network = OrtNetwork.load(this.#ort, spec, model, options, this.live);
    this.#networks.push(network);
    return network;
  }

  async dispose(): Promise<void> {
    const networks = await Promise.allSettled(this.#networks.splice(0));
    await Promise.all(
      networks.map((network) => (network.status === 'fulfilled' ? network.value.release() : undefined)),
    );
  }
}
