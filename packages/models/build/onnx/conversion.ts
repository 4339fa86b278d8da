import { ModelsError } from '../../src/models-error.ts';
import type { Constant } from './constant.ts';
import { ONNX_DATA_TYPES, type OnnxAttribute, type OnnxGraph, type OnnxNode } from './onnx-model.ts';
import type { TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.ts';

/** Writes the nodes that stand for one TFLite operator; the last of them gives `conversion.name` of its output. */
export type OperatorMapper = (operator: TfliteOperator, conversion: Conversion) => void;

/**
 * An ONNX graph being made out of a TFLite graph. It is made from its outputs backwards: who needs a value asks for
 * it by `value`, which writes the nodes for it first. What no output needs is never asked for, and so left out.
 */
export class Conversion {
  readonly #graph: TfliteGraph;
  readonly #mappers: ReadonlyMap<string, OperatorMapper>;
  readonly #producers = new Map<number, TfliteOperator>();
  readonly #names = new Map<number, string>();
  readonly #written = new Set<number>();
  readonly #parameters = new Set<string>();
  readonly nodes: OnnxNode[] = [];
  readonly initializers: Array<OnnxGraph['initializers'][number]> = [];

  constructor(graph: TfliteGraph, mappers: ReadonlyMap<string, OperatorMapper>) {
    this.#graph = graph;
    this.#mappers = mappers;
    for (const operator of graph.operators) {
      for (const output of operator.outputs) this.#producers.set(output, operator);
    }
  }

  tensor(index: number): TfliteTensor {
    const tensor = this.#graph.tensors[index];
    if (!tensor)
      throw new ModelsError('ASSET_INVALID', `The model refers to a tensor ${index} that it lacks.`);
    return tensor;
  }

  /** The operator that a tensor comes from. */
  producer(index: number): TfliteOperator | undefined {
    return this.#producers.get(index);
  }

  /** How many operators take a tensor. */
  consumers(index: number): number {
    return this.#graph.operators.filter(({ inputs }) => inputs.includes(index)).length;
  }

  /** What a tensor is called in ONNX. */
  name(index: number): string {
    return this.#names.get(index) ?? `tensor_${index}`;
  }

  rename(index: number, name: string): void {
    this.#names.set(index, name);
  }

  /** Says that a tensor needs no nodes: it is an input, or its nodes are written. */
  markWritten(index: number): void {
    this.#written.add(index);
  }

  /** The name of a tensor whose nodes are written by then. */
  value(index: number): string {
    if (!this.#written.has(index)) {
      const producer = this.#producers.get(index);
      if (!producer) {
        const { name } = this.tensor(index);
        throw new ModelsError(
          'ASSET_INVALID',
          `Nothing calculates the tensor ${index} (${name}) of the model.`,
        );
      }
      const mapper = this.#mappers.get(producer.name);
      if (!mapper) {
        throw new ModelsError(
          'ASSET_INVALID',
          `The TFLite operator ${producer.name} is not known here; add it to build/onnx/operators.`,
        );
      }
      mapper(producer, this);
      for (const output of producer.outputs) this.#written.add(output);
    }
    return this.name(index);
  }

  /** The numbers of a tensor that is known when the model is built; weights may be widened or unpacked on their way. */
  constant(index: number): Constant {
    const { name, constant } = this.tensor(index);
    if (constant && !(constant instanceof Int32Array)) return constant;
    const producer = this.#producers.get(index);
    const [source] = producer?.inputs ?? [];
    if (source !== undefined && (producer?.name === 'DEQUANTIZE' || producer?.name === 'DENSIFY')) {
      return this.constant(source);
    }
    throw new ModelsError('ASSET_INVALID', `The tensor ${index} (${name}) should hold constant weights.`);
  }

  /** The whole numbers of a constant tensor, such as paddings or axes. */
  integers(index: number): readonly number[] {
    const { name, constant } = this.tensor(index);
    if (constant instanceof Int32Array) return [...constant];
    throw new ModelsError('ASSET_INVALID', `The tensor ${index} (${name}) should hold constant integers.`);
  }

  /**
   * Writes numbers into the file, once for each name, and gives the name to use them by. Numbers of 16 bits stay so
   * in the file, where they take half the room; a `Cast`, which ONNX Runtime does once, when it loads the model,
   * widens them without loss.
   */
  parameter(name: string, make: () => Constant): string {
    if (this.#parameters.has(name)) return name;
    this.#parameters.add(name);
    const constant = make();
    if (constant.type === 'float16') {
      const packed = `${name}_float16`;
      this.initializers.push({ ...constant, name: packed });
      this.emit('Cast', [packed], name, { to: ONNX_DATA_TYPES.float32 });
    } else {
      this.initializers.push({ ...constant, name });
    }
    return name;
  }

  /** A list of whole numbers, or of numbers with a fraction, that a node takes as an input. */
  list(name: string, values: readonly number[], type: 'int64' | 'float32'): string {
    const shape = [values.length];
    return this.parameter(name, () =>
      type === 'int64'
        ? { type, shape, data: BigInt64Array.from(values, BigInt) }
        : { type, shape, data: Float32Array.from(values) },
    );
  }

  /** One number. */
  scalar(name: string, value: number): string {
    return this.parameter(name, () => ({ type: 'float32', shape: [], data: Float32Array.of(value) }));
  }

  /** Writes a node and gives the name of its output. */
  emit(
    type: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  /** The error for an operator that is known, in a form that is not. */
  refusal(operator: TfliteOperator, form: string): ModelsError {
    return new ModelsError(
      'ASSET_INVALID',
      `The TFLite operator ${operator.name} ${form} is not known here; add it to build/onnx/operators.`,
    );
  }
}

/** An input or output that an operator must have. */
export function required(operator: TfliteOperator, indices: readonly number[], place: number): number {
  const index = indices[place];
  if (index === undefined || index < 0) {
    throw new ModelsError(
      'ASSET_INVALID',
      `A ${operator.name} of the model lacks a tensor at place ${place}.`,
    );
  }
  return index;
}
