import { integer } from '../../flatbuffer-reader.ts';
import { type Conversion, required } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { borderBefore } from './pad.ts';
import { readWindow, type Window, windowPads } from './window.ts';

/** What CONV_2D and DEPTHWISE_CONV_2D have in common. Numbers are indices of tensors. */
export interface ConvolutionParts {
  /** What it looks at, without the border that a PAD puts around it. */
  readonly image: number;
  readonly weights: number;
  readonly bias: number | undefined;
  readonly window: Window;
  /** How much is added around the image, by the PAD and by the convolution itself: top, left, bottom, right. */
  readonly pads: readonly number[];
}

/**
 * @param dilationFields numbers of `dilation_w_factor` and `dilation_h_factor` in the operator's options
 */
export function readConvolution(
  operator: TfliteOperator,
  conversion: Conversion,
  dilationFields: readonly [width: number, height: number],
): ConvolutionParts {
  const input = required(operator, operator.inputs, 0);
  const weights = required(operator, operator.inputs, 1);
  const bias = operator.inputs[2] ?? -1;
  // Both kinds of weights have height and width in the middle.
  const [, height = 0, width = 0] = conversion.tensor(weights).shape;
  const dilation = (field: number) => (operator.options ? integer(operator.options, field, 32, 1) : 1);
  const [widthField, heightField] = dilationFields;
  const window = readWindow(operator, [height, width], [dilation(heightField), dilation(widthField)]);
  // The border that a PAD puts around the image of a convolution that adds none itself is the convolution's own.
  const padded = window.padding === 'valid' ? borderBefore(input, conversion) : undefined;
  return {
    image: padded?.source ?? input,
    weights,
    bias: bias < 0 ? undefined : bias,
    window,
    pads: padded?.border ?? windowPads(window, conversion.tensor(input).shape),
  };
}

/** The name of the bias, in a list that is empty where there is none. */
export function biasInput({ bias }: ConvolutionParts, conversion: Conversion): readonly string[] {
  return bias === undefined
    ? []
    : [conversion.parameter(conversion.name(bias), () => conversion.constant(bias))];
}
