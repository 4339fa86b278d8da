import { reshaped } from '../constant.ts';
import { type Conversion, required } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { emitActivated } from './fused-activation.ts';

/** ADD of two tensors of one shape; `AddOptions`: 0 activation. */
export function add(operator: TfliteOperator, conversion: Conversion): void {
  const first = required(operator, operator.inputs, 0);
  const second = required(operator, operator.inputs, 1);
  const shapes = [first, second].map((index) => conversion.tensor(index).shape.join(' × '));
  if (shapes[0] !== shapes[1]) throw conversion.refusal(operator, `of ${shapes.join(' and ')}`);
  const inputs = [conversion.value(first), conversion.value(second)];
  emitActivated(operator, conversion, 0, { type: 'Add', inputs });
}

/** PRELU: what is below zero times a slope for each channel, [1, 1, channels] in TFLite. */
export function prelu(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const slope = required(operator, operator.inputs, 1);
  const { shape } = conversion.tensor(slope);
  const channels = shape.at(-1) ?? 0;
  if (shape.some((size, axis) => axis < shape.length - 1 && size !== 1)) {
    throw conversion.refusal(operator, `with a slope of the shape [${shape}]`);
  }
  const slopes = conversion.parameter(`${conversion.name(slope)}_slopes`, () =>
    reshaped(conversion.constant(slope), [channels, 1, 1]),
  );
  const output = conversion.name(required(operator, operator.outputs, 0));
  conversion.emit('PRelu', [conversion.value(input), slopes], output);
}

/** LOGISTIC: the sigmoid. */
export function logistic(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const output = conversion.name(required(operator, operator.outputs, 0));
  conversion.emit('Sigmoid', [conversion.value(input)], output);
}
