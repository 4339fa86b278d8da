import type { TFLiteWebAPIClient } from '@tensorflow/tfjs-tflite/dist/types/tflite_web_api';
import client from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_client.js?url';

/** A tensor as TFLite has it: images are channels last. */
export interface TfliteOutput {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Runs a model in TFLite itself, on the main thread: what browser tests measure converted models by.
 *
 * @param inputs one after the other, images channels last
 * @returns for each input the outputs, in the order in which the model has them
 */
export async function runTflite(
  model: ArrayBuffer,
  inputs: readonly Float32Array[],
): Promise<ReadonlyArray<readonly TfliteOutput[]>> {
  const { TFLiteWebModelRunner } = await loadTflite();
  const runner = await TFLiteWebModelRunner.create(model, { numThreads: 1 });
  try {
    return inputs.map((input) => {
      const [image] = runner.getInputs();
      image?.data().set(input);
      if (!runner.infer()) throw new Error('TFLite could not run the model.');
      return runner.getOutputs().map((output) => ({
        shape: output.shape.split(',').map(Number),
        // A copy, because the next run writes to the same place.
        data: Float32Array.from(output.data()),
      }));
    });
  } finally {
    runner.cleanUp();
  }
}

let loaded: Promise<TFLiteWebAPIClient> | undefined;

/** The client is a script that leaves its names in the page; it loads its WebAssembly from beside itself. */
function loadTflite(): Promise<TFLiteWebAPIClient> {
  loaded ??= new Promise((resolve, reject) => {
    // It also wants to be a CommonJS module, and stumbles where there is no such thing.
    Object.assign(globalThis, { exports: {} });
    const script = document.createElement('script');
    script.src = client;
    script.onerror = () => reject(new Error(`${client} could not be loaded.`));
    script.onload = () => {
      const { tfweb } = globalThis as unknown as { tfweb: TFLiteWebAPIClient };
      tfweb.tflite_web_api.setWasmPath(client.slice(0, client.lastIndexOf('/') + 1));
      resolve(tfweb);
    };
    document.head.append(script);
  });
  return loaded;
}
