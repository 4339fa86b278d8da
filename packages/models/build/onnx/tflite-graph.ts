import { ModelsError } from '../../src/models-error.ts';
import {
  byteVector,
  child,
  children,
  identifier,
  integer,
  integers,
  rootTable,
  type Table,
  text,
} from '../flatbuffer-reader.ts';
import { type Constant, elementCount } from './constant.ts';
import { densify, readSparsity } from './sparse-tensor.ts';
import { operatorName } from './tflite-operator-names.ts';

/** A tensor; `constant` where the file holds its numbers. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whole numbers are given as they are in TFLite, of 32 bits. */
  readonly constant?: Constant | Int32Array;
}

export interface TfliteOperator {
  /** As in TFLite's schema: `CONV_2D`. */
  readonly name: string;
  /** Indices of tensors; -1 where an operator does without. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The table of the operator's own options, for instance `Conv2DOptions`; all their defaults where it is absent. */
  readonly options?: Table;
}

/** A network as its TFLite file has it. */
export interface TfliteGraph {
  readonly tensors: readonly TfliteTensor[];
  /** Each after those whose outputs it takes. */
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads the one graph of a TFLite model. Field numbers are those of `schema.fbs`
 * (tensorflow/tflite-micro, tensorflow/compiler/mlir/lite/schema/schema.fbs, Apache-2.0).
 *
 * @throws ModelsError `ASSET_INVALID` if it is no TFLite model, or one of a kind that is not understood
 * @throws RangeError if it is damaged or cut short
 */
export function readTfliteGraph(model: Uint8Array): TfliteGraph {
  if (model.length < 8 || identifier(model) !== 'TFL3') {
    throw new ModelsError('ASSET_INVALID', 'Not a TFLite model: the identifier TFL3 is missing.');
  }
  return readGraph(rootTable(model));
}

/** Model: 1 operator_codes, 2 subgraphs, 4 buffers. SubGraph: 0 tensors, 1 inputs, 2 outputs, 3 operators. */
function readGraph(model: Table): TfliteGraph {
  const [graph, ...others] = children(model, 2);
  if (!graph || others.length > 0) {
    throw new ModelsError('ASSET_INVALID', `A model of ${others.length + 1} graphs; only one is understood.`);
  }
  const names = children(model, 1).map(readOperatorName);
  const buffers = children(model, 4).map((buffer) => byteVector(buffer, 0).bytes);
  return {
    tensors: children(graph, 0).map((tensor) => readTensor(tensor, buffers)),
    inputs: integers(graph, 1),
    outputs: integers(graph, 2),
    operators: children(graph, 3).map((operator) => readOperator(operator, names)),
  };
}

/**
 * OperatorCode: 0 deprecated_builtin_code, 1 custom_code, 3 builtin_code. The deprecated one has no room beyond 127
 * and the new one is missing in older files; the larger of the two is the code.
 */
function readOperatorName(code: Table): string {
  return operatorName(Math.max(integer(code, 0, 8), integer(code, 3, 32)), text(code, 1));
}

/** Operator: 0 opcode_index, 1 inputs, 2 outputs, 4 builtin_options. */
function readOperator(operator: Table, names: readonly string[]): TfliteOperator {
  const name = names[integer(operator, 0, 32)];
  if (name === undefined) throw new RangeError('An operator has no code.');
  const options = child(operator, 4);
  return {
    name,
    inputs: integers(operator, 1),
    outputs: integers(operator, 2),
    ...(options && { options }),
  };
}

/** Tensor: 0 shape, 1 type, 2 buffer, 3 name, 6 sparsity. A buffer without bytes means that numbers come later. */
function readTensor(tensor: Table, buffers: readonly Uint8Array[]): TfliteTensor {
  const name = text(tensor, 3);
  const shape = integers(tensor, 0);
  const bytes = buffers[integer(tensor, 2, 32)];
  if (!bytes) throw new RangeError(`The tensor ${name} has no buffer.`);
  if (bytes.length === 0) return { name, shape };
  const sparsity = child(tensor, 6);
  const constant = readNumbers(name, integer(tensor, 1, 8), shape, bytes);
  if (sparsity) {
    if (constant instanceof Int32Array) throw new RangeError(`The tensor ${name} is sparse, of integers.`);
    return { name, shape, constant: densify(constant, readSparsity(sparsity)) };
  }
  const count = constant instanceof Int32Array ? constant.length : constant.data.length;
  if (count !== elementCount(shape)) {
    throw new RangeError(`The tensor ${name} holds ${count} numbers for the shape [${shape}].`);
  }
  return { name, shape, constant };
}

/** Members of `TensorType`. */
const FLOAT32 = 0;
const FLOAT16 = 1;
const INT32 = 2;

function readNumbers(
  name: string,
  type: number,
  shape: readonly number[],
  bytes: Uint8Array,
): Constant | Int32Array {
  // A copy begins at an aligned address, which an array of numbers wants. Files and machines are little-endian.
  const { buffer } = new Uint8Array(bytes);
  switch (type) {
    case FLOAT32:
      return { type: 'float32', shape, data: new Float32Array(buffer) };
    case FLOAT16:
      return { type: 'float16', shape, data: new Uint16Array(buffer) };
    case INT32:
      return new Int32Array(buffer);
    default:
      throw new ModelsError(
        'ASSET_INVALID',
        `The tensor ${name} is of type ${type}; float32, float16 and int32 are understood.`,
      );
  }
}
