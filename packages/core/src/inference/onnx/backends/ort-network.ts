import type { InferenceSession, InferenceSessionFactory, Tensor, TensorConstructor } from 'onnxruntime-web';
import type { Network, NetworkSpec, Region } from '../network.ts';
import { cropRegion } from '../pixels/crop.ts';
import type { PixelPicture } from '../pixels/pixel-picture.ts';

/** What is used of ONNX Runtime: the same names in its packages for browsers and for Node. */
export interface OrtRuntime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** What of ONNX Runtime is alive and must be released; all zero after a backend was disposed. */
export interface LiveObjects {
  sessions: number;
  tensors: number;
}

/** A network calculated by ONNX Runtime from pixels in memory. */
export class OrtNetwork implements Network<PixelPicture> {
  readonly spec: NetworkSpec;
  readonly #session: InferenceSession;
  readonly #live: LiveObjects;
  /** The input's memory, written anew for every run. */
  readonly #values: Float32Array;
  readonly #input: Tensor;
  /** The run that it is at, or was at last; never rejects. */
  #running: Promise<unknown> = Promise.resolve();
  #released = false;

  private constructor(ort: OrtRuntime, spec: NetworkSpec, session: InferenceSession, live: LiveObjects) {
    const { width, height } = spec.input;
    this.spec = spec;
    this.#session = session;
    this.#live = live;
    this.#values = new Float32Array(3 * width * height);
    this.#input = new ort.Tensor('float32', this.#values, [1, 3, height, width]);
    live.sessions += 1;
    live.tensors += 1;
  }

  /**
   * Loads a model and checks it against what is expected of it.
   * @param live is kept up to date
   * @throws Error when the model cannot be calculated, or is another than `spec` says
   */
  static async load(
    ort: OrtRuntime,
    spec: NetworkSpec,
    model: Uint8Array,
    options: InferenceSession.SessionOptions,
    live: LiveObjects,
  ): Promise<OrtNetwork> {
    const session = await ort.InferenceSession.create(model, options);
    try {
      checkSession(session, spec);
      return new OrtNetwork(ort, spec, session, live);
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  async run(picture: PixelPicture, region: Region): Promise<Record<string, Float32Array>> {
    if (this.#released) throw new Error(`${this.spec.file} was released.`);
    const run = this.#run(picture, region);
    this.#running = run.catch(() => undefined);
    return run;
  }

  /** Once it is through with the run that it is at, whose memory it would otherwise take away. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await this.#running;
    this.#live.tensors -= 1;
    this.#input.dispose();
    await this.#session.release();
    this.#live.sessions -= 1;
  }

  async #run(picture: PixelPicture, region: Region): Promise<Record<string, Float32Array>> {
    cropRegion(picture, region, this.spec.input, this.#values);
    const found = await this.#session.run({ [this.spec.input.name]: this.#input }, this.spec.outputs);
    const outputs: Record<string, Float32Array> = {};
    for (const name of this.spec.outputs) {
      const tensor = found[name];
      if (!(tensor?.data instanceof Float32Array)) {
        throw new Error(`${this.spec.file} gives no float32 values as "${name}".`);
      }
      outputs[name] = tensor.data;
      // Lets go of the runtime's object; the values stay with whoever asked.
      tensor.dispose();
    }
    return outputs;
  }
}

/** @throws Error naming what the model lacks */
export function checkSession(
  { inputNames, outputNames, inputMetadata }: InferenceSession,
  spec: NetworkSpec,
): void {
  const { name, width, height } = spec.input;
  if (inputNames.length !== 1 || inputNames[0] !== name) {
    throw new Error(
      `${spec.file} has the inputs ${inputNames.join(', ')}; one named "${name}" was expected.`,
    );
  }
  const [metadata] = inputMetadata;
  const shape = metadata?.isTensor ? metadata.shape : [];
  const expected = [1, 3, height, width];
  // A size that the model leaves open is given by name.
  const fits = expected.every((size, axis) => typeof shape[axis] === 'string' || shape[axis] === size);
  if (shape.length !== expected.length || !fits) {
    throw new Error(
      `The input of ${spec.file} is [${shape.join(', ')}]; [${expected.join(', ')}] was expected.`,
    );
  }
  const missing = spec.outputs.filter((output) => !outputNames.includes(output));
  if (missing.length > 0) {
    throw new Error(`${spec.file} has no output ${missing.map((output) => `"${output}"`).join(', ')}.`);
  }
}
