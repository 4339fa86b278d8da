import { transposed } from '../constant.ts';
import type { Conversion } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { biasInput, readConvolution } from './convolution-parts.ts';
import { emitActivated } from './fused-activation.ts';
import { windowAttributes } from './window.ts';

/** `fused_activation_function`, `dilation_w_factor` and `dilation_h_factor` of `DepthwiseConv2DOptions`. */
const ACTIVATION = 4;
const DILATIONS = [5, 6] as const;

/** DEPTHWISE_CONV_2D, weights [1, height, width, outputs]: each channel of the image by itself. */
export function depthwiseConv2d(operator: TfliteOperator, conversion: Conversion): void {
  const parts = readConvolution(operator, conversion, DILATIONS);
  const channels = conversion.tensor(parts.image).shape[3] ?? 0;
  const weights = conversion.parameter(`${conversion.name(parts.weights)}_weights`, () =>
    transposed(conversion.constant(parts.weights), [3, 0, 1, 2]),
  );
  emitActivated(operator, conversion, ACTIVATION, {
    type: 'Conv',
    inputs: [conversion.value(parts.image), weights, ...biasInput(parts, conversion)],
    attributes: { ...windowAttributes(parts.window, parts.pads), group: channels },
  });
}
