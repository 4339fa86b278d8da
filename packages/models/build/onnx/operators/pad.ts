import { type Conversion, required } from '../conversion.ts';
import { onnxOrder } from '../layout.ts';
import type { TfliteOperator } from '../tflite-graph.ts';

/** PAD: zeros around a tensor. Those around an image are mostly taken over by the convolution that follows. */
export function pad(operator: TfliteOperator, conversion: Conversion): void {
  const input = required(operator, operator.inputs, 0);
  const { before, after } = readPaddings(operator, conversion);
  const output = conversion.name(required(operator, operator.outputs, 0));
  const pads = conversion.list(`${output}_pads`, [...onnxOrder(before), ...onnxOrder(after)], 'int64');
  conversion.emit('Pad', [conversion.value(input), pads], output, { mode: 'constant' });
}

/**
 * What a PAD adds around an image, if it does nothing else: top, left, bottom, right.
 *
 * @returns undefined if a tensor does not come from such a PAD
 */
export function borderBefore(
  index: number,
  conversion: Conversion,
): { readonly source: number; readonly border: readonly number[] } | undefined {
  const operator = conversion.producer(index);
  if (operator?.name !== 'PAD') return undefined;
  const { before, after } = readPaddings(operator, conversion);
  const [batch, top = 0, left = 0, channels] = before;
  const [batchAfter, bottom = 0, right = 0, channelsAfter] = after;
  if (before.length !== 4 || batch || batchAfter || channels || channelsAfter) return undefined;
  return { source: required(operator, operator.inputs, 0), border: [top, left, bottom, right] };
}

/** The second input of PAD: for each axis how much before and how much after. */
function readPaddings(operator: TfliteOperator, conversion: Conversion) {
  const amounts = conversion.integers(required(operator, operator.inputs, 1));
  return {
    before: amounts.filter((_, index) => index % 2 === 0),
    after: amounts.filter((_, index) => index % 2 === 1),
  };
}
