import type { NetworkInput, Region } from '../../network.ts';
import { tensorBuffer } from './tensor-buffer.ts';
import { BUFFER_USAGE } from './usage-flags.ts';

/** Threads of a workgroup along x and y: 64 in all, which every graphics card keeps busy. */
const WORKGROUP = 8;

/** Bytes of the shader's `Crop`, padded to a multiple of its largest member's alignment (8). */
const CROP_BYTES = 72;

/** Steps between two pixels that a sample can lie on: 2 to the power of `STEP_BITS`. */
const STEP_BITS = 5;
const STEPS = 2 ** STEP_BITS;

/**
 * Cuts a region out of a picture, turns it upright and scales it. Samples as the CPU does (`pixels/crop.ts`, where
 * the convention is explained): from four texels, at positions rounded to 1/32 of a pixel, in whole numbers.
 *
 * Positions are whole steps and a rest, kept apart because float32 alone is exact to a hundredth of a step only:
 * one sample in a hundred would then be rounded to another step than on the CPU. As it is, hardly one ever is.
 */
const SOURCE = /* wgsl */ `
struct Crop {
  start: vec2i,      // where the first value samples, in whole steps
  right: vec2i,      // from one value to the next in its row
  down: vec2i,       // from one row to the next
  startRest: vec2f,  // what is left of each: 0 to 1 step
  rightRest: vec2f,
  downRest: vec2f,
  size: vec2i,       // values per row, rows
  low: f32,          // what a colour of 0 becomes
  perByte: f32,      // by how much every next of the 256 values of a colour is more
  replicate: i32,    // 1: beyond the picture lies its outermost texel; 0: black
}

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> crop: Crop;
@group(0) @binding(2) var<storage, read_write> planes: array<f32>;

/// A texel's red, green and blue, 0 to 255.
fn texel(at: vec2i) -> vec3i {
  let within = clamp(at, vec2i(0), vec2i(textureDimensions(picture)) - 1);
  if (crop.replicate == 0 && any(within != at)) {
    return vec3i(0);
  }
  return vec3i(round(textureLoad(picture, within, 0).rgb * 255));
}

@compute @workgroup_size(${WORKGROUP}, ${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let place = vec2i(id.xy);
  if (any(place >= crop.size)) {
    return;
  }
  let rest = crop.startRest + f32(place.x) * crop.rightRest + f32(place.y) * crop.downRest;
  let at = crop.start + place.x * crop.right + place.y * crop.down + vec2i(floor(rest + 0.5));
  let first = at >> vec2u(${STEP_BITS});
  let part = at & vec2i(${STEPS - 1});
  let upper = texel(first) * (${STEPS} - part.x) + texel(first + vec2i(1, 0)) * part.x;
  let lower = texel(first + vec2i(0, 1)) * (${STEPS} - part.x) + texel(first + vec2i(1, 1)) * part.x;
  // From ${STEPS} × ${STEPS} parts to whole values, rounded.
  let bytes = (upper * (${STEPS} - part.y) + lower * part.y + ${STEPS ** 2 / 2}) >> vec3u(${2 * STEP_BITS});
  let seen = crop.low + vec3f(bytes) * crop.perByte;
  let plane = crop.size.x * crop.size.y;
  let index = place.y * crop.size.x + place.x;
  planes[index] = seen.r;
  planes[index + plane] = seen.g;
  planes[index + 2 * plane] = seen.b;
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
    const bytes = 3 * input.width * input.height * Float32Array.BYTES_PER_ELEMENT;
    this.values = tensorBuffer(device, input.name, bytes);
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
    const steps = [left, top, ...right, ...down].map((pixels) => pixels * STEPS);
    const whole = steps.map(Math.floor);
    const [low, high] = range;
    const integers = new Int32Array(this.#cropBytes);
    const floats = new Float32Array(this.#cropBytes);
    integers.set(whole, 0);
    floats.set(
      steps.map((value, index) => value - (whole[index] ?? 0)),
      6,
    );
    integers.set([columns, rows], 12);
    floats.set([low, (high - low) / 255], 14);
    integers[16] = border === 'replicate' ? 1 : 0;
  }
}
