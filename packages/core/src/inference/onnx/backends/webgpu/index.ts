export { probeWebgpu, type WebgpuProbe } from './probe-webgpu.ts';
export { WebgpuBackend, type WebgpuRuntimeFiles } from './webgpu-backend.ts';
