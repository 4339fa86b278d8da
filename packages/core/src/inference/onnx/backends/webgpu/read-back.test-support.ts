import { BUFFER_USAGE, MAP_READ } from './usage-flags.ts';

/** Bytes per row of a texture that is copied to a buffer come in multiples of this (WebGPU, "copyTextureToBuffer"). */
const ROW_ALIGNMENT = 256;

/** The float32 values of a buffer in graphics memory. */
export async function readValues(device: GPUDevice, buffer: GPUBuffer): Promise<Float32Array> {
  return new Float32Array(
    await readBytes(device, buffer.size, (encoder, target) =>
      encoder.copyBufferToBuffer(buffer, 0, target, 0, buffer.size),
    ),
  );
}

/** The pixels of an `rgba8unorm` texture made with `COPY_SRC`: rows of [red, green, blue, alpha]. */
export async function readPixels(device: GPUDevice, texture: GPUTexture): Promise<number[][][]> {
  const { width, height } = texture;
  const stride = Math.ceil((width * 4) / ROW_ALIGNMENT) * ROW_ALIGNMENT;
  const bytes = new Uint8Array(
    await readBytes(device, stride * height, (encoder, buffer) =>
      encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: stride }, [width, height]),
    ),
  );
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const at = row * stride + column * 4;
      return [...bytes.subarray(at, at + 4)];
    }),
  );
}

async function readBytes(
  device: GPUDevice,
  size: number,
  copy: (encoder: GPUCommandEncoder, target: GPUBuffer) => void,
): Promise<ArrayBuffer> {
  const target = device.createBuffer({ size, usage: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyDestination });
  const encoder = device.createCommandEncoder();
  copy(encoder, target);
  device.queue.submit([encoder.finish()]);
  await target.mapAsync(MAP_READ);
  const bytes = target.getMappedRange().slice(0);
  target.destroy();
  return bytes;
}
