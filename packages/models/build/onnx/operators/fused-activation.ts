import { integer } from '../../flatbuffer-reader.ts';
import { type Conversion, required } from '../conversion.ts';
import type { OnnxAttribute } from '../onnx-model.ts';
import type { TfliteOperator } from '../tflite-graph.ts';

/** Members of `ActivationFunctionType` in `schema.fbs`. */
const NONE = 0;
const RELU = 1;
const RELU6 = 3;

/**
 * Writes a node and, right behind it, where ONNX Runtime can make the two one, the activation function that the TFLite
 * operator has built in.
 *
 * @param field the number of `fused_activation_function` in the operator's options
 */
export function emitActivated(
  operator: TfliteOperator,
  conversion: Conversion,
  field: number,
  node: {
    readonly type: string;
    readonly inputs: readonly string[];
    readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  },
): void {
  const output = conversion.name(required(operator, operator.outputs, 0));
  const emit = (name: string) => conversion.emit(node.type, node.inputs, name, node.attributes);
  const activation = operator.options ? integer(operator.options, field, 8) : NONE;
  switch (activation) {
    case NONE:
      emit(output);
      return;
    case RELU:
      conversion.emit('Relu', [emit(`${output}_linear`)], output);
      return;
    case RELU6: {
      const bounds = [conversion.scalar('zero', 0), conversion.scalar('six', 6)];
      conversion.emit('Clip', [emit(`${output}_linear`), ...bounds], output);
      return;
    }
    default:
      throw conversion.refusal(operator, `with the activation function ${activation}`);
  }
}
