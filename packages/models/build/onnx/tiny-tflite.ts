import { Builder } from 'flatbuffers';
import { writeOffsets } from '../flatbuffer-vector.ts';

/** A tensor of a model for tests; numbers of type `float16` are given as their sixteen bits. */
export interface TinyTensor {
  readonly shape: readonly number[];
  readonly data?: Float32Array | Uint16Array | Int32Array;
  readonly sparsity?: readonly TinyAxis[];
}

export type TinyAxis =
  | { readonly size: number }
  | {
      readonly segments: readonly number[];
      readonly indices: readonly number[];
      /** Of each segment and index. */
      readonly bits: 8 | 16 | 32;
    };

export interface TinyOperator {
  readonly code: number;
  readonly customName?: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Fields of the operator's options: number, bits and value. */
  readonly options?: ReadonlyArray<readonly [field: number, bits: 8 | 32, value: number]>;
}

export interface TinyModel {
  readonly tensors: readonly TinyTensor[];
  readonly operators: readonly TinyOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Writes a small TFLite model, for tests, by the field numbers of `schema.fbs`. */
export function writeTinyTflite(model: TinyModel): Uint8Array {
  const builder = new Builder(4096);
  const tensors = writeOffsets(
    builder,
    model.tensors.map((tensor, index) => writeTensor(builder, tensor, index + 1)),
  );
  const operators = writeOffsets(
    builder,
    model.operators.map((operator, index) => writeOperator(builder, operator, index)),
  );
  const inputs = writeIntegers(builder, model.inputs, 32);
  const outputs = writeIntegers(builder, model.outputs, 32);
  // SubGraph: 0 tensors, 1 inputs, 2 outputs, 3 operators.
  builder.startObject(4);
  [tensors, inputs, outputs, operators].forEach((offset, field) => {
    builder.addFieldOffset(field, offset, 0);
  });
  const graphs = writeOffsets(builder, [builder.endObject()]);
  const codes = writeOffsets(
    builder,
    model.operators.map((operator) => writeCode(builder, operator)),
  );
  // The first buffer is the empty one of tensors that are calculated, as TFLite has it.
  const data = [undefined, ...model.tensors.map((tensor) => tensor.data)];
  const buffers = writeOffsets(
    builder,
    data.map((numbers) => writeBuffer(builder, numbers)),
  );
  // Model: 0 version, 1 operator_codes, 2 subgraphs, 4 buffers.
  builder.startObject(5);
  builder.addFieldInt32(0, 3, 0);
  builder.addFieldOffset(1, codes, 0);
  builder.addFieldOffset(2, graphs, 0);
  builder.addFieldOffset(4, buffers, 0);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array();
}

/** Tensor: 0 shape, 1 type, 2 buffer, 3 name, 6 sparsity. */
function writeTensor(builder: Builder, tensor: TinyTensor, buffer: number): number {
  const shape = writeIntegers(builder, tensor.shape, 32);
  const name = builder.createString(`tensor ${buffer - 1}`);
  const sparsity = tensor.sparsity && writeSparsity(builder, tensor.sparsity);
  const type = tensor.data instanceof Uint16Array ? 1 : tensor.data instanceof Int32Array ? 2 : 0;
  builder.startObject(7);
  builder.addFieldOffset(0, shape, 0);
  builder.addFieldInt8(1, type, 0);
  builder.addFieldInt32(2, tensor.data ? buffer : 0, 0);
  builder.addFieldOffset(3, name, 0);
  if (sparsity !== undefined) builder.addFieldOffset(6, sparsity, 0);
  return builder.endObject();
}

/** SparsityParameters: 0 traversal_order, 2 dim_metadata. */
function writeSparsity(builder: Builder, axes: readonly TinyAxis[]): number {
  const order = writeIntegers(
    builder,
    axes.map((_, index) => index),
    32,
  );
  const written = writeOffsets(
    builder,
    axes.map((axis) => writeAxis(builder, axis)),
  );
  builder.startObject(3);
  builder.addFieldOffset(0, order, 0);
  builder.addFieldOffset(2, written, 0);
  return builder.endObject();
}

/** DimensionMetadata: 0 format, 1 dense_size, 2 and 3 the type and table of segments, 4 and 5 those of indices. */
function writeAxis(builder: Builder, axis: TinyAxis): number {
  if ('size' in axis) {
    builder.startObject(6);
    builder.addFieldInt32(1, axis.size, 0);
    return builder.endObject();
  }
  const [segments, indices] = [axis.segments, axis.indices].map((values) => {
    const vector = writeIntegers(builder, values, axis.bits);
    builder.startObject(1);
    builder.addFieldOffset(0, vector, 0);
    return builder.endObject();
  });
  const unionMember = { 32: 1, 16: 2, 8: 3 }[axis.bits];
  builder.startObject(6);
  builder.addFieldInt8(0, 1, 0);
  builder.addFieldInt8(2, unionMember, 0);
  builder.addFieldOffset(3, segments ?? 0, 0);
  builder.addFieldInt8(4, unionMember, 0);
  builder.addFieldOffset(5, indices ?? 0, 0);
  return builder.endObject();
}

/** Operator: 0 opcode_index, 1 inputs, 2 outputs, 3 builtin_options_type, 4 builtin_options. */
function writeOperator(builder: Builder, operator: TinyOperator, code: number): number {
  const inputs = writeIntegers(builder, operator.inputs, 32);
  const outputs = writeIntegers(builder, operator.outputs, 32);
  const options = operator.options && writeOptions(builder, operator.options);
  builder.startObject(5);
  builder.addFieldInt32(0, code, 0);
  builder.addFieldOffset(1, inputs, 0);
  builder.addFieldOffset(2, outputs, 0);
  if (options !== undefined) builder.addFieldOffset(4, options, 0);
  return builder.endObject();
}

function writeOptions(builder: Builder, options: NonNullable<TinyOperator['options']>): number {
  builder.startObject(1 + Math.max(...options.map(([field]) => field)));
  for (const [field, bits, value] of options) {
    if (bits === 8) builder.addFieldInt8(field, value, 0);
    else builder.addFieldInt32(field, value, 0);
  }
  return builder.endObject();
}

/** OperatorCode: 0 deprecated_builtin_code, which ends at 127, 1 custom_code, 3 builtin_code. */
function writeCode(builder: Builder, { code, customName }: TinyOperator): number {
  const name = customName === undefined ? undefined : builder.createString(customName);
  builder.startObject(4);
  builder.addFieldInt8(0, Math.min(code, 127), 0);
  if (name !== undefined) builder.addFieldOffset(1, name, 0);
  // Files of TensorFlow 2.3 and before have the deprecated code only.
  if (code > 20) builder.addFieldInt32(3, code, 0);
  return builder.endObject();
}

/** Buffer: 0 data. */
function writeBuffer(builder: Builder, numbers: TinyTensor['data']): number {
  const bytes = numbers && new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const data = bytes && builder.createByteVector(bytes);
  builder.startObject(1);
  if (data !== undefined) builder.addFieldOffset(0, data, 0);
  return builder.endObject();
}

function writeIntegers(builder: Builder, values: readonly number[], bits: 8 | 16 | 32): number {
  builder.startVector(bits / 8, values.length, 4);
  for (const value of [...values].reverse()) {
    if (bits === 8) builder.addInt8(value);
    else if (bits === 16) builder.addInt16(value);
    else builder.addInt32(value);
  }
  return builder.endVector();
}
