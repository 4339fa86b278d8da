import type { NetworkInput, Region } from '../../network.ts';
import { BUFFER_USAGE } from './usage-flags.ts';

/** Threads of a workgroup along x and y: 64 in all, which every graphics card keeps busy. */
const WORKGROUP = 8;

/** Bytes of the shader's `Crop`, which ends on a multiple of its largest member's alignment (8). */
const CROP_BYTES = 48;

/**
 * Cuts a region out of a picture, turns it upright and scales it. Samples as the CPU does (`pixels/crop.ts`, where
 * the convention is explained): from four texels with weights in float32, because a sampler's own interpolation has
 * weights of 8 bits.
 */
const SOURCE = /* wgsl */ `
struct Crop {
  corner: vec2f,   // where the first value samples, in texels
  right: vec2f,    // from one value to the next in its row
  down: vec2f,     // from one row to the next
  size: vec2u,     // values per row, rows
  low: f32,        // what a colour of 0 becomes
  span: f32,       // from there to what a colour of 1 becomes
  replicate: u32,  // 1: beyond the picture lies its outermost texel; 0: black
}

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> crop: Crop;
@group(0) @binding(2) var<storage, read_write> planes: array<f32>;

fn texel(at: vec2i) -> vec3f {
  let within = clamp(at, vec2i(0), vec2i(textureDimensions(picture)) - 1);
  if (crop.replicate == 0 && any(within != at)) {
    return vec3f(0);
  }
  return textureLoad(picture, within, 0).rgb;
}

@compute @workgroup_size(${WORKGROUP}, ${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= crop.size)) {
    return;
  }
  let at = crop.corner + f32(id.x) * crop.right + f32(id.y) * crop.down;
  let first = floor(at);
  let weight = at - first;
  let corner = vec2i(first);
  let upper = mix(texel(corner), texel(corner + vec2i(1, 0)), weight.x);
  let lower = mix(texel(corner + vec2i(0, 1)), texel(corner + vec2i(1, 1)), weight.x);
  let colour = mix(upper, lower, weight.y) * crop.span + crop.low;
  let plane = crop.size.x * crop.size.y;
  let index = id.y * crop.size.x + id.x;
  planes[index] = colour.r;
  planes[index + plane] = colour.g;
  planes[index + 2 * plane] = colour.b;
}
`;

/** The shader as a device has it: shared by the inputs of all its networks. */
export class RegionShader {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;

  private constructor(device: GPUDevice, pipeline: GPUComputePipeline) {
    this.#device = device;
    this.#pipeline = pipeline;
  }

  /** @throws GPUPipelineError when the device cannot compile it */
  static async compile(device: GPUDevice): Promise<RegionShader> {
    const module = device.createShaderModule({ label: 'region', code: SOURCE });
    const pipeline = await device.createComputePipelineAsync({
      label: 'region',
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    return new RegionShader(device, pipeline);
  }

  /** Memory for one network's input; the caller releases it. */
  input(input: NetworkInput): RegionInput {
    return new RegionInput(this.#device, this.#pipeline, input);
  }
}

/** A network's input in graphics memory, filled with regions of pictures. */
export class RegionInput {
  /** 3 · height · width float32 values: all of red, of green, of blue, each row by row. */
  readonly values: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #input: NetworkInput;
  readonly #crop: GPUBuffer;
  readonly #cropBytes = new ArrayBuffer(CROP_BYTES);

  constructor(device: GPUDevice, pipeline: GPUComputePipeline, input: NetworkInput) {
    this.#device = device;
    this.#pipeline = pipeline;
    this.#input = input;
    this.values = device.createBuffer({
      label: `${input.name} ${input.width} × ${input.height}`,
      size: 3 * input.width * input.height * Float32Array.BYTES_PER_ELEMENT,
      // Source and destination of copies are what ONNX Runtime may do with any buffer it is given.
      usage: BUFFER_USAGE.storage | BUFFER_USAGE.copySource | BUFFER_USAGE.copyDestination,
    });
    this.#crop = device.createBuffer({
      label: 'crop',
      size: CROP_BYTES,
      usage: BUFFER_USAGE.uniform | BUFFER_USAGE.copyDestination,
    });
  }

  /** Queues the work that fills `values`; what is queued afterwards finds them there. */
  fill(texture: GPUTexture, region: Region): void {
    this.#describe(region);
    this.#device.queue.writeBuffer(this.#crop, 0, this.#cropBytes);
    const group = this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: texture.createView() },
        { binding: 1, resource: { buffer: this.#crop } },
        { binding: 2, resource: { buffer: this.values } },
      ],
    });
    const encoder = this.#device.createCommandEncoder({ label: 'region' });
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(
      Math.ceil(this.#input.width / WORKGROUP),
      Math.ceil(this.#input.height / WORKGROUP),
    );
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  release(): void {
    this.values.destroy();
    this.#crop.destroy();
  }

  /** Writes the region as the shader's `Crop`. */
  #describe({ x, y, width, height, angle }: Region): void {
    const { width: columns, height: rows, range, border } = this.#input;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const right = [(cos * width) / columns, (sin * width) / columns] as const;
    const down = [(-sin * height) / rows, (cos * height) / rows] as const;
    const left = x - (right[0] * columns + down[0] * rows) / 2;
    const top = y - (right[1] * columns + down[1] * rows) / 2;
    const [low, high] = range;
    new Float32Array(this.#cropBytes).set([left, top, ...right, ...down], 0);
    new Uint32Array(this.#cropBytes).set([columns, rows], 6);
    new Float32Array(this.#cropBytes).set([low, high - low], 8);
    new Uint32Array(this.#cropBytes)[10] = border === 'replicate' ? 1 : 0;
  }
}
