import { transposed } from '../constant.ts';
import type { Conversion } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { biasInput, type ConvolutionParts, readConvolution } from './convolution-parts.ts';
import { emitActivated } from './fused-activation.ts';
import { enlargementBefore, resizeNode } from './resize.ts';
import { windowAttributes } from './window.ts';

/** `fused_activation_function`, `dilation_w_factor` and `dilation_h_factor` of `Conv2DOptions`. */
const ACTIVATION = 3;
const DILATIONS = [4, 5] as const;

/**
 * CONV_2D, weights [outputs, height, width, inputs].
 *
 * Of an image that was made larger before, each pixel is a mean of pixels of the smaller one. A convolution pixel by
 * pixel gives the same if it comes before the enlarging, where it has a quarter of the work to do.
 */
export function conv2d(operator: TfliteOperator, conversion: Conversion): void {
  const parts = readConvolution(operator, conversion, DILATIONS);
  const weights = conversion.parameter(`${conversion.name(parts.weights)}_weights`, () =>
    transposed(conversion.constant(parts.weights), [0, 3, 1, 2]),
  );
  const attributes = { ...windowAttributes(parts.window, parts.pads), group: 1 };
  const convolution = (image: number) => ({
    type: 'Conv',
    inputs: [conversion.value(image), weights, ...biasInput(parts, conversion)],
    attributes,
  });
  const enlargement = isPointwise(parts) ? enlargementBefore(parts.image, conversion) : undefined;
  if (enlargement) {
    const { type, inputs, attributes } = convolution(enlargement.source);
    const small = conversion.emit(type, inputs, `${conversion.name(parts.image)}_convolved`, attributes);
    emitActivated(operator, conversion, ACTIVATION, resizeNode(small, enlargement.factors, conversion));
  } else {
    emitActivated(operator, conversion, ACTIVATION, convolution(parts.image));
  }
}

function isPointwise({ window, pads }: ConvolutionParts): boolean {
  return (
    [...window.size, ...window.strides].every((length) => length === 1) && pads.every((pad) => pad === 0)
  );
}
