import { requestAdapter } from './probe-webgpu.ts';

/** Features that ONNX Runtime's shaders use where they are to be had, as it asks for on devices of its own. */
const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

/** Limits that are raised from WebGPU's defaults to what the adapter has. */
const LIMITS = [
  // For large pictures.
  'maxTextureDimension2D',
  // As ONNX Runtime does on devices of its own.
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** A graphics device that ONNX Runtime and our shader share, and what has gone wrong on it. */
export class GraphicsDevice {
  readonly device: GPUDevice;
  /** Called once, when nothing more can be done on the device though nobody destroyed it here. */
  onLost: (error: Error) => void = () => undefined;
  #fault: Error | undefined;
  #destroyed = false;

  private constructor(device: GPUDevice) {
    this.device = device;
    device.addEventListener('uncapturederror', (event) => {
      // Said by whoever runs into it, and not in the console as well.
      event.preventDefault();
      this.#fail(`The graphics device refused work that it was given. ${event.error.message}`);
    });
    void device.lost.then(({ message }) => this.#fail(`The graphics device was lost. ${message}`));
  }

  /** @throws Error when there is no adapter, or it gives no device */
  static async request(): Promise<GraphicsDevice> {
    const adapter = await requestAdapter();
    const device = await adapter.requestDevice({
      label: 'pose-coach',
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
    });
    return new GraphicsDevice(device);
  }

  /**
   * What is queued on a device may fail without a word to whoever queued it: its memory did not suffice, or the
   * device is gone. The results are worth nothing then.
   * @throws Error saying what failed first since the device was made
   */
  check(): void {
    if (this.#fault) throw this.#fault;
  }

  /** Frees all that was made on it. */
  destroy(): void {
    this.#destroyed = true;
    this.device.destroy();
  }

  #fail(message: string): void {
    if (this.#destroyed || this.#fault) return;
    this.#fault = new Error(message.trim());
    this.onLost(this.#fault);
  }
}
