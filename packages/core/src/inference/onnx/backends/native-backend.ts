import type { FrameImage } from '../../../capture/index.ts';
import { RawImage } from '../../../capture/index.ts';
import type { Backend, NetworkSpec } from '../network.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import { type LiveObjects, OrtNetwork, type OrtRuntime } from './ort-network.ts';

export interface NativeBackendOptions {
  /** Threads that share a network's work; ONNX Runtime's own choice (one per physical core) when left out. */
  readonly threads?: number;
}

/**
 * ONNX Runtime as a library of the machine, by the package `onnxruntime-node`. A network is calculated on this
 * thread and its helpers: nothing else happens in the event loop until it is done.
 */
export class NativeBackend implements Backend<PixelPicture> {
  readonly name = 'native';
  /** For the tests that look for leaks. */
  readonly live: LiveObjects = { sessions: 0, tensors: 0 };
  /** Never called: a library does not go away. */
  onLost: (error: Error) => void = () => undefined;
  readonly #ort: OrtRuntime;
  readonly #threads: number | undefined;
  readonly #networks = new Set<OrtNetwork>();

  private constructor(ort: OrtRuntime, { threads }: NativeBackendOptions) {
    this.#ort = ort;
    this.#threads = threads;
  }

  /** @throws Error when the package is not installed, or has no library for this machine */
  static async open(options: NativeBackendOptions = {}): Promise<NativeBackend> {
    return new NativeBackend(await import('onnxruntime-node'), options);
  }

  /** Borrows the pixels, which are not to be written to before the picture is released; closing the frame is fine. */
  async picture(image: FrameImage): Promise<PixelPicture> {
    return pictureOf(image);
  }

  async load(spec: NetworkSpec, model: Uint8Array): Promise<OrtNetwork> {
    const network = await OrtNetwork.load(
      this.#ort,
      spec,
      model,
      {
        executionProviders: ['cpu'],
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        // Errors only: warnings about the model are of no use to whoever runs it.
        logSeverityLevel: 3,
        ...(this.#threads === undefined ? {} : { intraOpNumThreads: this.#threads }),
      },
      this.live,
    );
    this.#networks.add(network);
    return network;
  }

  async dispose(): Promise<void> {
    const networks = [...this.#networks];
    this.#networks.clear();
    await Promise.all(networks.map((network) => network.release()));
  }
}

function pictureOf(image: FrameImage): PixelPicture {
  if (!(image instanceof RawImage)) {
    throw new Error('In Node a picture is a RawImage: its pixels as bytes.');
  }
  const { data, width, height } = image;
  if (!data) throw new Error('The picture was closed before it was looked at.');
  return { data, width, height, release: () => undefined };
}
