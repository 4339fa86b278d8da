import { integer } from '../../flatbuffer-reader.ts';
import { type Conversion, required } from '../conversion.ts';
import { onnxAxis } from '../layout.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { emitActivated } from './fused-activation.ts';
import { readWindow, windowAttributes, windowPads } from './window.ts';

/** MAX_POOL_2D; `Pool2DOptions`: 3 filter_width, 4 filter_height, 5 activation. */
export function maxPool2d(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const size = (field: number) => (operator.options ? integer(operator.options, field, 32) : 0);
  const window = readWindow(operator, [size(4), size(3)]);
  emitActivated(operator, conversion, 5, {
    type: 'MaxPool',
    inputs: [conversion.value(input)],
    attributes: windowAttributes(window, windowPads(window, conversion.tensor(input).shape)),
  });
}

/** MEAN over height and width, which leaves a number for each channel; `ReducerOptions`: 0 keep_dims. */
export function mean(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const rank = conversion.tensor(input).shape.length;
  const axes = conversion.integers(required(operator, operator.inputs, 1));
  const keepsAxes = operator.options ? integer(operator.options, 0, 8) : 0;
  const onnxAxes = axes.map((axis) => onnxAxis(axis, rank)).sort();
  if (rank !== 4 || onnxAxes.join() !== '2,3') throw conversion.refusal(operator, `over the axes [${axes}]`);
  const output = conversion.name(required(operator, operator.outputs, 0));
  conversion.emit('ReduceMean', [conversion.value(input)], output, { axes: onnxAxes, keepdims: keepsAxes });
}
