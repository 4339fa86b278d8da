import { BUFFER_USAGE } from './usage-flags.ts';

/** ONNX Runtime's shaders take four values of four bytes at a time, also where a tensor has fewer. */
const ALIGNMENT = 16;

/** Memory on the graphics device for a tensor of `bytes` bytes that ONNX Runtime reads or writes. */
export function tensorBuffer(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  return device.createBuffer({
    label,
    size: Math.ceil(bytes / ALIGNMENT) * ALIGNMENT,
    // Copies from and to it are what ONNX Runtime may do with any tensor.
    usage: BUFFER_USAGE.storage | BUFFER_USAGE.copySource | BUFFER_USAGE.copyDestination,
  });
}
