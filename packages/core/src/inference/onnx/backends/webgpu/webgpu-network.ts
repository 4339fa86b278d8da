import { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { Network, NetworkSpec, Region } from '../../network.ts';
import { checkSession } from '../ort-network.ts';
import type { GraphicsDevice } from './graphics-device.ts';
import { NetworkOutputs, type OutputShape } from './network-outputs.ts';
import type { RegionInput, RegionShader } from './region-shader.ts';
import type { TexturePicture } from './texture-picture.ts';
import { inTurn } from './turns.ts';

/**
 * A network calculated by ONNX Runtime's shaders from a picture in graphics memory. Between the picture and the
 * outputs nothing leaves the device; input and outputs keep their memory from run to run.
 */
export class WebgpuNetwork implements Network<TexturePicture> {
  readonly spec: NetworkSpec;
  readonly #graphics: GraphicsDevice;
  readonly #session: InferenceSession;
  readonly #input: RegionInput;
  readonly #outputs: NetworkOutputs;
  readonly #feeds: Readonly<Record<string, Tensor>>;
  readonly #fetches: Readonly<Record<string, Tensor>>;
  /** The run that it is at, or was at last; never rejects. */
  #running: Promise<unknown> = Promise.resolve();
  #released = false;

  private constructor(
    spec: NetworkSpec,
    graphics: GraphicsDevice,
    session: InferenceSession,
    shader: RegionShader,
  ) {
    this.spec = spec;
    this.#graphics = graphics;
    this.#session = session;
    const { name, width, height } = spec.input;
    this.#outputs = new NetworkOutputs(
      graphics.device,
      spec.outputs.map((output) => shapeOf(session, output, spec.file)),
    );
    this.#input = shader.input(spec.input);
    this.#feeds = { [name]: tensorOf(this.#input.values, [1, 3, height, width]) };
    this.#fetches = Object.fromEntries(
      this.#outputs.buffers().map((output) => [output.name, tensorOf(output.buffer, output.dims)]),
    );
  }

  /** @throws Error when the model is another than `spec` says, or has a layer that there is no shader for */
  static async load(
    spec: NetworkSpec,
    model: Uint8Array,
    graphics: GraphicsDevice,
    shader: RegionShader,
  ): Promise<WebgpuNetwork> {
    const session = await inTurn(() =>
      InferenceSession.create(model, {
        executionProviders: [{ name: 'webgpu', device: graphics.device }],
        graphOptimizationLevel: 'all',
        preferredOutputLocation: 'gpu-buffer',
        // A layer on the CPU would have its inputs brought there and its outputs back, in every run.
        extra: { session: { disable_cpu_ep_fallback: '1' } },
        // Errors only: warnings about the model are of no use to whoever runs it.
        logSeverityLevel: 3,
      }),
    );
    try {
      checkSession(session, spec);
      graphics.check();
      return new WebgpuNetwork(spec, graphics, session, shader);
    } catch (error) {
      await inTurn(() => session.release());
      throw error;
    }
  }

  async run(picture: TexturePicture, region: Region): Promise<Record<string, Float32Array>> {
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
    this.#input.release();
    this.#outputs.release();
    await inTurn(() => this.#session.release());
  }

  async #run({ texture }: TexturePicture, region: Region): Promise<Record<string, Float32Array>> {
    this.#input.fill(texture, region);
    await inTurn(() => this.#session.run(this.#feeds, this.#fetches));
    const values = await this.#outputs.read();
    this.#graphics.check();
    return values;
  }
}

function tensorOf(buffer: GPUBuffer, dims: readonly number[]): Tensor {
  return Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims });
}

/** @throws Error when the output is no float32 tensor of known size */
function shapeOf(session: InferenceSession, name: string, file: string): OutputShape {
  const metadata = session.outputMetadata.find((output) => output.name === name);
  if (!metadata?.isTensor || metadata.type !== 'float32') {
    throw new Error(`${file} gives no float32 values as "${name}".`);
  }
  const dims = metadata.shape.filter((size) => typeof size === 'number');
  if (dims.length !== metadata.shape.length) {
    throw new Error(
      `The output "${name}" of ${file} is [${metadata.shape.join(', ')}]; all sizes must be known.`,
    );
  }
  return { name, dims };
}
