import { tensorBuffer } from './tensor-buffer.ts';
import { BUFFER_USAGE, MAP_READ } from './usage-flags.ts';

/** An output of a network: its name and its shape. */
export interface OutputShape {
  readonly name: string;
  readonly dims: readonly number[];
}

interface Output extends OutputShape {
  readonly buffer: GPUBuffer;
  readonly bytes: number;
  /** Where it stands in the memory that is read. */
  readonly offset: number;
}

/**
 * Where a network writes its outputs, in graphics memory, and how they come out of it: all of them in one read,
 * because each read waits for the graphics card.
 */
export class NetworkOutputs {
  readonly #device: GPUDevice;
  readonly #outputs: readonly Output[];
  readonly #read: GPUBuffer;

  constructor(device: GPUDevice, shapes: readonly OutputShape[]) {
    this.#device = device;
    let offset = 0;
    this.#outputs = shapes.map(({ name, dims }) => {
      const bytes = dims.reduce((product, size) => product * size, Float32Array.BYTES_PER_ELEMENT);
      const buffer = tensorBuffer(device, name, bytes);
      const output = { name, dims, buffer, bytes, offset };
      offset += bytes;
      return output;
    });
    this.#read = device.createBuffer({
      label: 'outputs',
      size: offset,
      usage: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyDestination,
    });
  }

  /** The memory of each output, for whoever writes it. */
  buffers(): readonly (OutputShape & { readonly buffer: GPUBuffer })[] {
    return this.#outputs;
  }

  /**
   * The values, once all that is queued now has been done; one read at a time.
   * @throws Error when the device is lost meanwhile
   */
  async read(): Promise<Record<string, Float32Array>> {
    const encoder = this.#device.createCommandEncoder({ label: 'outputs' });
    for (const { buffer, offset, bytes } of this.#outputs) {
      encoder.copyBufferToBuffer(buffer, 0, this.#read, offset, bytes);
    }
    this.#device.queue.submit([encoder.finish()]);
    await this.#read.mapAsync(MAP_READ);
    const mapped = this.#read.getMappedRange();
    const values: Record<string, Float32Array> = {};
    for (const { name, offset, bytes } of this.#outputs) {
      values[name] = new Float32Array(mapped.slice(offset, offset + bytes));
    }
    this.#read.unmap();
    return values;
  }

  release(): void {
    for (const { buffer } of this.#outputs) buffer.destroy();
    this.#read.destroy();
  }
}
