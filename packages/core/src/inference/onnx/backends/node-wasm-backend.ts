import type { FrameImage } from '../../../capture/index.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';
import { RawImageBackend } from './raw-image-backend.ts';

/**
 * ONNX Runtime's WebAssembly in Node, by the package `onnxruntime-web`: several times slower than the library of
 * the machine, but nothing of it has to fit the machine. A network is calculated on this thread and its helpers.
 */
export class NodeWasmBackend extends RawImageBackend {
  /**
   * @param threads that share a network's work; the first backend of a process decides for all
   * @throws Error when the package is not installed
   */
  static async open({ threads }: { readonly threads: number }): Promise<NodeWasmBackend> {
    const ort = await import('onnxruntime-web');
    ort.env.wasm.numThreads = threads;
    ort.env.logLevel = 'error';
    return new NodeWasmBackend('wasm', ort, { executionProviders: ['wasm'] });
  }

  override async picture(image: FrameImage): Promise<PixelPicture> {
    // The WebAssembly answers without ever returning to the event loop: timers and sockets get their turn here.
    await new Promise((resolve) => setImmediate(resolve));
    return super.picture(image);
  }
}
