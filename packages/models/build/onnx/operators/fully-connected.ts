import { type Conversion, required } from '../conversion.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { emitActivated } from './fused-activation.ts';

/** FULLY_CONNECTED, weights [outputs, inputs]; `FullyConnectedOptions`: 0 activation. */
export function fullyConnected(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const weights = required(operator, operator.inputs, 1);
  const bias = operator.inputs[2] ?? -1;
  const rank = conversion.tensor(input).shape.length;
  if (rank !== 2) throw conversion.refusal(operator, `of a tensor with ${rank} axes`);
  const inputs = [
    conversion.value(input),
    conversion.parameter(`${conversion.name(weights)}_weights`, () => conversion.constant(weights)),
  ];
  if (bias >= 0) inputs.push(conversion.parameter(conversion.name(bias), () => conversion.constant(bias)));
  emitActivated(operator, conversion, 0, { type: 'Gemm', inputs, attributes: { transB: 1 } });
}
