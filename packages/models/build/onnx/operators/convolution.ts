import { integer } from '../../flatbuffer-reader.ts';
import { transposed } from '../constant.ts';
import { type Conversion, required } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { emitActivated } from './fused-activation.ts';
import { borderBefore } from './pad.ts';
import { readWindow, windowAttributes } from './window.ts';

/** Where the two kinds of convolution differ: the fields of their options, and how their weights lie. */
interface ConvolutionKind {
  /** `fused_activation_function`, `dilation_w_factor` and `dilation_h_factor`. */
  readonly activationField: number;
  readonly dilationFields: readonly [width: number, height: number];
  /** To ONNX's [outputs, inputs of a group, height, width]. */
  readonly weightAxes: readonly number[];
  /** How many groups an image of so many channels is taken in. */
  groups(channels: number): number;
}

/** CONV_2D, weights [outputs, height, width, inputs]; `Conv2DOptions`: 3 activation, 4 and 5 dilation. */
export function conv2d(operator: TfliteOperator, conversion: Conversion): void {
  convolution(operator, conversion, {
    activationField: 3,
    dilationFields: [4, 5],
    weightAxes: [0, 3, 1, 2],
    groups: () => 1,
  });
}

/** DEPTHWISE_CONV_2D, weights [1, height, width, outputs]; `DepthwiseConv2DOptions`: 4 activation, 5 and 6 dilation. */
export function depthwiseConv2d(operator: TfliteOperator, conversion: Conversion): void {
  convolution(operator, conversion, {
    activationField: 4,
    dilationFields: [5, 6],
    weightAxes: [3, 0, 1, 2],
    groups: (channels) => channels,
  });
}

function convolution(operator: TfliteOperator, conversion: Conversion, kind: ConvolutionKind): void {
  const weights = required(operator, operator.inputs, 1);
  const bias = operator.inputs[2] ?? -1;
  const [, height = 0, width = 0] = conversion.tensor(weights).shape;
  const dilation = (field: number) => (operator.options ? integer(operator.options, field, 32, 1) : 1);
  const [widthField, heightField] = kind.dilationFields;
  const window = readWindow(operator, [height, width], [dilation(heightField), dilation(widthField)]);
  const input = required(operator, operator.inputs, 0);
  // A PAD in front of a convolution that adds nothing itself is the convolution's own padding.
  const padded = window.padding === 'valid' ? borderBefore(input, conversion) : undefined;
  const source = padded?.source ?? input;
  const { shape } = conversion.tensor(source);
  const inputs = [
    conversion.value(source),
    conversion.parameter(`${conversion.name(weights)}_weights`, () =>
      transposed(conversion.constant(weights), kind.weightAxes),
    ),
  ];
  if (bias >= 0) inputs.push(conversion.parameter(conversion.name(bias), () => conversion.constant(bias)));
  emitActivated(operator, conversion, kind.activationField, {
    type: 'Conv',
    inputs,
    attributes: { ...windowAttributes(window, shape, padded?.border), group: kind.groups(shape[3] ?? 0) },
  });
}
