/**
 * TFLite keeps images as [batch, height, width, channels], ONNX as [batch, channels, height, width]. Every tensor of
 * four axes is such an image and is turned once, when it is written; all others stay as they are.
 */
const CHANNELS_FIRST: readonly number[] = [0, 3, 1, 2];

/** To put the axes of an ONNX image into TFLite's order. */
export const CHANNELS_LAST: readonly number[] = [0, 2, 3, 1];

export function isImage(shape: readonly number[]): boolean {
  return shape.length === 4;
}

/** The shape that a tensor has in ONNX, or any other list of one number an axis in ONNX's order. */
export function onnxOrder(shape: readonly number[]): readonly number[] {
  return isImage(shape) ? CHANNELS_FIRST.map((axis) => shape[axis] ?? 0) : shape;
}

/** Where an axis of a tensor with so many axes is in ONNX. */
export function onnxAxis(axis: number, rank: number): number {
  const fromFront = axis < 0 ? axis + rank : axis;
  return rank === 4 ? CHANNELS_FIRST.indexOf(fromFront) : fromFront;
}
