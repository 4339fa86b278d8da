/** What there is of WebGPU where this is asked. */
export interface WebgpuProbe {
  /** A graphics card, a driver that calculates on the CPU (right, but slower than WASM), or nothing. */
  readonly adapter: 'hardware' | 'software' | 'none';
  /** The adapter's own name as far as the browser tells it, or why there is none: for `info.why`. */
  readonly name: string;
}

/**
 * What software adapters call themselves, for browsers that do not set `isFallbackAdapter`: Chromium's SwiftShader,
 * Mesa's llvmpipe and lavapipe, Windows' WARP ("Microsoft Basic Render Driver").
 */
const SOFTWARE_ADAPTERS = /swiftshader|llvmpipe|lavapipe|softpipe|software|\bwarp\b|basic render/i;

/** Asks for an adapter and lets go of it again: no device is made. Never throws. */
export async function probeWebgpu(): Promise<WebgpuProbe> {
  try {
    const adapter = await requestAdapter();
    const name = nameOf(adapter.info);
    const software = adapter.info.isFallbackAdapter === true || SOFTWARE_ADAPTERS.test(name);
    return { adapter: software ? 'software' : 'hardware', name };
  } catch (error) {
    return { adapter: 'none', name: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The browser's choice of adapter.
 * @throws Error saying why there is none
 */
export async function requestAdapter(): Promise<GPUAdapter> {
  // Browsers without WebGPU and insecure pages have no `gpu`, whatever the types say.
  const gpu = (navigator as Partial<Navigator>).gpu;
  if (!gpu) {
    throw new Error(
      isSecureContext ? 'This browser has no WebGPU.' : 'WebGPU needs a secure page: HTTPS or localhost.',
    );
  }
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('This browser has WebGPU but no graphics adapter for it.');
  return adapter;
}

/** Browsers tell some of the parts and leave the others empty, to keep the machine from being recognised. */
function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const parts = description ? [description] : [vendor, architecture, device];
  return parts.filter((part) => part !== '').join(' ') || 'an adapter without a name';
}
