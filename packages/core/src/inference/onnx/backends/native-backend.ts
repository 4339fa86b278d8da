import { RawImageBackend } from './raw-image-backend.ts';

/**
 * ONNX Runtime as a library of the machine, by the package `onnxruntime-node`. A network is calculated on this
 * thread and its helpers: nothing else happens in the event loop until it is done.
 */
export class NativeBackend extends RawImageBackend {
  /**
   * @param threads that share a network's work
   * @throws Error when the package is not installed, or has no library for this machine
   */
  static async open({ threads }: { readonly threads: number }): Promise<NativeBackend> {
    return new NativeBackend('native', await import('onnxruntime-node'), {
      executionProviders: ['cpu'],
      // Threads that wait sleep: those that spin take the processor from whatever decodes the film. On a busy machine
      // two threads were four times quicker so, and took half the processor's time.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      intraOpNumThreads: threads,
    });
  }
}
