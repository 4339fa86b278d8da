import type { Constant } from './constant.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** The value of an attribute: whole numbers, one or several, a number with a fraction, or a word. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number } | string;

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** What goes in or comes out: float32. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Each after those whose outputs it takes. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyArray<Constant & { readonly name: string }>;
}

/** The operator set that nodes are of, and the version of the file format that came with it. */
const OPERATOR_SET = 17;
const IR_VERSION = 8;

/** `TensorProto.DataType`; `Cast` takes the same numbers. */
export const ONNX_DATA_TYPES = { float32: 1, int64: 7, float16: 10 } as const;

/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPES = { float: 1, integer: 2, text: 3, integers: 7 } as const;

/**
 * Writes an ONNX model. Field numbers are those of `onnx.proto` (onnx/onnx, Apache-2.0).
 *
 * @param description for people: what it was made of, and its licence
 */
export function encodeOnnxModel(graph: OnnxGraph, description: string): Uint8Array {
  // OperatorSetIdProto: 1 domain, 2 version.
  const operatorSet = new ProtobufWriter().text(1, '').integer(2, OPERATOR_SET);
  // ModelProto: 1 ir_version, 2 producer_name, 6 doc_string, 7 graph, 8 opset_import.
  return new ProtobufWriter()
    .integer(1, IR_VERSION)
    .text(2, 'pose-coach')
    .text(6, description)
    .message(7, encodeGraph(graph))
    .message(8, operatorSet)
    .finish();
}

/** GraphProto: 1 node, 2 name, 5 initializer, 11 input, 12 output. */
function encodeGraph(graph: OnnxGraph): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const node of graph.nodes) writer.message(1, encodeNode(node));
  writer.text(2, graph.name);
  for (const initializer of graph.initializers) writer.message(5, encodeTensor(initializer));
  for (const input of graph.inputs) writer.message(11, encodeValue(input));
  for (const output of graph.outputs) writer.message(12, encodeValue(output));
  return writer;
}

/** NodeProto: 1 input, 2 output, 3 name, 4 op_type, 5 attribute. */
function encodeNode({ type, inputs, output, attributes }: OnnxNode): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const input of inputs) writer.text(1, input);
  writer.text(2, output).text(3, output).text(4, type);
  for (const [name, value] of Object.entries(attributes)) writer.message(5, encodeAttribute(name, value));
  return writer;
}

/** AttributeProto: 1 name, 2 f, 3 i, 4 s, 8 ints, 20 type. */
function encodeAttribute(name: string, value: OnnxAttribute): ProtobufWriter {
  const writer = new ProtobufWriter().text(1, name);
  if (typeof value === 'number') return writer.integer(3, value).integer(20, ATTRIBUTE_TYPES.integer);
  if (typeof value === 'string') return writer.text(4, value).integer(20, ATTRIBUTE_TYPES.text);
  if ('float' in value) return writer.float(2, value.float).integer(20, ATTRIBUTE_TYPES.float);
  for (const item of value) writer.integer(8, item);
  return writer.integer(20, ATTRIBUTE_TYPES.integers);
}

/** TensorProto: 1 dims, 2 data_type, 8 name, 9 raw_data (little-endian). */
function encodeTensor({ name, type, shape, data }: Constant & { readonly name: string }): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const size of shape) writer.integer(1, size);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return writer.integer(2, ONNX_DATA_TYPES[type]).text(8, name).bytes(9, bytes);
}

/** ValueInfoProto: 1 name, 2 type; TypeProto: 1 tensor_type; its Tensor: 1 elem_type, 2 shape; dim: 1 dim_value. */
function encodeValue({ name, shape }: OnnxValue): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) dimensions.message(1, new ProtobufWriter().integer(1, size));
  const tensor = new ProtobufWriter().integer(1, ONNX_DATA_TYPES.float32).message(2, dimensions);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
