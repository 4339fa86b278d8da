import { integer } from '../../flatbuffer-reader.ts';
import type { OnnxAttribute } from '../onnx-model.ts';
import type { TfliteOperator } from '../tflite-graph.ts';

/** Members of `Padding` in `schema.fbs`. */
const SAME = 0;

/** How a window of weights, or of a pool, goes over an image. Pairs are height first. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/** Reads the fields that the options of convolutions and pools begin with: 0 padding, 1 stride_w, 2 stride_h. */
export function readWindow(
  { options }: TfliteOperator,
  size: Window['size'],
  dilations: Window['dilations'] = [1, 1],
): Window {
  const stride = (field: number) => (options ? integer(options, field, 32) : 0);
  const padding = (options ? integer(options, 0, 8) : SAME) === SAME ? 'same' : 'valid';
  return { size, strides: [stride(2), stride(1)], dilations, padding };
}

/**
 * What a window adds around an image: top, left, bottom, right.
 *
 * @param image shape of the TFLite image, channels last
 */
export function windowPads(window: Window, image: readonly number[]): readonly number[] {
  if (window.padding === 'valid') return [0, 0, 0, 0];
  const [top, bottom] = samePadding(image[1] ?? 0, window, 0);
  const [left, right] = samePadding(image[2] ?? 0, window, 1);
  return [top, left, bottom, right];
}

/** The attributes of an ONNX convolution or pool. */
export function windowAttributes(
  { size, strides, dilations }: Window,
  pads: readonly number[],
): Readonly<Record<string, OnnxAttribute>> {
  return { kernel_shape: size, strides, dilations, pads };
}

/**
 * TFLite's SAME: as many results as the stride leaves of the image, what is missing added at both ends, the odd one at
 * the far end (tensorflow/lite/kernels/padding.h).
 */
function samePadding(length: number, window: Window, axis: 0 | 1): readonly [before: number, after: number] {
  const stride = window.strides[axis];
  const reach = (window.size[axis] - 1) * window.dilations[axis] + 1;
  const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}
