import { integer } from '../../flatbuffer-reader.ts';
import { type Conversion, required } from '../conversion.ts';
import { CHANNELS_LAST, isImage, onnxAxis } from '../layout.ts';
import type { TfliteOperator } from '../tflite-graph.ts';
import { emitActivated } from './fused-activation.ts';

/**
 * RESHAPE of an image or of anything else to what is no image. The numbers of an image are first put into TFLite's
 * order, unless that is the order they are in: where there is one channel, or one pixel.
 */
export function reshape(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const result = required(operator, operator.outputs, 0);
  const from = conversion.tensor(input).shape;
  const to = conversion.tensor(result).shape;
  if (isImage(to)) throw conversion.refusal(operator, `to the shape [${to}]`);
  const output = conversion.name(result);
  let source = conversion.value(input);
  const [, height, width, channels] = from;
  if (isImage(from) && channels !== 1 && !(height === 1 && width === 1)) {
    source = conversion.emit('Transpose', [source], `${output}_channels_last`, { perm: CHANNELS_LAST });
  }
  const shape = conversion.list(`${output}_shape`, to, 'int64');
  conversion.emit('Reshape', [source, shape], output);
}

/** CONCATENATION; `ConcatenationOptions`: 0 axis, 1 activation. */
export function concatenation(operator: TfliteOperator, conversion: Conversion): void {
  const rank = conversion.tensor(required(operator, operator.outputs, 0)).shape.length;
  const axis = operator.options ? integer(operator.options, 0, 32) : 0;
  emitActivated(operator, conversion, 1, {
    type: 'Concat',
    inputs: operator.inputs.map((input) => conversion.value(input)),
    attributes: { axis: onnxAxis(axis, rank) },
  });
}

/** DEPTH_TO_SPACE: channels, block by block, become pixels; `DepthToSpaceOptions`: 0 block_size. */
export function depthToSpace(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const blocksize = operator.options ? integer(operator.options, 0, 32) : 0;
  const output = conversion.name(required(operator, operator.outputs, 0));
  // DCR: the number of the pixel in its block counts before the number of the channel, as in TFLite.
  conversion.emit('DepthToSpace', [conversion.value(input)], output, { blocksize, mode: 'DCR' });
}
