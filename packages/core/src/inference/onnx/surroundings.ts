import { hasSimd } from '../engine/index.ts';
import { probeWebgpu, type WebgpuProbe } from './backends/webgpu/probe-webgpu.ts';

/** What an engine finds to calculate with where it runs. */
export interface Surroundings {
  readonly simd: boolean;
  /** The machine's, or as many as the browser admits to. */
  readonly cores: number;
  /** Whether threads may share memory. */
  readonly isolated: boolean;
  readonly webgpu: WebgpuProbe;
}

export async function probeSurroundings(): Promise<Surroundings> {
  return {
    simd: hasSimd(),
    cores: navigator.hardwareConcurrency,
    // Old browsers do not know the name; those share memory with nobody.
    isolated: globalThis.crossOriginIsolated === true,
    webgpu: await probeWebgpu(),
  };
}
